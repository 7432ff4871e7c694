//! The compressed text of a bitstring: multibase, base64url, gzip.
//!
//! **Promises.** No more than [`crate::limits::BITSTRING_MAX_BYTES`] are ever
//! inflated, and one text has one reading.

use super::{Bitstring, Error, malformed};
use crate::limits;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use flate2::bufread::GzDecoder;
use flate2::{Compression, GzBuilder};
use std::io::{Read, Write};

impl Bitstring {
    /// Reads the `encodedList` of a Bitstring Status List (§2.2, §3.4):
    /// multibase `u`, base64url without padding, gzip.
    ///
    /// # Errors
    /// [`Error::Malformed`], [`Error::ListLength`] or [`Error::Bomb`].
    pub fn decode(encoded: &str) -> Result<Self, Error> {
        within_limit(encoded)?;
        let base64 = encoded.strip_prefix('u').ok_or(MALFORMED)?;
        inflate(&URL_SAFE_NO_PAD.decode(base64).map_err(|_| MALFORMED)?)
    }

    /// Reads the `encodedList` of a `StatusList2021` (Working Draft of
    /// 27 April 2023, §2.2).
    ///
    /// That draft says "base-64 encoded (RFC 4648)" and shows base64url without
    /// padding, so both alphabets are read, padded or not. It knows no
    /// multibase, but some of its later writers put the `u` in front; as the
    /// first letter of a gzip file in base64 is always `H`, there is no doubt
    /// what such a text means, and it is read.
    ///
    /// # Errors
    /// [`Error::Malformed`], [`Error::ListLength`] or [`Error::Bomb`].
    pub fn decode_2021(encoded: &str) -> Result<Self, Error> {
        within_limit(encoded)?;
        let base64 = encoded.strip_prefix('u').unwrap_or(encoded);
        let compressed = [URL_SAFE_NO_PAD, STANDARD_NO_PAD, URL_SAFE, STANDARD]
            .iter()
            .find_map(|alphabet| alphabet.decode(base64).ok())
            .ok_or(MALFORMED)?;
        inflate(&compressed)
    }

    /// Writes the `encodedList` (§3.3). The same bits give the same text: the
    /// gzip header carries no time and no name.
    ///
    /// # Errors
    /// [`Error::Encoding`], which does not happen.
    pub fn encode(&self) -> Result<String, Error> {
        const UNKNOWN_SYSTEM: u8 = 255;
        let mut gzip = GzBuilder::new()
            .mtime(0)
            .operating_system(UNKNOWN_SYSTEM)
            .write(Vec::new(), Compression::best());
        gzip.write_all(&self.bytes).map_err(|_| Error::Encoding)?;
        let compressed = gzip.finish().map_err(|_| Error::Encoding)?;
        let mut encoded = String::from("u");
        URL_SAFE_NO_PAD.encode_string(compressed, &mut encoded);
        Ok(encoded)
    }
}

const MALFORMED: Error = malformed("encodedList");

const fn within_limit(encoded: &str) -> Result<(), Error> {
    if encoded.len() > limits::JSON_ENCODED_LIST_BYTES {
        return Err(Error::Bomb);
    }
    Ok(())
}

/// Inflates exactly one gzip member (RFC 1952). A reader that takes the first
/// of two members and one that takes both would see two lists, so anything
/// after the first is refused. The decoder checks both checksums.
fn inflate(compressed: &[u8]) -> Result<Bitstring, Error> {
    const ONE_TOO_MANY: u64 = limits::BITSTRING_MAX_BYTES as u64 + 1;
    let mut decoder = GzDecoder::new(compressed);
    let mut bytes = Vec::with_capacity(limits::BITSTRING_MIN_BYTES * 2);
    let read = decoder.by_ref().take(ONE_TOO_MANY).read_to_end(&mut bytes);
    if bytes.len() > limits::BITSTRING_MAX_BYTES {
        return Err(Error::Bomb);
    }
    if read.is_err() || !decoder.into_inner().is_empty() {
        return Err(MALFORMED);
    }
    if bytes.len() < limits::BITSTRING_MIN_BYTES {
        return Err(Error::ListLength);
    }
    Ok(Bitstring { bytes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::status::EntrySize;
    use flate2::{Compress, Crc, FlushCompress};
    use proptest::prelude::*;

    /// The list of the W3C examples (Bitstring Status List §2.2): nothing set.
    const W3C_EMPTY: &str = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA";
    /// Only entry 23 set.
    const BIT_23: &str = "uH4sIAAAAAAACA-3BMQEAAAzDoMy_6cnoA9QFAAAAAAAAAAAAAAAAAAAAbD3uPa2cAEAAAA";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut gzip = GzBuilder::new().write(Vec::new(), Compression::fast());
        gzip.write_all(bytes).expect("memory");
        gzip.finish().expect("memory")
    }

    fn multibase(compressed: &[u8]) -> String {
        format!("u{}", URL_SAFE_NO_PAD.encode(compressed))
    }

    #[track_caller]
    fn check(encoded: &str, code: &str) {
        let outcome = Bitstring::decode(encoded).map_err(|error| error.code());
        assert_eq!(outcome.err().unwrap_or("read"), code);
    }

    /// A gzip file of 1 GiB of zeros, in a megabyte: the same compressed
    /// block over and over.
    fn bomb() -> Vec<u8> {
        const BLOCK: usize = 1 << 20;
        const BLOCKS: usize = 1 << 10;
        let zeros = vec![0; BLOCK];
        let mut deflate = Compress::new(Compression::best(), false);
        let mut block = |body: &mut Vec<u8>| {
            body.reserve(BLOCK);
            deflate
                .compress_vec(&zeros, body, FlushCompress::Sync)
                .expect("memory");
        };
        let mut file = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255];
        block(&mut file);
        let mut later = Vec::new();
        block(&mut later);
        for _ in 1..BLOCKS {
            file.extend_from_slice(&later);
        }
        file.extend_from_slice(&[0x03, 0x00]);
        let mut one = Crc::new();
        one.update(&zeros);
        let mut all = Crc::new();
        for _ in 0..BLOCKS {
            all.combine(&one);
        }
        file.extend_from_slice(&all.sum().to_le_bytes());
        file.extend_from_slice(&(1_u32 << 30).to_le_bytes());
        file
    }

    #[test]
    fn the_lists_of_the_standard_and_of_the_golden_set_are_read() {
        let empty = Bitstring::decode(W3C_EMPTY).expect("a list");
        assert_eq!(empty.entries(EntrySize::ONE), 131_072);
        assert!((0..131_072).all(|index| empty.read(index, EntrySize::ONE) == Ok(0)));

        let list = Bitstring::decode(BIT_23).expect("a list");
        let set: Vec<u64> = (0..131_072)
            .filter(|index| list.read(*index, EntrySize::ONE) != Ok(0))
            .collect();
        assert_eq!(set, [23]);
    }

    #[test]
    fn a_bomb_ends_at_the_limit_and_is_nobodys_fault() {
        let bomb = multibase(&bomb());
        assert!(bomb.len() < limits::JSON_ENCODED_LIST_BYTES);
        assert_eq!(Bitstring::decode(&bomb), Err(Error::Bomb));
        assert_eq!(Bitstring::decode_2021(&bomb), Err(Error::Bomb));
        assert!(Error::Bomb.is_limit());

        let most = vec![1; limits::BITSTRING_MAX_BYTES];
        check(&multibase(&gzip(&most)), "read");
        let one_more = vec![1; limits::BITSTRING_MAX_BYTES + 1];
        check(&multibase(&gzip(&one_more)), "status_list_bomb");
        check(
            &"u".repeat(limits::JSON_ENCODED_LIST_BYTES + 1),
            "status_list_bomb",
        );
    }

    #[test]
    fn one_encoding_has_one_reading() {
        let good = gzip(&[0; 16 * 1024]);
        check(
            &multibase(&[&good[..], &good[..]].concat()),
            "MALFORMED_VALUE_ERROR",
        );
        check(
            &multibase(&[&good[..], &gzip(&[])[..]].concat()),
            "MALFORMED_VALUE_ERROR",
        );
        check(
            &multibase(&[&good[..], b"\0"].concat()),
            "MALFORMED_VALUE_ERROR",
        );
        let most = gzip(&vec![0; limits::BITSTRING_MAX_BYTES]);
        check(
            &multibase(&[&most[..], b"\0"].concat()),
            "MALFORMED_VALUE_ERROR",
        );
        for end in 0..good.len() {
            check(&multibase(&good[..end]), "MALFORMED_VALUE_ERROR");
        }
    }

    #[test]
    fn wrong_checksums_and_headers_are_refused() {
        let good = gzip(&[0; 16 * 1024]);
        let crc = good.len() - 8;
        let length = good.len() - 4;
        // Magic, method, reserved flags, a header checksum that is not there.
        for (at, change) in [
            (0, 1),
            (1, 1),
            (2, 1),
            (3, 0x80),
            (3, 2),
            (crc, 1),
            (length, 1),
        ] {
            let mut changed = good.clone();
            changed[at] ^= change;
            check(&multibase(&changed), "MALFORMED_VALUE_ERROR");
        }
        let mut with_header_checksum = good.clone();
        with_header_checksum[3] = 2;
        let mut checksum = Crc::new();
        checksum.update(&with_header_checksum[..10]);
        let low_half = checksum.sum().to_le_bytes();
        with_header_checksum.splice(10..10, [low_half[0], low_half[1]]);
        check(&multibase(&with_header_checksum), "read");
        with_header_checksum[10] ^= 1;
        check(&multibase(&with_header_checksum), "MALFORMED_VALUE_ERROR");
    }

    #[test]
    fn text_that_is_not_strict_multibase_is_refused() {
        let body = &BIT_23[1..];
        for encoded in [
            "",
            "u",
            body,
            &format!("m{body}"),
            &format!("U{body}"),
            &format!("z{body}"),
            &format!("{BIT_23}=="),
            &format!("{BIT_23}A"),
            &format!(" {BIT_23}"),
            &format!("{BIT_23}\n"),
            &BIT_23.replace('-', "+"),
            &BIT_23.replace('_', "/"),
            // The last letter carries four bits that belong to no byte.
            &format!("{}B", &BIT_23[..BIT_23.len() - 1]),
        ] {
            check(encoded, "MALFORMED_VALUE_ERROR");
        }
    }

    #[test]
    fn lists_of_2021_are_read_in_both_alphabets() {
        let body = &BIT_23[1..];
        let standard = body.replace('-', "+").replace('_', "/");
        for encoded in [
            body,
            &standard,
            &format!("{body}=="),
            &format!("{standard}=="),
            BIT_23,
        ] {
            let list = Bitstring::decode_2021(encoded).expect("a list");
            assert_eq!(list.read(23, EntrySize::ONE), Ok(1));
            assert_eq!(list.read(22, EntrySize::ONE), Ok(0));
        }
        for encoded in [
            "",
            "H4sI",
            &body.replace('-', "+"),
            &format!("{body}="),
            "uu",
        ] {
            assert_eq!(Bitstring::decode_2021(encoded), Err(MALFORMED), "{encoded}");
        }
    }

    #[test]
    fn the_same_bits_give_the_same_text() {
        let mut list = Bitstring::new(131_072, EntrySize::ONE).expect("a list");
        list.set(23, EntrySize::ONE, 1).expect("in range");
        let encoded = list.encode().expect("text");
        assert_eq!(Bitstring::decode(&encoded), Bitstring::decode(BIT_23));
        list.clear(23, EntrySize::ONE).expect("in range");
        assert_ne!(list.encode(), Ok(encoded.clone()));
        list.set(23, EntrySize::ONE, 1).expect("in range");
        assert_eq!(list.encode(), Ok(encoded.clone()));
        let compressed = URL_SAFE_NO_PAD.decode(&encoded[1..]).expect("base64url");
        assert_eq!(compressed[3..8], [0, 0, 0, 0, 0], "no flags, no time");
    }

    #[test]
    fn too_few_bytes_are_refused() {
        check(
            &multibase(&gzip(&[0; 8 * 1024])),
            "STATUS_LIST_LENGTH_ERROR",
        );
        check(
            &multibase(&gzip(&[0; 16 * 1024 - 1])),
            "STATUS_LIST_LENGTH_ERROR",
        );
        check(&multibase(&gzip(&[])), "STATUS_LIST_LENGTH_ERROR");
        check(&multibase(&gzip(&[0; 16 * 1024])), "read");
    }

    proptest! {
        #[test]
        fn nothing_that_is_sent_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,80}") {
            let _ = Bitstring::decode(&text);
            let _ = Bitstring::decode_2021(&text);
            let headed = [&[0x1F, 0x8B, 8], &bytes[..]].concat();
            prop_assert!(Bitstring::decode(&multibase(&headed)).is_err());
        }
    }
}
