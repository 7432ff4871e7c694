//! Public keys in PEM: what the issuers of Open Badges 1 and 2 publish as
//! `publicKeyPem` (RFC 7468 §13, RFC 5480, RFC 8017 §A.1.1, RFC 8410).
//!
//! **Promises.** The key passes the same tests as one in any other form: no
//! weak RSA modulus, no point of small order. **Does not:** read certificates,
//! or anything that holds a secret.

use super::public::Inner;
use super::rsa::RsaPublicKey;
use super::{Algorithm, Error, PublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use p256::pkcs8::ObjectIdentifier;
use p256::pkcs8::der::asn1::UintRef;
use p256::pkcs8::der::{self, Decode as _, Reader as _, SliceReader};
use p256::pkcs8::spki::SubjectPublicKeyInfoRef;
use std::sync::Arc;

const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

impl PublicKey {
    /// Reads a public key in PEM: `PUBLIC KEY`, or for RSA the older `RSA
    /// PUBLIC KEY`.
    ///
    /// Lines of any length are taken, and none at all: people paste PEM into
    /// JSON by hand, and the bytes inside are still read strictly.
    ///
    /// # Errors
    /// [`Error::Pem`] if it is not PEM or not DER inside,
    /// [`Error::SecretPublished`] for a secret key, [`Error::Unsupported`] for
    /// other labels and kinds of keys, else what is wrong with the key.
    pub fn from_pem(pem: &str) -> Result<Self, Error> {
        let (label, der) = decode(pem)?;
        match label {
            "PUBLIC KEY" => from_spki(&der),
            "RSA PUBLIC KEY" => from_pkcs1(&der),
            _ if label.ends_with("PRIVATE KEY") => Err(Error::SecretPublished),
            _ => Err(Error::Unsupported),
        }
    }
}

/// The label and the bytes of the one block that the text is.
fn decode(pem: &str) -> Result<(&str, Vec<u8>), Error> {
    let (label, rest) = pem
        .trim()
        .strip_prefix("-----BEGIN ")
        .and_then(|rest| rest.split_once("-----"))
        .ok_or(Error::Pem)?;
    let body = rest
        .strip_suffix("-----")
        .and_then(|rest| rest.strip_suffix(label))
        .and_then(|rest| rest.strip_suffix("-----END "))
        .ok_or(Error::Pem)?;
    let digits: String = body
        .chars()
        .filter(|char| !char.is_ascii_whitespace())
        .collect();
    let der = STANDARD.decode(digits).map_err(|_| Error::Pem)?;
    Ok((label, der))
}

fn from_spki(bytes: &[u8]) -> Result<PublicKey, Error> {
    let info = SubjectPublicKeyInfoRef::from_der(bytes).map_err(|_| Error::Pem)?;
    let key = info.subject_public_key.as_bytes().ok_or(Error::Pem)?;
    match info.algorithm.oid {
        // RFC 8410 §3: there must be no parameters.
        ED25519 if info.algorithm.parameters.is_none() => {
            PublicKey::from_compressed(Algorithm::Ed25519, key)
        }
        ED25519 => Err(Error::Pem),
        EC => match info.algorithm.parameters_oid() {
            Ok(P256) => point(Algorithm::P256, key),
            Ok(P384) => point(Algorithm::P384, key),
            _ => Err(Error::Unsupported),
        },
        // RFC 8017 §A.1: the parameters are NULL; some software leaves them out.
        RSA if info
            .algorithm
            .parameters
            .is_none_or(|parameters| parameters.is_null()) =>
        {
            from_pkcs1(key)
        }
        RSA => Err(Error::Pem),
        _ => Err(Error::Unsupported),
    }
}

/// RFC 5480 §2.2: uncompressed, or compressed.
fn point(algorithm: Algorithm, bytes: &[u8]) -> Result<PublicKey, Error> {
    match bytes.first() {
        Some(2..=4) => PublicKey::from_sec1(algorithm, bytes),
        _ => Err(Error::Point),
    }
}

/// `RSAPublicKey` of RFC 8017 §A.1.1.
pub(super) fn from_pkcs1(bytes: &[u8]) -> Result<PublicKey, Error> {
    let (modulus, exponent) = numbers(bytes).map_err(|_| Error::Pem)?;
    let key = RsaPublicKey::new(modulus, exponent)?;
    Ok(PublicKey(Inner::Rsa(Arc::new(key))))
}

fn numbers(bytes: &[u8]) -> der::Result<(Vec<u8>, Vec<u8>)> {
    let mut reader = SliceReader::new(bytes)?;
    let numbers = reader.sequence(|inside| {
        let modulus = UintRef::decode(inside)?.as_bytes().to_vec();
        let exponent = UintRef::decode(inside)?.as_bytes().to_vec();
        der::Result::Ok((modulus, exponent))
    })?;
    reader.finish()?;
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::hex;

    // Written by OpenSSL.
    const ED25519_PEM: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAqb4G3motrRWS4K+JDGnpodnvHA5LNlm09CYqXXZc4I0=
-----END PUBLIC KEY-----";
    const P256_PEM: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEbJkjkALaeKx7HhF2BZD49fpppTS/
AfkvAiha86ltx1iCxxjMRUV5IsGu5hnxL89PjhPx4oNiECJncj8tAvsr1g==
-----END PUBLIC KEY-----";
    const P256_COMPRESSED: &str = "-----BEGIN PUBLIC KEY-----
MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgACbJkjkALaeKx7HhF2BZD49fpppTS/
AfkvAiha86ltx1g=
-----END PUBLIC KEY-----";
    const P384_PEM: &str = "-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEA+3Qyh8wSw24u+xcyVa+ltwD5QCmel80
ySSLDlOuxFT1DRqNQO8W9p+uOEwq1I7ML6QdqTF29FMjMaATMf0njPZ6PJY1skjt
NpYnfMJpag5mCjtkJ8sY5yCIuoaWN5RH
-----END PUBLIC KEY-----";
    const P384_COMPRESSED: &str = "-----BEGIN PUBLIC KEY-----
MEYwEAYHKoZIzj0CAQYFK4EEACIDMgADA+3Qyh8wSw24u+xcyVa+ltwD5QCmel80
ySSLDlOuxFT1DRqNQO8W9p+uOEwq1I7M
-----END PUBLIC KEY-----";
    const RSA_PEM: &str = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAofz4zJiTRBUPbVj7eE8c
CfdcpjGwRl3lHT0xOejRQ8Z2oU9ZSOMRwqPmvE0atb7YoWYRXdLGOKyMXVf3Vzhx
a1trVRb6NP5HOO4Rs0CUOiYPtXAX4mq/cRbnSKlyVDEkMLWKVP/3eljx/YAD/gzB
MqMM3LV029nT0LA1SwVVA2263Go8xgljNgP9t6fst+f0cK6SMO7YrvXPRHF7x1VP
vzL9OmLi/BypnEALvDTwM4SFBtPtYw7pGo5aessf4sW9mLWGSKTe0WLmIRWduSQK
nLAiDf+BjI28P2PrUocaG9zUfpFT/3YAQYrBax8fniBP+uto2E7YiKOap0XyKQCR
PwIDAQAB
-----END PUBLIC KEY-----";
    const RSA_PKCS1: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAofz4zJiTRBUPbVj7eE8cCfdcpjGwRl3lHT0xOejRQ8Z2oU9ZSOMR
wqPmvE0atb7YoWYRXdLGOKyMXVf3Vzhxa1trVRb6NP5HOO4Rs0CUOiYPtXAX4mq/
cRbnSKlyVDEkMLWKVP/3eljx/YAD/gzBMqMM3LV029nT0LA1SwVVA2263Go8xglj
NgP9t6fst+f0cK6SMO7YrvXPRHF7x1VPvzL9OmLi/BypnEALvDTwM4SFBtPtYw7p
Go5aessf4sW9mLWGSKTe0WLmIRWduSQKnLAiDf+BjI28P2PrUocaG9zUfpFT/3YA
QYrBax8fniBP+uto2E7YiKOap0XyKQCRPwIDAQAB
-----END RSA PUBLIC KEY-----";
    const RSA_1024: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDP0LrgVaEjTSaCz8vOsPavYklS
+WPeUEbpoEBMwyW1i6OP1OWsWPm8Hm2Pu9g7Fqq/mmBrrLuj2klbLcE12y2DLELr
muOQD8XP14KswHo1lIY7g0RHJAGI9AFDDvEO2dJhgKRgs3cnangcghDz6yDjObL3
KYBySUno5nGPpTHytwIDAQAB
-----END PUBLIC KEY-----";
    const SECP256K1: &str = "-----BEGIN PUBLIC KEY-----
MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEpS4M1r4fWSPaI2g4lIKpw7lh0Rx4eGu+
/PtR2SvkiPrhlk99qW5izMmzGX1HDBLp7igBHENwjSGNhi7D/UzaUg==
-----END PUBLIC KEY-----";
    const X25519: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VuAyEAXpUeFamNkU5qUPSay7JFJB3apJaewwSFVjyraTwYlmw=
-----END PUBLIC KEY-----";

    #[track_caller]
    fn check_point(pem: &str, compressed: &str) {
        let key = PublicKey::from_pem(pem).expect("a key");
        assert_eq!(key.compressed(), Some(hex(compressed)));
    }

    #[track_caller]
    fn refused(pem: &str, expected: Error) {
        assert_eq!(PublicKey::from_pem(pem).err(), Some(expected), "{pem}");
    }

    #[test]
    fn the_keys_of_openssl_are_read() {
        check_point(
            ED25519_PEM,
            "a9be06de6a2dad1592e0af890c69e9a1d9ef1c0e4b3659b4f4262a5d765ce08d",
        );
        let p256 = "026c99239002da78ac7b1e11760590f8f5fa69a534bf01f92f02285af3a96dc758";
        check_point(P256_PEM, p256);
        check_point(P256_COMPRESSED, p256);
        let p384 = "0303edd0ca1f304b0db8bbec5cc956be96dc03e500a67a5f34c9248b0e53aec454f50d1a8d40ef16f69fae384c2ad48ecc";
        check_point(P384_PEM, p384);
        check_point(P384_COMPRESSED, p384);
        let rsa = PublicKey::from_pem(RSA_PEM).expect("a key");
        assert_eq!(rsa.algorithm(), Algorithm::Rsa);
        assert_eq!(PublicKey::from_pem(RSA_PKCS1), Ok(rsa));
    }

    #[test]
    fn lines_may_have_any_length() {
        let key = PublicKey::from_pem(RSA_PEM).expect("a key");
        let body = RSA_PEM.lines().filter(|line| !line.starts_with('-'));
        let body: String = body.collect();
        for pem in [
            RSA_PEM.replace('\n', "\r\n"),
            format!("\n{RSA_PEM}\n\n"),
            format!("-----BEGIN PUBLIC KEY-----{body}-----END PUBLIC KEY-----"),
            format!("-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----"),
            format!("-----BEGIN PUBLIC KEY----- {body} -----END PUBLIC KEY-----"),
        ] {
            assert_eq!(PublicKey::from_pem(&pem), Ok(key.clone()), "{pem}");
        }
    }

    #[test]
    fn weak_and_other_keys_are_refused() {
        refused(RSA_1024, Error::Weak);
        refused(SECP256K1, Error::Unsupported);
        refused(X25519, Error::Unsupported);
        let zero = "-----BEGIN PUBLIC KEY-----MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=-----END PUBLIC KEY-----";
        refused(zero, Error::Weak);
        // The point is not on the curve.
        refused(&P256_PEM.replace("vsr1g", "vsr1w"), Error::Point);
    }

    #[test]
    fn what_is_no_public_key_is_refused() {
        for (pem, expected) in [
            ("", Error::Pem),
            ("-----BEGIN PUBLIC KEY-----", Error::Pem),
            (
                "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
                Error::Pem,
            ),
            (
                "-----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----",
                Error::Pem,
            ),
            (
                "-----BEGIN PUBLIC KEY-----A-----END PUBLIC KEY-----",
                Error::Pem,
            ),
            (
                "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----",
                Error::Unsupported,
            ),
            (
                "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----",
                Error::SecretPublished,
            ),
            (
                "-----BEGIN RSA PRIVATE KEY-----AAAA-----END RSA PRIVATE KEY-----",
                Error::SecretPublished,
            ),
        ] {
            refused(pem, expected);
        }
        refused(&RSA_PEM.replace("END PUBLIC", "END RSA PUBLIC"), Error::Pem);
        refused(&RSA_PEM.replace("MIIBIjAN", "MIIBIjAO"), Error::Pem);
        refused(&RSA_PEM.replace("PwIDAQAB", "PwIDAQ"), Error::Pem);
        refused(&format!("{RSA_PEM}\n{RSA_PEM}"), Error::Pem);
        refused(&format!("see below\n{RSA_PEM}"), Error::Pem);
        refused(&RSA_PEM.replace("PUBLIC", "RSA PUBLIC"), Error::Pem);
        refused(&RSA_PKCS1.replace("RSA PUBLIC", "PUBLIC"), Error::Pem);
        // One byte more behind the end.
        refused(&ED25519_PEM.replace("4I0=", "4I0A"), Error::Pem);
    }
}
