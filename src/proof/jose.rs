//! JWS in compact form (RFC 7515), for VC-JWT and VC-JOSE-COSE.

use super::Error;
use crate::canon;
use crate::json::{self, Object, Value};
use crate::keys::{Algorithm, PublicKey, Signer};
use crate::limits;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A compact JWS, taken apart but not yet checked.
#[derive(Debug, Clone)]
pub struct Jws<'t> {
    header: Object<'static>,
    signing_input: &'t str,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

/// Header members that would bring a key or a rule from elsewhere.
const REFUSED: [&str; 8] = ["jku", "x5u", "x5c", "crit", "b64", "zip", "enc", "epk"];

/// `typ` values that mean a credential or a presentation.
const TYPES: [&str; 8] = [
    "jwt",
    "vc+jwt",
    "vp+jwt",
    "vc+ld+jwt",
    "vc+ld+json+jwt",
    "vp+ld+jwt",
    "vc-ld+jwt",
    "vp-ld+jwt",
];

impl<'t> Jws<'t> {
    /// Takes a token apart. Base64url is read strictly: no padding, no stray
    /// bits.
    ///
    /// # Errors
    /// [`Error::Token`], [`Error::Alg`], [`Error::Header`], and
    /// [`Error::Unsupported`] for an algorithm we do not know.
    pub fn parse(token: &'t str) -> Result<Self, Error> {
        if token.len() > limits::JWS_BYTES {
            return Err(Error::Canon(canon::Error::TooLarge));
        }
        let (signing_input, signature) = token.rsplit_once('.').ok_or(Error::Token)?;
        let (header, payload) = signing_input.split_once('.').ok_or(Error::Token)?;
        if payload.contains('.') {
            return Err(Error::Token);
        }
        let header = header_of(&decode(header)?)?;
        Ok(Self {
            header,
            signing_input,
            payload: decode(payload)?,
            signature: decode(signature)?,
        })
    }

    /// Whether `text` has the look of a compact JWS: three parts of base64url.
    #[must_use]
    pub fn looks_like(text: &str) -> bool {
        let parts: Vec<&str> = text.split('.').collect();
        let is_base64url = |part: &&str| {
            part.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'='))
        };
        parts.len() == 3
            && parts.first().is_some_and(|header| header.starts_with("ey"))
            && parts.iter().all(is_base64url)
    }

    /// The header.
    #[must_use]
    pub const fn header(&self) -> &Object<'static> {
        &self.header
    }

    /// The payload's bytes. They prove nothing before [`Self::verify`].
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Checks the signature with `key`, whose kind must be the header's `alg`.
    ///
    /// # Errors
    /// [`Error::Algorithm`] or [`Error::Signature`].
    pub fn verify(&self, key: &PublicKey) -> Result<(), Error> {
        if !key
            .algorithm()
            .is_jose(self.header.text("alg").unwrap_or_default())
        {
            return Err(Error::Algorithm);
        }
        key.verify(self.signing_input.as_bytes(), &self.signature)
            .map_err(|_| Error::Signature)
    }

    /// Whether `alg` is the one of keys of this kind.
    #[must_use]
    pub fn is_for(&self, algorithm: Algorithm) -> bool {
        algorithm.is_jose(self.header.text("alg").unwrap_or_default())
    }

    /// Whether `typ` says VC-JOSE-COSE (`vc+jwt`), whose payload needs no
    /// registered claims.
    #[must_use]
    pub fn is_jose_cose(&self) -> bool {
        self.header
            .text("typ")
            .is_some_and(|typ| !typ.eq_ignore_ascii_case("jwt"))
    }
}

fn decode(part: &str) -> Result<Vec<u8>, Error> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Error::Token)
}

fn header_of(bytes: &[u8]) -> Result<Object<'static>, Error> {
    let header = match json::parse(bytes) {
        Ok(Value::Object(header)) => header.into_owned(),
        _ => return Err(Error::Token),
    };
    if let Some(member) = REFUSED.iter().find(|member| header.contains(member)) {
        return Err(Error::Header {
            member: (*member).to_owned(),
        });
    }
    check_alg(&header)?;
    check_typ(&header)?;
    match header.get("kid") {
        None => {}
        Some(Value::String(kid)) if kid.len() <= limits::KEY_ID_BYTES => {}
        Some(Value::String(_)) => return Err(Error::Canon(canon::Error::TooLarge)),
        Some(_) => {
            return Err(Error::Header {
                member: "kid".to_owned(),
            });
        }
    }
    if header
        .get("jwk")
        .is_some_and(|jwk| jwk.as_object().is_none_or(|jwk| jwk.contains("d")))
    {
        return Err(Error::Header {
            member: "jwk".to_owned(),
        });
    }
    Ok(header)
}

/// SEC-49: asymmetric algorithms only, spelled exactly. Those we know of but
/// do not support are not the badge's fault.
fn check_alg(header: &Object<'_>) -> Result<(), Error> {
    const KNOWN: [&str; 5] = ["EdDSA", "Ed25519", "ES256", "ES384", "RS256"];
    const UNSUPPORTED: [&str; 8] = [
        "ES512", "ES256K", "PS256", "PS384", "PS512", "RS384", "RS512", "Ed448",
    ];
    let alg = header.text("alg").unwrap_or_default();
    if KNOWN.contains(&alg) {
        Ok(())
    } else if UNSUPPORTED.contains(&alg) {
        Err(Error::Unsupported {
            kind: alg.to_owned(),
        })
    } else {
        Err(Error::Alg {
            alg: alg.chars().take(32).collect(),
        })
    }
}

/// A token that says it is something else is not a badge.
fn check_typ(header: &Object<'_>) -> Result<(), Error> {
    let refused = Err(Error::Header {
        member: "typ".to_owned(),
    });
    match header.get("typ") {
        None => Ok(()),
        Some(Value::String(typ)) => {
            let typ = typ.to_ascii_lowercase();
            let typ = typ.strip_prefix("application/").unwrap_or(&typ);
            if TYPES.contains(&typ) {
                Ok(())
            } else {
                refused
            }
        }
        Some(_) => refused,
    }
}

/// Signs `payload` as a VC-JWT: the header holds `alg`, `kid` and `typ` and
/// nothing else, as Open Badges 3.0 asks.
///
/// # Errors
/// [`Error::Key`].
pub fn sign_jws(payload: &Object<'_>, key: &dyn Signer, kid: &str) -> Result<String, Error> {
    let mut header = Object::new();
    header.set("alg", key.algorithm().jose());
    header.set("kid", kid);
    header.set("typ", "JWT");
    let encode = |object: &Object<'_>| URL_SAFE_NO_PAD.encode(object.to_json());
    let signing_input = format!("{}.{}", encode(&header), encode(payload));
    let signature = key.sign(signing_input.as_bytes()).map_err(|_| Error::Key)?;
    Ok(format!(
        "{signing_input}.{}",
        URL_SAFE_NO_PAD.encode(signature)
    ))
}
