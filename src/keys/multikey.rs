//! Multikey: a multicodec prefix and a compressed key, in multibase
//! (Controlled Identifiers 1.0 §2.2.2, §2.4).

use super::public::Inner;
use super::{Algorithm, Error, PublicKey, base58};
use zeroize::Zeroizing;

/// Longest text of a key: RSA with 8,192 bits takes about 1,440 characters. A
/// longer text is not decoded, which would cost the square of the length.
const LONGEST_MULTIKEY: usize = 2_048;

const ED25519: [u8; 2] = [0xed, 0x01];
const P256: [u8; 2] = [0x80, 0x24];
const P384: [u8; 2] = [0x81, 0x24];
/// The number is in the register of multicodec, not in the standard; what
/// follows is the `RSAPublicKey` of PKCS #1, as `did:key` says.
const RSA: [u8; 2] = [0x85, 0x24];

const ED25519_SECRET: [u8; 2] = [0x80, 0x26];
const P256_SECRET: [u8; 2] = [0x86, 0x26];
const P384_SECRET: [u8; 2] = [0x87, 0x26];

/// The bytes behind a base58btc multibase text.
fn decode(text: &str) -> Result<Vec<u8>, Error> {
    let digits = text.strip_prefix('z').ok_or(Error::Multibase)?;
    if text.len() > LONGEST_MULTIKEY {
        return Err(Error::Multibase);
    }
    base58::decode(digits).ok_or(Error::Multibase)
}

impl PublicKey {
    /// Reads a `publicKeyMultibase`. Base58btc is the only base that Multikey
    /// allows for these keys.
    ///
    /// # Errors
    /// [`Error`]: malformed, weak, or of an unsupported kind.
    ///
    /// ```
    /// use countersign::keys::{Algorithm, PublicKey};
    /// let key = PublicKey::from_multibase("z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi")?;
    /// assert_eq!(key.algorithm(), Algorithm::Ed25519);
    /// # Ok::<(), countersign::keys::Error>(())
    /// ```
    pub fn from_multibase(text: &str) -> Result<Self, Error> {
        // How the texts of our kinds of keys begin: a text that begins like one
        // and is none was cut or changed, and is not of another kind.
        const BEGINNINGS: [&str; 4] = ["z6Mk", "zDna", "z82L", "z4MX"];
        match Self::from_multicodec(&decode(text)?) {
            Err(Error::Unsupported) if BEGINNINGS.iter().any(|known| text.starts_with(known)) => {
                Err(Error::Length)
            }
            read => read,
        }
    }

    /// Reads a key that follows its multicodec prefix, as inside Multikey and
    /// in the proof values of `ecdsa-sd-2023`.
    ///
    /// # Errors
    /// [`Error`]: malformed, weak, or of an unsupported kind.
    pub fn from_multicodec(bytes: &[u8]) -> Result<Self, Error> {
        let (prefix, key) = bytes.split_first_chunk::<2>().ok_or(Error::Multibase)?;
        match *prefix {
            ED25519 => Self::from_compressed(Algorithm::Ed25519, key),
            P256 => Self::from_compressed(Algorithm::P256, key),
            P384 => Self::from_compressed(Algorithm::P384, key),
            RSA => super::pem::from_pkcs1(key).map_err(|error| match error {
                Error::Pem => Error::Length,
                other => other,
            }),
            ED25519_SECRET | P256_SECRET | P384_SECRET => Err(Error::SecretPublished),
            _ => Err(Error::Unsupported),
        }
    }

    /// The multicodec prefix and the compressed key, or for RSA the PKCS #1
    /// form.
    #[must_use]
    pub fn to_multicodec(&self) -> Option<Vec<u8>> {
        let prefix = match &self.0 {
            Inner::Ed25519(_) => ED25519,
            Inner::P256(_) => P256,
            Inner::P384(_) => P384,
            Inner::Rsa(key) => return Some([&RSA[..], &key.to_pkcs1()].concat()),
        };
        Some([&prefix, self.compressed()?.as_slice()].concat())
    }

    /// The `publicKeyMultibase` of the key.
    #[must_use]
    pub fn to_multibase(&self) -> Option<String> {
        let bytes = self.to_multicodec()?;
        Some(format!("z{}", base58::encode(&bytes)))
    }
}

/// Reads a `secretKeyMultibase`: which kind of key, and its secret bytes.
pub(super) fn decode_secret(text: &str) -> Result<(Algorithm, Zeroizing<Vec<u8>>), Error> {
    let bytes = Zeroizing::new(decode(text)?);
    let (prefix, secret) = bytes.split_first_chunk::<2>().ok_or(Error::Multibase)?;
    let algorithm = match *prefix {
        ED25519_SECRET => Algorithm::Ed25519,
        P256_SECRET => Algorithm::P256,
        P384_SECRET => Algorithm::P384,
        _ => return Err(Error::Unsupported),
    };
    Ok((algorithm, Zeroizing::new(secret.to_vec())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::hex;

    const ED: &str = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi";

    fn multibase(bytes: &[u8]) -> String {
        format!("z{}", bs58::encode(bytes).into_string())
    }

    #[track_caller]
    fn refused(text: &str, expected: Error) {
        assert_eq!(
            PublicKey::from_multibase(text).err(),
            Some(expected),
            "{text:.80}"
        );
    }

    #[test]
    fn published_keys_are_read_and_written_alike() {
        for (text, algorithm, length) in [
            (ED, Algorithm::Ed25519, 32),
            (
                "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
                Algorithm::Ed25519,
                32,
            ),
            (
                "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP",
                Algorithm::P256,
                33,
            ),
            (
                "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ",
                Algorithm::P384,
                49,
            ),
        ] {
            let key = PublicKey::from_multibase(text).expect(text);
            assert_eq!(key.algorithm(), algorithm);
            assert_eq!(key.to_multibase().as_deref(), Some(text));
            assert_eq!(key.compressed().map(|bytes| bytes.len()), Some(length));
        }
        let bytes = hex("4bdeafde2ea8beefadd8c699b5c7e0704cf51154d52e17b20b71337ca04cc5a5");
        let key = PublicKey::from_multibase(ED).expect("a key");
        assert_eq!(key.compressed().as_deref(), Some(&*bytes));
    }

    #[test]
    fn only_base58btc_is_read() {
        refused("", Error::Multibase);
        refused("z", Error::Multibase);
        refused(&ED[1..], Error::Multibase);
        refused(
            "uE70BS96v3i6ovu-t2MaZtcfgcEz1EVTVLheyC3EzfKBMxaU",
            Error::Multibase,
        );
        refused(
            "fed014bdeafde2ea8beefadd8c699b5c7e0704cf51154d52e17b20b71337ca04cc5a5",
            Error::Multibase,
        );
        refused(
            "Z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
            Error::Multibase,
        );
        refused(
            "z6MkjZRZv3aez3r18pB1RBFJR1kw UVJ5jHt92JmQwXbd5hwi",
            Error::Multibase,
        );
        refused(
            "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi\n",
            Error::Multibase,
        );
        refused(
            " z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
            Error::Multibase,
        );
        refused(
            "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hw0",
            Error::Multibase,
        ); // 0 is no digit
        refused("zé", Error::Multibase);
    }

    #[test]
    fn the_prefix_decides_the_length() {
        let key = PublicKey::from_multibase(ED).expect("a key");
        let whole = key.to_multicodec().expect("Ed25519 has a codec");
        refused(&multibase(&whole[..2]), Error::Length);
        refused(&multibase(&whole[..33]), Error::Length);
        refused(&multibase(&[&whole[..], &[0]].concat()), Error::Length);
        refused(&multibase(&[&P256, &whole[2..]].concat()), Error::Length);
        refused(&multibase(&[0xed]), Error::Multibase);
        // An uncompressed P-256 point is a key, but not a Multikey.
        let p256 = p256::ecdsa::SigningKey::from_slice(&[7; 32]).expect("a scalar");
        let point = p256.verifying_key().to_sec1_point(false);
        refused(
            &multibase(&[&P256, point.as_bytes()].concat()),
            Error::Length,
        );
    }

    #[test]
    fn kinds_we_do_not_know_are_not_called_bad() {
        refused(
            "z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc",
            Error::Unsupported,
        ); // X25519
        refused(
            "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
            Error::Unsupported,
        ); // secp256k1
        refused(
            &multibase(&[&[0x00, 0x00][..], &[1; 32]].concat()),
            Error::Unsupported,
        );
    }

    #[test]
    fn a_long_text_is_refused_without_decoding() {
        refused(
            &format!("z{}", "6".repeat(2 * 1024 * 1024)),
            Error::Multibase,
        );
    }

    #[test]
    fn a_published_secret_key_is_no_public_key() {
        refused(
            "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq",
            Error::SecretPublished,
        );
        refused(
            "z42twTcNeSYcnqg1FLuSFs2bsGH3ZqbRHFmvS9XMsYhjxvHN",
            Error::SecretPublished,
        );
    }

    #[test]
    fn points_off_the_curve_are_refused() {
        let off = [&ED25519[..], &[2], &[0; 31]].concat(); // y = 2 has no x
        refused(&multibase(&off), Error::Point);
        let off = [&P256[..], &[2], &[0xff; 32]].concat();
        refused(&multibase(&off), Error::Point);
        // SEC 1's compact form has the right length and a point of the curve.
        let p256 = p256::ecdsa::SigningKey::from_slice(&[7; 32]).expect("a scalar");
        let point = p256.verifying_key().to_sec1_point(true);
        let x = point.x().expect("a compressed point has x");
        let compact_tag = [&P256[..], &[5], x].concat();
        refused(&multibase(&compact_tag), Error::Point);
        let identity = [&P384[..], &[0; 49]].concat();
        refused(&multibase(&identity), Error::Point);
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_read_is_written_alike(
            (prefix, length) in proptest::sample::select(vec![(ED25519, 31), (P256, 32), (P384, 48)]),
            tag in 2_u8..4,
            bytes in proptest::array::uniform::<_, 48>(proptest::num::u8::ANY),
        ) {
            let text = multibase(&[&prefix[..], &[tag], &bytes[..length]].concat());
            if let Ok(key) = PublicKey::from_multibase(&text) {
                proptest::prop_assert_eq!(key.to_multibase(), Some(text));
                proptest::prop_assert_eq!(PublicKey::from_jwk(&key.to_jwk()), Ok(key));
            }
        }
    }
}
