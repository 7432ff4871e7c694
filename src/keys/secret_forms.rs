//! The forms secret keys are kept and handed over in: PKCS #8 in PEM
//! (RFC 5958, RFC 7468), private JWK, and Multikey with `secretKeyMultibase`.

use super::jwk::{Operation, check_use};
use super::secret::Secret;
use super::{Algorithm, Error, PublicKey, SecretKey, base64url, multikey};
use crate::json::{self, Object};
use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use ed25519_dalek::pkcs8::KeypairBytes;
use p256::pkcs8::{
    EncodePrivateKey as _, LineEnding, ObjectIdentifier, PrivateKeyInfoRef, SecretDocument,
};
use zeroize::Zeroizing;

const LABEL: &str = "PRIVATE KEY";

const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

impl SecretKey {
    /// Reads a secret key in any of the forms: PEM, JWK or Multikey.
    ///
    /// # Errors
    /// [`Error::NoSecretKey`] if it is none of them; else what is wrong with
    /// the key. A public part written beside the secret must be its own.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let text = std::str::from_utf8(bytes).map_err(|_| Error::NoSecretKey)?;
        if text.trim_start().starts_with("-----BEGIN ") {
            return Self::from_pem(text.trim());
        }
        let value = json::parse(bytes).map_err(|_| Error::NoSecretKey)?;
        let object = value.as_object().ok_or(Error::NoSecretKey)?;
        if object.contains("kty") {
            Self::from_jwk(object)
        } else {
            Self::from_multikey(object)
        }
    }

    /// Reads an unencrypted PKCS #8 key in PEM.
    ///
    /// # Errors
    /// [`Error::NoSecretKey`] if the text is not PEM, [`Error::Unsupported`] for
    /// other forms and kinds of keys.
    pub fn from_pem(pem: &str) -> Result<Self, Error> {
        let (label, document) = SecretDocument::from_pem(pem).map_err(|_| Error::NoSecretKey)?;
        if label != LABEL {
            return Err(Error::Unsupported); // encrypted, or of the time before PKCS #8
        }
        let info =
            PrivateKeyInfoRef::try_from(document.as_bytes()).map_err(|_| Error::NoSecretKey)?;
        match info.algorithm.oid {
            ED25519 => ed25519_dalek::SigningKey::try_from(info)
                .map(Self::from_ed25519)
                .map_err(|_| Error::NoSecretKey),
            EC => match info.algorithm.parameters_oid() {
                Ok(P256) => p256::SecretKey::try_from(info)
                    .map(|key| Self::from_p256(key.into()))
                    .map_err(|_| Error::NoSecretKey),
                Ok(P384) => p384::SecretKey::try_from(info)
                    .map(|key| Self::from_p384(key.into()))
                    .map_err(|_| Error::NoSecretKey),
                _ => Err(Error::Unsupported),
            },
            RSA => aws_lc_rs::rsa::KeyPair::from_pkcs8(document.as_bytes())
                .map_err(|_| Error::NoSecretKey)
                .and_then(Self::from_rsa),
            _ => Err(Error::Unsupported),
        }
    }

    /// The key as PKCS #8 in PEM. Ed25519 is written in version 1 (RFC 8410
    /// §7), which every tool reads.
    ///
    /// # Errors
    /// [`Error::Failed`] if the cryptographic library fails.
    pub fn to_pem(&self) -> Result<Zeroizing<String>, Error> {
        let document = match &self.secret {
            Secret::Ed25519(key) => KeypairBytes {
                secret_key: key.to_bytes(),
                public_key: None,
            }
            .to_pkcs8_der(),
            Secret::P256(key) => key.to_pkcs8_der(),
            Secret::P384(key) => key.to_pkcs8_der(),
            Secret::Rsa(key) => {
                let der: Pkcs8V1Der<'_> = key.as_der().map_err(|_| Error::Failed)?;
                SecretDocument::try_from(der.as_ref()).map_err(Into::into)
            }
        };
        document
            .map_err(|_| Error::Failed)?
            .to_pem(LABEL, LineEnding::LF)
            .map_err(|_| Error::Failed)
    }

    /// Reads a private JWK (RFC 7518 §6.2.2, RFC 8037 §2).
    fn from_jwk(jwk: &Object<'_>) -> Result<Self, Error> {
        let written = PublicKey::from_jwk_material(jwk)?;
        let algorithm = written.algorithm();
        if algorithm == Algorithm::Rsa {
            return Err(Error::Unsupported);
        }
        check_use(jwk, algorithm, Operation::Sign)?;
        let secret = jwk.text("d").ok_or(Error::NoSecretKey)?;
        let secret = base64url::decode(secret).map(Zeroizing::new);
        let key = Self::from_bytes(algorithm, &secret.ok_or(Error::Jwk { member: "d" })?)?;
        key.belonging_to(&written)
    }

    /// Reads a Multikey with its secret (Controlled Identifiers 1.0 §2.2.2).
    /// The earlier name of the member is still found in key files.
    fn from_multikey(multikey: &Object<'_>) -> Result<Self, Error> {
        let secret = multikey
            .text("secretKeyMultibase")
            .or_else(|| multikey.text("privateKeyMultibase"))
            .ok_or(Error::NoSecretKey)?;
        let (algorithm, secret) = multikey::decode_secret(secret)?;
        let key = Self::from_bytes(algorithm, &secret)?;
        match multikey.get("publicKeyMultibase") {
            None => Ok(key),
            Some(written) => {
                let written = written.as_str().ok_or(Error::Multibase)?;
                key.belonging_to(&PublicKey::from_multibase(written)?)
            }
        }
    }

    /// The key, if `written` is its public half.
    fn belonging_to(self, written: &PublicKey) -> Result<Self, Error> {
        if self.public() == written {
            Ok(self)
        } else {
            Err(Error::Mismatch)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{RsaSize, hex};

    // RFC 8410 §10.3, both versions of one key.
    const ED25519_V1: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
";
    const ED25519_V2: &str = "-----BEGIN PRIVATE KEY-----
MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
Z9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PRIVATE KEY-----
";
    // Made with OpenSSL for this test.
    const P256_PEM: &str = "-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgIgLE9CeE8EMGUENq
K8LR7YHuzh6o7Q0VcyB+MLuly6WhRANCAATzgjgWJ25hglCHKN0aXN8Sp9Doyuvr
x0qpK3Njo/aPjCuoAHhpim+F5GTqMRD8Uoa2L85MKUmASjX1C2CQkeAq
-----END PRIVATE KEY-----
";
    const P384_PEM: &str = "-----BEGIN PRIVATE KEY-----
MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDCicBWSTx78eEYQk/sv
559+5AqIm6dpVXwNlKsB/iwUzUUPVZiyuIvZ2ueyQnV6+yWhZANiAASjmjZ4717e
NaiQT/2vnomwrC80oWjuHDybfGWrFC18n2fy+70GR4BhucftX/lWnAXcvgZpHUQM
CQP0gHA4QltyVbNlylTQ+WB/Kxw3S9VsIgjpFU20ZaGVOoMzEsq9zy8=
-----END PRIVATE KEY-----
";

    #[track_caller]
    fn refused(text: &str, expected: Error) {
        assert_eq!(
            SecretKey::parse(text.as_bytes()).err(),
            Some(expected),
            "{text:.90}"
        );
    }

    #[track_caller]
    fn check_point(pem: &str, point: &str) {
        let key = SecretKey::parse(pem.as_bytes()).expect("a key");
        assert_eq!(key.public().compressed(), Some(hex(point)));
    }

    #[test]
    fn keys_of_other_tools_are_read() {
        let ed = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
        check_point(ED25519_V1, ed);
        check_point(ED25519_V2, ed);
        check_point(&ED25519_V1.replace('\n', "\r\n"), ed);
        check_point(&format!("\n {ED25519_V1}\n\n"), ed);
        check_point(
            P256_PEM,
            "02f3823816276e6182508728dd1a5cdf12a7d0e8caebebc74aa92b7363a3f68f8c",
        );
        check_point(
            P384_PEM,
            "03a39a3678ef5ede35a8904ffdaf9e89b0ac2f34a168ee1c3c9b7c65ab142d7c9f67f2fbbd06478061b9c7ed5ff9569c05",
        );
    }

    #[test]
    fn a_key_comes_back_from_its_pem() {
        for pem in [ED25519_V1, P256_PEM, P384_PEM] {
            let key = SecretKey::parse(pem.as_bytes()).expect("a key");
            assert_eq!(key.to_pem().expect("PEM").as_str(), pem);
        }
        let key = SecretKey::generate_rsa(RsaSize::Bits2048).expect("a key");
        let again = SecretKey::from_pem(&key.to_pem().expect("PEM")).expect("a key");
        assert_eq!(again.public(), key.public());
        assert_eq!(again.sign(b"badge"), key.sign(b"badge"));
    }

    #[test]
    fn the_key_pairs_of_the_w3c_belong_together() {
        for (public, secret) in [
            (
                "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
                "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq",
            ),
            (
                "z6MktgKTsu1QhX6QPbyqG6geXdw6FQCZBPq7uQpieWbiQiG7",
                "z3u2W4YnTstS1nSSBAgZcYSJF43JuZ9uLV6bF38B1Bf8NugW",
            ),
            (
                "z6MkhWqdDBPojHA7cprTGTt5yHv5yUi1B8cnXn8ReLumkw6E",
                "z3u2cfp4Q17kMGhNCh348a3yw3cUBiWK6RXRzyJE54sixMFn",
            ),
            (
                "z6MkmEq87wkHCYnWnNZkigeDMGTN7oUw1upkhzd77KuXERS1",
                "z3u2Zr3tcDLBDQKGxVa9SRDFNLqNqPWsa8p9rWPvCEH6bADB",
            ),
            (
                "z6Mkm1S51iPHJvDEkJ9MRtxJmT8Pqo6wHipAFwBAjN83vntT",
                "z3u2ZTWiFwM17veUR7sXniY66Gf14SqMdpMLy7SW9x4EDdmw",
            ),
            (
                "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP",
                "z42twTcNeSYcnqg1FLuSFs2bsGH3ZqbRHFmvS9XMsYhjxvHN",
            ),
            (
                "zDnaeTHfhmSaQKBc7CmdL3K7oYg3D6SC7yowe2eBeVd2DH32r",
                "z42tqvNGyzyXRzotAYn43UhcFtzDUVdxJ7461fwrfhBPLmfY",
            ),
            (
                "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ",
                "z2fanyY7zgwNpZGxX5fXXibvScNaUWNprHU9dKx7qpVj7mws9J8LLt4mDB5TyH2GLHWkUc",
            ),
        ] {
            for name in ["secretKeyMultibase", "privateKeyMultibase"] {
                let alone = format!(r#"{{"{name}":"{secret}"}}"#);
                let key = SecretKey::parse(alone.as_bytes()).expect("a key");
                assert_eq!(key.public().to_multibase().as_deref(), Some(public));
                let pair = format!(r#"{{"publicKeyMultibase":"{public}","{name}":"{secret}"}}"#);
                assert!(SecretKey::parse(pair.as_bytes()).is_ok());
            }
        }
    }

    #[test]
    fn private_jwks_are_read() {
        // RFC 8037 appendix A.1.
        let ed = r#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
        let key = SecretKey::parse(ed.as_bytes()).expect("a key");
        assert_eq!(
            key.public().thumbprint(),
            "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
        );
        // RFC 7517 appendix A.2.
        let ec = r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE","use":"sig","key_ops":["sign"]}"#;
        assert!(SecretKey::parse(ec.as_bytes()).is_ok());
        refused(&ec.replace("870M", "970M"), Error::Mismatch);
        refused(
            &ec.replace("sign", "deriveKey"),
            Error::Use { member: "key_ops" },
        );
        refused(
            &ec.replace("\"sig\"", "\"enc\""),
            Error::Use { member: "use" },
        );
        refused(&ec.replace("3eAE\"", "3eA\""), Error::Length);
        refused(&ec.replace("3eAE\"", "3eAE=\""), Error::Jwk { member: "d" });
        refused(&ec.replace("\"d\"", "\"e\""), Error::NoSecretKey);
        refused(&ec.replace("\"y\"", "\"z\""), Error::Jwk { member: "y" });
        let rsa = r#"{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}"#;
        refused(rsa, Error::Weak);
    }

    #[test]
    fn a_foreign_public_half_is_refused() {
        let other = "z6MkhWqdDBPojHA7cprTGTt5yHv5yUi1B8cnXn8ReLumkw6E";
        let secret = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq";
        let pair = |public: &str| {
            format!(r#"{{"publicKeyMultibase":{public},"secretKeyMultibase":"{secret}"}}"#)
        };
        refused(&pair(&format!("\"{other}\"")), Error::Mismatch);
        refused(&pair("\"z6Mk\""), Error::Length);
        refused(&pair("7"), Error::Multibase);
        refused(&pair(&format!("\"{secret}\"")), Error::SecretPublished);
        // PKCS #8 may hold the public half too; here it is changed.
        refused(&ED25519_V2.replace("ZuE=", "ZuI="), Error::NoSecretKey);
        refused(&P256_PEM.replace("ATzgjgW", "ATzgjgX"), Error::NoSecretKey);
    }

    #[test]
    fn what_is_no_secret_key_is_refused() {
        refused("", Error::NoSecretKey);
        refused("hello", Error::NoSecretKey);
        refused("[]", Error::NoSecretKey);
        refused("{}", Error::NoSecretKey);
        refused(r#"{"secretKeyMultibase":5}"#, Error::NoSecretKey);
        refused(r#"{"secretKeyMultibase":""}"#, Error::Multibase);
        // A public key in the place of the secret one.
        refused(
            r#"{"secretKeyMultibase":"z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"}"#,
            Error::Unsupported,
        );
        assert_eq!(SecretKey::parse(&[0xff]).err(), Some(Error::NoSecretKey));
        refused("-----BEGIN PRIVATE KEY-----\n", Error::NoSecretKey);
        refused(&ED25519_V1.replace("MC4C", "MC4D"), Error::NoSecretKey);
        refused(&ED25519_V1.replace("EdVhC", "EdV"), Error::NoSecretKey);
        refused(
            &ED25519_V1.replace("PRIVATE", "RSA PRIVATE"),
            Error::Unsupported,
        );
        refused(
            &ED25519_V1.replace("PRIVATE", "ENCRYPTED PRIVATE"),
            Error::Unsupported,
        );
        refused(&ED25519_V1.replace("K2Vw", "K2Vu"), Error::Unsupported); // X25519
        let secp256k1 = "-----BEGIN PRIVATE KEY-----
MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQg4pvJqaLPrfr98mEBEs0A
CNMSYytWpo+m3TdmoTzi52GhRANCAAQAoKL/JZuIFoBRM5QkFpPujHqB0kBCXTSe
hAm2/BAf1tnmpGkT46g/I2KDRR/d+4JG3Hz6xgJ19LLKEu8ELUuO
-----END PRIVATE KEY-----";
        refused(secp256k1, Error::Unsupported);
    }
}
