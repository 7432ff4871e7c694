//! A public key, decoded once, and the checking of signatures with it.

use super::rsa::RsaPublicKey;
use super::{Algorithm, BadSignature, Error};
use ecdsa_verify::Verifier as _;
use p256::ecdsa::signature as ecdsa_verify;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A public key of one of the algorithms we know.
///
/// Decoding a point costs microseconds, so a key holds the decoded one; it is
/// cheap to clone and meant to be kept.
#[derive(Clone)]
pub struct PublicKey(pub(super) Inner);

#[derive(Clone)]
pub(super) enum Inner {
    Ed25519(ed25519_dalek::VerifyingKey),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    Rsa(Arc<RsaPublicKey>),
}

impl PublicKey {
    /// The one algorithm this key is for.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        match self.0 {
            Inner::Ed25519(_) => Algorithm::Ed25519,
            Inner::P256(_) => Algorithm::P256,
            Inner::P384(_) => Algorithm::P384,
            Inner::Rsa(_) => Algorithm::Rsa,
        }
    }

    /// Checks a signature over `message`, which is hashed here as the
    /// algorithm says.
    ///
    /// Ed25519 is checked strictly (64 bytes, canonical S and R, no point of
    /// small order). ECDSA signatures are r ‖ s, each in [1, n − 1]; the twin
    /// n − s is accepted, since the suites allow it. RSA is PKCS #1 v1.5 with
    /// SHA-256.
    ///
    /// # Errors
    /// [`BadSignature`], whatever the reason.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), BadSignature> {
        let verified = match &self.0 {
            Inner::Ed25519(key) => ed25519_dalek::Signature::from_slice(signature)
                .and_then(|signature| key.verify_strict(message, &signature))
                .is_ok(),
            Inner::P256(key) => p256::ecdsa::Signature::from_slice(signature)
                .and_then(|signature| key.verify(message, &signature))
                .is_ok(),
            Inner::P384(key) => p384::ecdsa::Signature::from_slice(signature)
                .and_then(|signature| key.verify(message, &signature))
                .is_ok(),
            Inner::Rsa(key) => key.verifies(message, signature),
        };
        if verified { Ok(()) } else { Err(BadSignature) }
    }

    /// The key as a compressed point: 32, 33 or 49 bytes; nothing for RSA.
    #[must_use]
    pub fn compressed(&self) -> Option<Vec<u8>> {
        match &self.0 {
            Inner::Ed25519(key) => Some(key.as_bytes().to_vec()),
            Inner::P256(key) => Some(key.to_sec1_point(true).as_bytes().to_vec()),
            Inner::P384(key) => Some(key.to_sec1_point(true).as_bytes().to_vec()),
            Inner::Rsa(_) => None,
        }
    }

    /// Reads a compressed point, which has exactly one length.
    pub(crate) fn from_compressed(algorithm: Algorithm, bytes: &[u8]) -> Result<Self, Error> {
        match algorithm {
            Algorithm::Ed25519 => ed25519(bytes.try_into().map_err(|_| Error::Length)?),
            Algorithm::P256 => {
                has_compressed_form(bytes, 33)?;
                Self::from_sec1(algorithm, bytes)
            }
            Algorithm::P384 => {
                has_compressed_form(bytes, 49)?;
                Self::from_sec1(algorithm, bytes)
            }
            Algorithm::Rsa => Err(Error::Unsupported),
        }
    }

    /// Reads a point of P-256 or P-384 in a SEC 1 form that the caller checked.
    pub(crate) fn from_sec1(algorithm: Algorithm, bytes: &[u8]) -> Result<Self, Error> {
        let inner = match algorithm {
            Algorithm::P256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).map(Inner::P256),
            Algorithm::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(bytes).map(Inner::P384),
            Algorithm::Ed25519 | Algorithm::Rsa => return Err(Error::Unsupported),
        };
        inner.map(Self).map_err(|_| Error::Point)
    }
}

/// SEC 1 knows a third, "compact" tag of the same length, which no standard of
/// ours allows.
fn has_compressed_form(bytes: &[u8], length: usize) -> Result<(), Error> {
    match bytes.first() {
        _ if bytes.len() != length => Err(Error::Length),
        Some(2 | 3) => Ok(()),
        _ => Err(Error::Point),
    }
}

/// Reads an Ed25519 point. `verify_strict` looks at the order of the point
/// with every signature; refusing the key when it is read says so earlier and
/// also keeps such a key out of our own documents.
fn ed25519(bytes: &[u8; 32]) -> Result<PublicKey, Error> {
    let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| Error::Point)?;
    if key.is_weak() {
        return Err(Error::Weak);
    }
    if !is_below_field_prime(bytes) {
        return Err(Error::Point);
    }
    Ok(PublicKey(Inner::Ed25519(key)))
}

/// Whether y < 2^255 − 19. A larger y is a second spelling of another point
/// (RFC 8032 §5.1.3 step 1), which the library lets through. The other
/// non-canonical spelling, a sign for x = 0, only exists for weak points.
fn is_below_field_prime(bytes: &[u8; 32]) -> bool {
    let [low, middle @ .., high] = bytes;
    high & 0x7f != 0x7f || middle.iter().any(|byte| *byte != 0xff) || *low < 0xed
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Inner::Ed25519(one), Inner::Ed25519(two)) => one.as_bytes() == two.as_bytes(),
            (Inner::P256(one), Inner::P256(two)) => one == two,
            (Inner::P384(one), Inner::P384(two)) => one == two,
            (Inner::Rsa(one), Inner::Rsa(two)) => one == two,
            _ => false,
        }
    }
}

impl Eq for PublicKey {}

impl Hash for PublicKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.algorithm().hash(state);
        match &self.0 {
            Inner::Rsa(key) => key.modulus().hash(state),
            _ => self.compressed().hash(state),
        }
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.to_multibase().unwrap_or_else(|| self.thumbprint());
        write!(formatter, "PublicKey({} {name})", self.algorithm())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{SecretKey, hex};

    fn ed25519_key(bytes: &str) -> Result<PublicKey, Error> {
        PublicKey::from_compressed(Algorithm::Ed25519, &hex(bytes))
    }

    /// Message, key and signature of the 12 cases of "Taming the many EdDSAs"
    /// (Chalkias, Garillot, Nikolaenko 2020), where libraries disagree.
    const SPECCHECK: [(&str, &str, &str); 12] = [
        (
            "8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a0000000000000000000000000000000000000000000000000000000000000000",
        ),
        (
            "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
        ),
        (
            "aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab",
            "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e",
        ),
        (
            "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
            "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
            "9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009",
        ),
        (
            "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
            "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
            "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed5125ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09",
        ),
        (
            "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
            "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
            "21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d0030494ace586687405",
        ),
        (
            "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
            "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
            "e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514",
        ),
        (
            "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
            "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
            "8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa19427e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d272f42b695dd7e89a8c22",
        ),
        (
            "9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41",
            "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff03be9678ac102edcd92b0210bb34d7428d12ffc5df5f37e359941266a4e35f0f",
        ),
        (
            "9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41",
            "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffca8c5b64cd208982aa38d4936621a4775aa233aa0505711d8fdcfdaa943d4908",
        ),
        (
            "e96b7021eb39c1a163b6da4e3093dcd3f21387da4cc4572be588fafae23c155b",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dca5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
        ),
        (
            "39a591f5321bbe07fd5a23dc2f39d025d74526615746727ceefd6e82ae65c06f",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dca5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
        ),
    ];

    #[test]
    fn only_the_one_honest_speccheck_case_holds() {
        for (number, (message, key, signature)) in SPECCHECK.into_iter().enumerate() {
            let holds = ed25519_key(key)
                .is_ok_and(|key| key.verify(&hex(message), &hex(signature)).is_ok());
            assert_eq!(holds, number == 3, "case {number}");
        }
    }

    #[test]
    fn the_vectors_of_rfc_8032_hold() {
        for (key, message, signature) in [
            (
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            ),
            (
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
            ),
        ] {
            let key = ed25519_key(key).expect("a key");
            let (message, signature) = (hex(message), hex(signature));
            assert_eq!(key.verify(&message, &signature), Ok(()));
            for at in 0..signature.len() {
                let mut changed = signature.clone();
                changed[at] ^= 1;
                assert_eq!(
                    key.verify(&message, &changed),
                    Err(BadSignature),
                    "byte {at}"
                );
            }
            assert_eq!(key.verify(&message, &signature[..63]), Err(BadSignature));
            let longer = [&signature[..], &[0]].concat();
            assert_eq!(key.verify(&message, &longer), Err(BadSignature));
            assert_eq!(key.verify(b"other", &signature), Err(BadSignature));
            assert_eq!(key.verify(&message, b""), Err(BadSignature));
        }
    }

    #[test]
    fn s_plus_the_group_order_is_refused() {
        // The group order L, little-endian.
        let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        let key = SecretKey::from_ed25519_seed(&[9; 32]);
        let mut signature = key.sign(b"badge").expect("a signature");
        let mut carry = 0;
        for (byte, add) in signature[32..].iter_mut().zip(order) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            (*byte, carry) = (sum as u8, sum >> 8);
        }
        assert_eq!(key.public().verify(b"badge", &signature), Err(BadSignature));
    }

    #[test]
    fn weak_and_misspelt_points_are_no_keys() {
        let ones = "ff".repeat(30);
        for (bytes, expected) in [
            (format!("01{}", "00".repeat(31)), Error::Weak), // the neutral point
            (format!("ec{ones}7f"), Error::Weak),            // order 2
            ("00".repeat(32), Error::Weak),                  // order 4
            (format!("{}80", "00".repeat(31)), Error::Weak), // order 4
            (
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05".to_owned(),
                Error::Weak, // order 8
            ),
            (
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a".to_owned(),
                Error::Weak, // order 8
            ),
            (format!("ee{ones}7f"), Error::Weak), // the neutral point, y + p
            (format!("ed{ones}7f"), Error::Weak), // y = 0, written as p
            (format!("f0{ones}7f"), Error::Point), // y = 3, written as 3 + p
        ] {
            assert_eq!(ed25519_key(&bytes).err(), Some(expected), "{bytes}");
        }
        let three = format!("03{}", "00".repeat(31));
        assert!(ed25519_key(&three).is_ok()); // the same point, spelt well
    }

    #[test]
    fn a_signature_that_would_fit_any_message_is_refused() {
        // With A and R neutral and S = 0, S·B = R + k·A for every message.
        let neutral = format!("01{}", "00".repeat(31));
        assert_eq!(ed25519_key(&neutral), Err(Error::Weak));
        let forged = hex(&format!("{neutral}{}", "00".repeat(32)));
        let honest = SecretKey::from_ed25519_seed(&[9; 32]);
        assert_eq!(honest.public().verify(b"any", &forged), Err(BadSignature));
    }

    #[test]
    fn the_ecdsa_vectors_of_the_w3c_hold() {
        for (key, message, signature) in [
            (
                "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP",
                "3a8a522f689025727fb9d1f0fa99a618da023e8494ac74f51015d009d35abc2e517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017",
                "1cb4290918ffb04a55ff7ae1e55e316a9990fda8eec67325eac7fcbf2ddf9dd2b06716a657e72b284c9604df3a172ecbf06a1a475b49ac807b1d9162df855636",
            ),
            (
                "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ",
                "e32805a26492eac777aa7a138f6d8da3c74e0c7be7b296dcaccf97420c3b92eaad7be6449ca565e165031567f5c7cbc18bf6e01df72c5b62f91b685231915ac4b8c58ea95f002c6b8f6bfafa1b251df476b56b8e01518e317dab099d3ecbff96",
                "177ac088806c2506d49f0bfec16056a6a80ace62cd029888ad561aba22a59d192d77d9b1fc28df80dea5ee6c8bceb16f1b8bff6bd6ff2d8f8778bdde48bafa7b6cc1f914c0168b5c04499882f632deea9cb7d977e888bb0e1ee9fb20ff03b025",
            ),
        ] {
            let key = PublicKey::from_multibase(key).expect("a key");
            let (message, signature) = (hex(message), hex(signature));
            assert_eq!(key.verify(&message, &signature), Ok(()));
            for at in [0, 31, signature.len() / 2, signature.len() - 1] {
                let mut changed = signature.clone();
                changed[at] ^= 1;
                assert_eq!(
                    key.verify(&message, &changed),
                    Err(BadSignature),
                    "byte {at}"
                );
            }
        }
    }

    #[test]
    fn ecdsa_numbers_outside_the_range_are_refused() {
        // CVE-2022-21449: zeros fitted any message. n itself is zero again.
        const P256: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
        const P384: &str = "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973";
        for (algorithm, order) in [(Algorithm::P256, P256), (Algorithm::P384, P384)] {
            let order = hex(order);
            let zero = vec![0; order.len()];
            let mut one = zero.clone();
            *one.last_mut().expect("a byte") = 1;
            let key = SecretKey::from_bytes(algorithm, &vec![7; order.len()]).expect("a scalar");
            for (r, s) in [
                (&zero, &zero),
                (&zero, &one),
                (&one, &zero),
                (&order, &one),
                (&one, &order),
                (&order, &order),
                (&one, &one),
            ] {
                let signature = [&r[..], s].concat();
                assert_eq!(key.public().verify(b"badge", &signature), Err(BadSignature));
            }
        }
    }

    #[test]
    fn a_key_never_checks_by_another_algorithm() {
        let keys = [
            SecretKey::from_bytes(Algorithm::Ed25519, &[7; 32]).expect("a seed"),
            SecretKey::from_bytes(Algorithm::P256, &[7; 32]).expect("a scalar"),
            SecretKey::from_bytes(Algorithm::P384, &[7; 48]).expect("a scalar"),
            SecretKey::generate_rsa(crate::keys::RsaSize::Bits2048).expect("a key"),
        ];
        for signer in &keys {
            let signature = signer.sign(b"badge").expect("a signature");
            for other in &keys {
                let expected = signer.algorithm() == other.algorithm();
                let holds = other.public().verify(b"badge", &signature).is_ok();
                assert_eq!(holds, expected, "{signer:?} by {other:?}");
            }
        }
    }

    #[test]
    fn der_signatures_are_not_raw_signatures() {
        let key = SecretKey::from_bytes(Algorithm::P256, &[7; 32]).expect("a scalar");
        let raw = key.sign(b"badge").expect("a signature");
        let der = p256::ecdsa::Signature::from_slice(&raw)
            .expect("a signature")
            .to_der();
        assert_eq!(
            key.public().verify(b"badge", der.as_bytes()),
            Err(BadSignature)
        );
    }

    #[test]
    fn the_rs256_example_of_rfc_7515_holds() {
        let jwk = br#"{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}"#;
        let value = crate::json::parse(jwk).expect("JSON");
        let key = PublicKey::from_jwk(value.as_object().expect("an object")).expect("a key");
        let message = b"eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let signature = crate::keys::base64url::decode("cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw").expect("base64url");
        assert_eq!(key.verify(message, &signature), Ok(()));
        assert_eq!(key.verify(&message[1..], &signature), Err(BadSignature));
        assert_eq!(key.verify(message, &signature[1..]), Err(BadSignature));
        assert_eq!(key.verify(message, &vec![0; 256]), Err(BadSignature));
        assert_eq!(key.verify(message, &vec![1; 256]), Err(BadSignature));
    }

    #[test]
    fn a_key_is_printed_by_its_public_name() {
        let key = SecretKey::from_ed25519_seed(&[9; 32]);
        let name = key.public().to_multibase().expect("a multibase");
        assert_eq!(
            format!("{:?}", key.public()),
            format!("PublicKey(Ed25519 {name})")
        );
    }
}
