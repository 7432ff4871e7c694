//! JSON Web Keys (RFC 7517, RFC 7518 §6, RFC 8037) and their thumbprints
//! (RFC 7638).

use super::public::Inner;
use super::rsa::RsaPublicKey;
use super::{Algorithm, Error, PublicKey, base64url};
use crate::json::{Object, Value};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// Members that only a private or a shared key has (RFC 7518 §6.2.2, §6.3.2,
/// §6.4.1).
const SECRET_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// What a JWK is wanted for, in the words of `key_ops` (RFC 7517 §4.3).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    Verify,
    Sign,
}

impl PublicKey {
    /// Reads a public JWK.
    ///
    /// A JWK that carries its secret is refused, as is one whose `alg`, `use`
    /// or `key_ops` say it is not for checking signatures (RFC 8725 §3.1).
    ///
    /// # Errors
    /// [`Error`]: malformed, weak, of an unsupported kind, or for another use.
    pub fn from_jwk(jwk: &Object<'_>) -> Result<Self, Error> {
        if SECRET_MEMBERS.iter().any(|member| jwk.contains(member)) {
            return Err(Error::SecretPublished);
        }
        let key = Self::from_jwk_material(jwk)?;
        check_use(jwk, key.algorithm(), Operation::Verify)?;
        Ok(key)
    }

    /// Reads the public members of a JWK and looks at no others.
    pub(super) fn from_jwk_material(jwk: &Object<'_>) -> Result<Self, Error> {
        match text(jwk, "kty")? {
            "OKP" => octet_key_pair(jwk),
            "EC" => elliptic_curve(jwk),
            "RSA" => {
                let key = RsaPublicKey::new(bytes(jwk, "n")?, bytes(jwk, "e")?)?;
                Ok(Self(Inner::Rsa(Arc::new(key))))
            }
            _ => Err(Error::Unsupported),
        }
    }

    /// The key as a JWK with the members that make the key, and no others.
    #[must_use]
    pub fn to_jwk(&self) -> Object<'static> {
        let mut jwk = Object::new();
        for (name, value) in self.required_members() {
            jwk.set(name, value);
        }
        jwk
    }

    /// The SHA-256 thumbprint in base64url (RFC 7638 §3).
    #[must_use]
    pub fn thumbprint(&self) -> String {
        let mut members = self.required_members();
        members.sort_by_key(|(name, _)| *name);
        let members: Vec<String> = members
            .iter()
            .map(|(name, value)| format!("\"{name}\":\"{value}\""))
            .collect();
        let canonical = format!("{{{}}}", members.join(","));
        base64url::encode(&Sha256::digest(canonical.as_bytes()))
    }

    /// The members of RFC 7638 §3.2: none of their values needs an escape.
    fn required_members(&self) -> Vec<(&'static str, String)> {
        let named = |name: &str| name.to_owned();
        let point = |curve: &str, x: Option<&[u8]>, y: Option<&[u8]>| {
            vec![
                ("kty", named("EC")),
                ("crv", named(curve)),
                ("x", base64url::encode(x.unwrap_or_default())),
                ("y", base64url::encode(y.unwrap_or_default())),
            ]
        };
        match &self.0 {
            Inner::Ed25519(key) => vec![
                ("kty", named("OKP")),
                ("crv", named("Ed25519")),
                ("x", base64url::encode(key.as_bytes())),
            ],
            Inner::P256(key) => {
                let sec1 = key.to_sec1_point(false);
                point("P-256", sec1.x().map(|x| &**x), sec1.y().map(|y| &**y))
            }
            Inner::P384(key) => {
                let sec1 = key.to_sec1_point(false);
                point("P-384", sec1.x().map(|x| &**x), sec1.y().map(|y| &**y))
            }
            Inner::Rsa(key) => vec![
                ("kty", named("RSA")),
                ("n", base64url::encode(key.modulus())),
                ("e", base64url::encode(key.exponent())),
            ],
        }
    }
}

fn octet_key_pair(jwk: &Object<'_>) -> Result<PublicKey, Error> {
    match text(jwk, "crv")? {
        "Ed25519" => PublicKey::from_compressed(Algorithm::Ed25519, &bytes(jwk, "x")?),
        _ => Err(Error::Unsupported),
    }
}

fn elliptic_curve(jwk: &Object<'_>) -> Result<PublicKey, Error> {
    let (algorithm, length) = match text(jwk, "crv")? {
        "P-256" => (Algorithm::P256, 32),
        "P-384" => (Algorithm::P384, 48),
        _ => return Err(Error::Unsupported),
    };
    let (x, y) = (bytes(jwk, "x")?, bytes(jwk, "y")?);
    // RFC 7518 §6.2.1.2: exactly as long as the field, leading zeros kept.
    if x.len() != length || y.len() != length {
        return Err(Error::Length);
    }
    PublicKey::from_sec1(algorithm, &[&[4], x.as_slice(), &y].concat())
}

/// `alg`, `use` and `key_ops`, as far as present, must allow the operation.
pub(super) fn check_use(
    jwk: &Object<'_>,
    algorithm: Algorithm,
    operation: Operation,
) -> Result<(), Error> {
    let fits = |member, fits: fn(&Value<'_>, Algorithm, Operation) -> bool| match jwk.get(member) {
        Some(value) if !fits(value, algorithm, operation) => Err(Error::Use { member }),
        _ => Ok(()),
    };
    fits("alg", |alg, algorithm, _| {
        alg.as_str().is_some_and(|name| algorithm.is_jose(name))
    })?;
    fits("use", |wanted, _, _| wanted.as_str() == Some("sig"))?;
    fits("key_ops", |operations, _, operation| {
        let wanted = match operation {
            Operation::Verify => "verify",
            Operation::Sign => "sign",
        };
        operations.as_array().is_some() && operations.includes(wanted)
    })
}

fn text<'o>(jwk: &'o Object<'_>, member: &'static str) -> Result<&'o str, Error> {
    jwk.text(member).ok_or(Error::Jwk { member })
}

/// A member's bytes.
fn bytes(jwk: &Object<'_>, member: &'static str) -> Result<Vec<u8>, Error> {
    base64url::decode(text(jwk, member)?).ok_or(Error::Jwk { member })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    // RFC 7638 §3.1.
    const RSA: &str = r#"{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}"#;
    // RFC 8037 appendix A.2.
    const ED: &str =
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    // RFC 7517 appendix A.1.
    const EC: &str = r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#;

    fn read(text: &str) -> Result<PublicKey, Error> {
        let value = json::parse(text.as_bytes()).expect("JSON");
        PublicKey::from_jwk(value.as_object().expect("an object"))
    }

    /// The JWK with one member set, or taken out.
    fn with(jwk: &str, member: &'static str, value: Option<Value<'static>>) -> String {
        let parsed = json::parse(jwk.as_bytes()).expect("JSON");
        let mut object = parsed.as_object().expect("an object").clone();
        match value {
            Some(value) => object.set(member, value),
            None => drop(object.remove(member)),
        }
        Value::from(object).to_json()
    }

    #[track_caller]
    fn refused(jwk: &str, member: &'static str, value: &'static str, expected: Error) {
        let changed = with(jwk, member, Some(Value::from(value)));
        assert_eq!(read(&changed).err(), Some(expected), "{member}={value:.40}");
    }

    #[test]
    fn thumbprints_are_those_of_the_standards() {
        for (jwk, thumbprint) in [
            (RSA, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
            (ED, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
            (EC, "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"),
        ] {
            let key = read(jwk).expect("a key");
            assert_eq!(key.thumbprint(), thumbprint);
            let again = PublicKey::from_jwk(&key.to_jwk()).expect("its own JWK");
            assert_eq!(again, key);
        }
    }

    #[test]
    fn a_jwk_and_a_multikey_of_one_key_are_equal() {
        let key = PublicKey::from_multibase(
            "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ",
        )
        .expect("a key");
        assert_eq!(PublicKey::from_jwk(&key.to_jwk()), Ok(key));
        assert_ne!(read(ED), read(EC));
    }

    #[test]
    fn a_jwk_with_any_secret_member_is_refused() {
        for member in SECRET_MEMBERS {
            for jwk in [ED, EC, RSA] {
                refused(jwk, member, "AQAB", Error::SecretPublished);
                let null = with(jwk, member, Some(Value::Null));
                assert_eq!(read(&null), Err(Error::SecretPublished));
            }
        }
        assert_eq!(
            read(r#"{"kty":"oct","k":"AQAB"}"#),
            Err(Error::SecretPublished)
        );
    }

    #[test]
    fn every_member_of_a_key_is_needed() {
        for (jwk, members) in [
            (ED, &["kty", "crv", "x"][..]),
            (EC, &["kty", "crv", "x", "y"]),
            (RSA, &["kty", "n", "e"]),
        ] {
            for member in members {
                assert_eq!(read(&with(jwk, member, None)), Err(Error::Jwk { member }));
                let array = with(jwk, member, Some(Value::Array(vec![])));
                assert_eq!(read(&array), Err(Error::Jwk { member }));
            }
        }
    }

    #[test]
    fn coordinates_are_strict() {
        let x = Error::Jwk { member: "x" };
        refused(ED, "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=", x);
        refused(ED, "x", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp", x); // a stray bit
        refused(ED, "x", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo", x);
        refused(ED, "x", " 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", x);
        refused(ED, "x", "", Error::Length);
        refused(
            ED,
            "x",
            "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUQ",
            Error::Length,
        );
        refused(
            ED,
            "x",
            "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            Error::Weak,
        );
        refused(
            EC,
            "x",
            "AKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
            Error::Point,
        );
        refused(
            EC,
            "y",
            "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFw",
            Error::Length,
        );
        refused(
            EC,
            "x",
            "ADCgQkzSHClEg4otdckrN-duog2fAIk6O07uijwKr-w-",
            Error::Length,
        );
        refused(EC, "crv", "P-384", Error::Length);
    }

    #[test]
    fn rsa_keys_are_neither_weak_nor_odd() {
        let n = Error::Jwk { member: "n" };
        let e = Error::Jwk { member: "e" };
        refused(RSA, "n", "", n);
        refused(RSA, "e", "", e);
        refused(RSA, "e", "AAEAAQ", e); // a leading zero
        refused(RSA, "e", "Ag", e); // 2
        refused(RSA, "e", "AQ", Error::Weak); // 1
        refused(RSA, "e", "AQAAAAE", Error::Unsupported); // 2^32 + 1
        let long = |bytes: usize, first: u8, last: u8| {
            let mut modulus = vec![0xa5; bytes];
            modulus[0] = first;
            modulus[bytes - 1] = last;
            with(RSA, "n", Some(Value::from(base64url::encode(&modulus))))
        };
        assert_eq!(read(&long(255, 0xff, 1)), Err(Error::Weak)); // 2,040 bits
        assert_eq!(read(&long(256, 0x7f, 1)), Err(Error::Weak)); // 2,047 bits
        assert_eq!(read(&long(256, 0x80, 2)), Err(n)); // even
        assert_eq!(read(&long(257, 0x00, 1)), Err(n)); // a leading zero
        assert_eq!(read(&long(1025, 0x01, 1)), Err(Error::Unsupported)); // 8,193 bits
        assert!(read(&long(1024, 0x80, 1)).is_ok());
        assert!(read(&with(RSA, "e", Some(Value::from("Aw")))).is_ok()); // 3
    }

    #[test]
    fn a_key_for_another_use_is_refused() {
        refused(ED, "alg", "ES256", Error::Use { member: "alg" });
        refused(EC, "alg", "EdDSA", Error::Use { member: "alg" });
        refused(EC, "alg", "ECDH-ES", Error::Use { member: "alg" });
        refused(RSA, "alg", "HS256", Error::Use { member: "alg" });
        refused(RSA, "alg", "PS256", Error::Use { member: "alg" });
        refused(RSA, "alg", "none", Error::Use { member: "alg" });
        refused(ED, "use", "enc", Error::Use { member: "use" });
        refused(ED, "key_ops", "verify", Error::Use { member: "key_ops" }); // not an array
        let encrypt = with(
            ED,
            "key_ops",
            Some(Value::Array(vec![Value::from("encrypt")])),
        );
        assert_eq!(read(&encrypt), Err(Error::Use { member: "key_ops" }));
        let number = with(ED, "alg", Some(Value::from(1)));
        assert_eq!(read(&number), Err(Error::Use { member: "alg" }));
        let verify = with(
            ED,
            "key_ops",
            Some(Value::Array(vec![Value::from("verify")])),
        );
        assert!(read(&verify).is_ok());
        assert!(read(&with(ED, "alg", Some(Value::from("Ed25519")))).is_ok());
        assert!(read(&with(ED, "use", Some(Value::from("sig")))).is_ok());
    }

    #[test]
    fn kinds_we_do_not_know_are_not_called_bad() {
        refused(ED, "crv", "Ed448", Error::Unsupported);
        refused(ED, "crv", "X25519", Error::Unsupported);
        refused(EC, "crv", "secp256k1", Error::Unsupported);
        refused(EC, "crv", "P-521", Error::Unsupported);
        refused(EC, "kty", "AKP", Error::Unsupported);
        refused(EC, "kty", "ec", Error::Unsupported);
    }
}
