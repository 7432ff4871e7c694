//! Base58btc, as in Multikey and proof values.
//!
//! Changing the base of a number costs the square of its length. Nearly every
//! text is a signature of 64 bytes, for which `five8` has an unrolled way;
//! `bs58` does the rest and says what is refused.

const SIGNATURE: usize = 64;

/// The digits of `bytes`, without a multibase prefix.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let Ok(signature) = <&[u8; SIGNATURE]>::try_from(bytes) else {
        return bs58::encode(bytes).into_string();
    };
    let mut digits = [0; five8::BASE58_ENCODED_64_MAX_LEN];
    let length = usize::from(five8::encode_64(signature, &mut digits));
    let digits = digits.get(..length).unwrap_or_default();
    String::from_utf8_lossy(digits).into_owned()
}

/// The bytes of `digits`. Callers bound the length.
pub(crate) fn decode(digits: &str) -> Option<Vec<u8>> {
    let mut signature = [0; SIGNATURE];
    if digits.len() <= five8::BASE58_ENCODED_64_MAX_LEN
        && five8::decode_64(digits, &mut signature).is_ok()
    {
        return Some(signature.to_vec());
    }
    bs58::decode(digits).into_vec().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_are_written_as_bs58_writes_them(
            zeros in 0..66_usize,
            rest in proptest::collection::vec(any::<u8>(), 0..66),
            length in prop_oneof![Just(SIGNATURE), 0..130_usize],
        ) {
            let mut bytes = vec![0; zeros];
            bytes.extend(rest);
            bytes.resize(length, 7);
            let digits = bs58::encode(&bytes).into_string();
            prop_assert_eq!(encode(&bytes), digits.as_str());
            prop_assert_eq!(decode(&digits), Some(bytes));
        }

        #[test]
        fn digits_are_read_as_bs58_reads_them(digits in prop_oneof![
            "[1-9A-HJ-NP-Za-km-z]{80,92}",
            "1{0,70}[1-9A-HJ-NP-Za-km-z]{0,90}",
            "[1-9A-HJ-NP-Za-km-z]{85}[0OIl +/=é\u{0}\n]{0,2}[1-9A-HJ-NP-Za-km-z]{0,2}",
            "\\PC{0,88}",
        ]) {
            prop_assert_eq!(decode(&digits), bs58::decode(&digits).into_vec().ok());
        }
    }

    #[test]
    fn the_largest_signature_is_read_and_no_larger_number() {
        let largest = bs58::encode([0xFF; SIGNATURE]).into_string();
        assert_eq!(decode(&largest), Some(vec![0xFF; SIGNATURE]));
        // One more is a number of 65 bytes.
        let mut more = vec![1];
        more.extend([0; SIGNATURE]);
        let digits = bs58::encode(&more).into_string();
        assert_eq!(decode(&digits), Some(more));
    }
}
