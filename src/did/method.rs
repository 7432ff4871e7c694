//! One verification method: a key, whose it is, and how long it is good
//! (Controlled Identifiers 1.0 §2.2).

use super::document::resolve;
use crate::clock::Moment;
use crate::json::{Object, Value};
use crate::keys::{self, Algorithm, PublicKey};
use std::sync::OnceLock;

/// Members that hold a secret. A key whose secret is published is anybody's.
const SECRET_MEMBERS: [&str; 6] = [
    "secretKeyMultibase",
    "secretKeyJwk",
    "privateKeyMultibase",
    "privateKeyJwk",
    "privateKeyBase58",
    "privateKeyHex",
];

/// A verification method of a document. Its key is decoded when it is first
/// asked for, so a document may list many.
#[derive(Debug, Clone)]
pub struct Method {
    described: Described,
    key: OnceLock<Result<PublicKey, Unusable>>,
}

/// What the document says about a method.
#[derive(Debug, Clone, PartialEq)]
struct Described {
    id: String,
    controller: String,
    material: Result<Material, Unusable>,
    revoked: Option<Moment>,
    expires: Option<Moment>,
}

#[derive(Debug, Clone, PartialEq)]
enum Material {
    Multibase(String),
    Ed25519(String),
    Jwk(Object<'static>),
}

/// Why a method cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// A type of method we do not know. Not a fault of the document.
    #[error("the type of the verification method is not supported")]
    UnsupportedType,
    /// No controller, or not as text.
    #[error("the verification method names no controller")]
    Controller,
    /// The member that holds the key is missing, or there are two of them.
    #[error("the verification method does not hold exactly one key")]
    Material,
    /// The secret half lies beside the key.
    #[error("the verification method publishes its secret")]
    SecretPublished,
    /// A date that cannot be read might be past.
    #[error("the member {member} of the verification method is not a date")]
    Date {
        /// `revoked` or `expires`.
        member: &'static str,
    },
    /// The key is not taken.
    #[error(transparent)]
    Key(#[from] keys::Error),
}

impl Unusable {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnsupportedType => "key_unsupported",
            Self::SecretPublished => "key_secret_published",
            Self::Controller | Self::Material | Self::Date { .. } => "verification_method_mismatch",
            Self::Key(error) => error.code(),
        }
    }

    /// Whether we cannot judge the method, as against it being bad.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        match self {
            Self::UnsupportedType => true,
            Self::Key(error) => error.is_unknown(),
            _ => false,
        }
    }
}

/// How a method stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Neither revoked nor expired.
    Good,
    /// Its end was planned and has come.
    Expired(Moment),
    /// It was withdrawn, perhaps because it was stolen.
    Revoked(Moment),
}

impl Method {
    /// Reads a method; nothing without an id, since nothing can name it.
    pub(super) fn parse(object: &Object<'_>, document_id: &str) -> Option<Self> {
        let id = resolve(object.text("id")?, document_id)?;
        Some(Self::described(object, id, type_of(object)))
    }

    /// Reads a document that is one method: there the member that holds the
    /// key says the type.
    pub(super) fn parse_key_document(object: &Object<'_>, id: String) -> Self {
        let member_type = if object.contains("publicKeyJwk") {
            MethodType::Jwk
        } else {
            MethodType::Multikey
        };
        Self::described(object, id, type_of(object).or(Some(member_type)))
    }

    fn described(object: &Object<'_>, id: String, method_type: Option<MethodType>) -> Self {
        let controller = object.text("controller").unwrap_or_default();
        let dates = date(object, "revoked").and_then(|revoked| {
            let expires = date(object, "expires")?;
            Ok((revoked, expires))
        });
        let (revoked, expires) = dates.unwrap_or_default();
        let material = match method_type {
            _ if SECRET_MEMBERS.iter().any(|member| object.contains(member)) => {
                Err(Unusable::SecretPublished)
            }
            None => Err(Unusable::UnsupportedType),
            Some(_) if controller.is_empty() => Err(Unusable::Controller),
            Some(method_type) => dates.and_then(|_| material(object, method_type)),
        };
        Self {
            described: Described {
                id,
                controller: controller.to_owned(),
                material,
                revoked,
                expires,
            },
            key: OnceLock::new(),
        }
    }

    /// The one method of a DID that is its key.
    pub(super) fn of_key(id: String, controller: &str, key: PublicKey) -> Self {
        Self {
            described: Described {
                id,
                controller: controller.to_owned(),
                material: Ok(Material::Jwk(key.to_jwk())),
                revoked: None,
                expires: None,
            },
            key: OnceLock::from(Ok(key)),
        }
    }

    /// The same method under another id.
    pub(super) fn with_id(mut self, id: String) -> Self {
        self.described.id = id;
        self
    }

    /// The absolute id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.described.id
    }

    /// The `kid` of a key that is published as a JWK: the name that tokens know
    /// it by.
    #[must_use]
    pub fn jwk_key_id(&self) -> Option<&str> {
        match &self.described.material {
            Ok(Material::Jwk(jwk)) => jwk.text("kid"),
            _ => None,
        }
    }

    /// Who controls the key, as the method says; compare it with the document
    /// and with the issuer.
    #[must_use]
    pub fn controller(&self) -> &str {
        &self.described.controller
    }

    /// The key.
    ///
    /// # Errors
    /// [`Unusable`], if the method has none that we can use.
    pub fn key(&self) -> Result<&PublicKey, Unusable> {
        let decoded = self.key.get_or_init(|| {
            match self.described.material.as_ref().map_err(|why| *why)? {
                Material::Multibase(text) => Ok(keys::cached_from_multibase(text)?),
                Material::Ed25519(text) => match keys::cached_from_multibase(text)? {
                    key if key.algorithm() == Algorithm::Ed25519 => Ok(key),
                    _ => Err(Unusable::Material),
                },
                Material::Jwk(jwk) => Ok(PublicKey::from_jwk(jwk)?),
            }
        });
        decoded.as_ref().map_err(|why| *why)
    }

    /// The `publicKeyMultibase`, if that is how the key is written.
    pub(super) fn multibase(&self) -> Option<&str> {
        match &self.described.material {
            Ok(Material::Multibase(text) | Material::Ed25519(text)) => Some(text),
            _ => None,
        }
    }

    /// Since when the method is revoked.
    #[must_use]
    pub const fn revoked(&self) -> Option<Moment> {
        self.described.revoked
    }

    /// Until when the method is good.
    #[must_use]
    pub const fn expires(&self) -> Option<Moment> {
        self.described.expires
    }

    /// How the method stands at a moment. The moment itself counts as past, as
    /// Controlled Identifiers 1.0 §2.2 says "at or after".
    #[must_use]
    pub fn standing(&self, at: Moment) -> Standing {
        match (self.revoked(), self.expires()) {
            (Some(revoked), _) if at >= revoked => Standing::Revoked(revoked),
            (_, Some(expires)) if at >= expires => Standing::Expired(expires),
            _ => Standing::Good,
        }
    }
}

impl PartialEq for Method {
    /// Equal if the document says the same of both.
    fn eq(&self, other: &Self) -> bool {
        self.described == other.described
    }
}

/// How a method writes its key.
#[derive(Clone, Copy)]
enum MethodType {
    Multikey,
    Ed25519,
    Jwk,
}

fn type_of(object: &Object<'_>) -> Option<MethodType> {
    let types = object.get("type")?;
    [
        ("Multikey", MethodType::Multikey),
        ("Ed25519VerificationKey2020", MethodType::Ed25519),
        ("JsonWebKey", MethodType::Jwk),
        ("JsonWebKey2020", MethodType::Jwk),
    ]
    .into_iter()
    .find(|(name, _)| types.includes(name))
    .map(|(_, method_type)| method_type)
}

/// The key as written. Two members could hold two keys, and readers would
/// differ in which one they take (Controlled Identifiers 1.0 §2.2).
fn material(object: &Object<'_>, method_type: MethodType) -> Result<Material, Unusable> {
    let others = ["publicKeyBase58", "publicKeyHex", "publicKeyPem"];
    let multibase = object.get("publicKeyMultibase");
    let jwk = object.get("publicKeyJwk");
    if others.iter().any(|member| object.contains(member)) {
        return Err(Unusable::Material);
    }
    match (method_type, multibase, jwk) {
        (MethodType::Multikey, Some(Value::String(text)), None) => {
            Ok(Material::Multibase(text.clone().into_owned()))
        }
        (MethodType::Ed25519, Some(Value::String(text)), None) => {
            Ok(Material::Ed25519(text.clone().into_owned()))
        }
        (MethodType::Jwk, None, Some(Value::Object(jwk))) => {
            Ok(Material::Jwk(jwk.clone().into_owned()))
        }
        _ => Err(Unusable::Material),
    }
}

/// A date; a null is JSON-LD's way of saying nothing.
fn date(object: &Object<'_>, member: &'static str) -> Result<Option<Moment>, Unusable> {
    match object.get(member) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value
            .as_str()
            .and_then(|text| Moment::parse(text).ok())
            .map(Some)
            .ok_or(Unusable::Date { member }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    const DID: &str = "did:web:badges.example.gov.uk";
    const ED: &str = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi";
    const P256: &str = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP";
    const JWK: &str =
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;

    fn method(json: &str) -> Option<Method> {
        let value = json::parse(json.as_bytes()).expect("JSON");
        Method::parse(value.as_object().expect("an object"), DID)
    }

    fn with(members: &str) -> Method {
        method(&format!(
            r##"{{"id":"#key-1","controller":"{DID}",{members}}}"##
        ))
        .expect("a method")
    }

    #[track_caller]
    fn unusable(members: &str, expected: Unusable) {
        assert_eq!(with(members).key(), Err(expected), "{members}");
    }

    #[test]
    fn the_four_types_are_read() {
        for members in [
            format!(r#""type":"Multikey","publicKeyMultibase":"{ED}""#),
            format!(r#""type":"Multikey","publicKeyMultibase":"{P256}""#),
            format!(r#""type":["Other","Multikey"],"publicKeyMultibase":"{ED}""#),
            format!(r#""type":"Ed25519VerificationKey2020","publicKeyMultibase":"{ED}""#),
            format!(r#""type":"JsonWebKey","publicKeyJwk":{JWK}"#),
            format!(r#""type":"JsonWebKey2020","publicKeyJwk":{JWK}"#),
        ] {
            let method = with(&members);
            assert!(method.key().is_ok(), "{members}");
            assert_eq!(method.id(), "did:web:badges.example.gov.uk#key-1");
            assert_eq!(method.controller(), DID);
        }
    }

    #[test]
    fn a_method_without_an_absolute_id_is_none() {
        for id in [
            "",
            r#""id":5,"#,
            r#""id":"key-1","#,
            r#""id":"/keys/1","#,
            r#""id":"","#,
        ] {
            let members = format!(r#""type":"Multikey","controller":"{DID}""#);
            assert!(method(&format!("{{{id}{members}}}")).is_none(), "{id}");
        }
    }

    #[test]
    fn types_we_do_not_know_are_not_called_bad() {
        for members in [
            format!(r#""type":"Ed25519VerificationKey2018","publicKeyBase58":"{ED}""#),
            format!(r#""type":"EcdsaSecp256k1VerificationKey2019","publicKeyJwk":{JWK}"#),
            format!(r#""type":"MultiKey","publicKeyMultibase":"{ED}""#),
            format!(r#""type":"multikey","publicKeyMultibase":"{ED}""#),
            format!(r#""publicKeyMultibase":"{ED}""#),
            format!(r#""type":5,"publicKeyMultibase":"{ED}""#),
        ] {
            unusable(&members, Unusable::UnsupportedType);
        }
        let x25519 = "z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc";
        let method = with(&format!(
            r#""type":"Multikey","publicKeyMultibase":"{x25519}""#
        ));
        assert!(method.key().is_err_and(|why| why.is_unknown()));
    }

    #[test]
    fn a_method_holds_exactly_one_key_in_the_member_of_its_type() {
        for members in [
            r#""type":"Multikey""#.to_owned(),
            r#""type":"Multikey","publicKeyMultibase":null"#.to_owned(),
            format!(r#""type":"Multikey","publicKeyMultibase":["{ED}"]"#),
            format!(r#""type":"Multikey","publicKeyJwk":{JWK}"#),
            format!(r#""type":"JsonWebKey","publicKeyMultibase":"{ED}""#),
            format!(r#""type":"JsonWebKey","publicKeyJwk":"{ED}""#),
            format!(r#""type":"Multikey","publicKeyMultibase":"{ED}","publicKeyJwk":{JWK}"#),
            format!(r#""type":"Multikey","publicKeyMultibase":"{ED}","publicKeyBase58":"x""#),
            format!(r#""type":"Ed25519VerificationKey2020","publicKeyMultibase":"{P256}""#),
        ] {
            unusable(&members, Unusable::Material);
        }
    }

    #[test]
    fn a_method_that_publishes_its_secret_is_unusable() {
        for member in SECRET_MEMBERS {
            let members =
                format!(r#""type":"Multikey","publicKeyMultibase":"{ED}","{member}":"z""#);
            unusable(&members, Unusable::SecretPublished);
        }
        let jwk = JWK.replace("\"kty\"", "\"d\":\"AQAB\",\"kty\"");
        unusable(
            &format!(r#""type":"JsonWebKey","publicKeyJwk":{jwk}"#),
            Unusable::Key(keys::Error::SecretPublished),
        );
    }

    #[test]
    fn a_method_needs_a_controller() {
        for controller in [
            "",
            r#","controller":5"#,
            r#","controller":["did:web:a"]"#,
            r#","controller":"""#,
        ] {
            let method = method(&format!(
                r##"{{"id":"#k","type":"Multikey","publicKeyMultibase":"{ED}"{controller}}}"##
            ));
            let method = method.expect("a method");
            assert_eq!(method.key(), Err(Unusable::Controller), "{controller}");
        }
    }

    #[test]
    fn a_date_that_cannot_be_read_closes_the_method() {
        for member in ["revoked", "expires"] {
            for date in [
                "\"2026-11-25\"",
                "\"2026-11-25T12:00:00\"",
                "\"soon\"",
                "\"\"",
                "1764072000",
                "true",
                "false",
                "[]",
            ] {
                unusable(
                    &format!(r#""type":"Multikey","publicKeyMultibase":"{ED}","{member}":{date}"#),
                    Unusable::Date { member },
                );
            }
        }
        let null = format!(r#""type":"Multikey","publicKeyMultibase":"{ED}","revoked":null"#);
        assert!(with(&null).key().is_ok());
    }

    #[test]
    fn a_method_ends_at_the_very_moment() {
        let moment = |text: &str| Moment::parse(text).expect("a moment");
        let (early, late) = (
            moment("2026-01-01T00:00:00Z"),
            moment("2026-06-01T00:00:00Z"),
        );
        let members =
            |dates: &str| format!(r#""type":"Multikey","publicKeyMultibase":"{ED}"{dates}"#);
        let good = with(&members(""));
        let expiring = with(&members(r#","expires":"2026-01-01T00:00:00Z""#));
        let revoked = with(&members(r#","revoked":"2026-01-01T01:00:00+01:00""#));
        let both = with(&members(
            r#","expires":"2026-01-01T00:00:00Z","revoked":"2026-06-01T00:00:00Z""#,
        ));
        for (method, at, expected) in [
            (&good, late, Standing::Good),
            (&expiring, early.plus_seconds(-1), Standing::Good),
            (&expiring, early, Standing::Expired(early)),
            (&expiring, late, Standing::Expired(early)),
            (&revoked, early.plus_seconds(-1), Standing::Good),
            (&revoked, early, Standing::Revoked(early)),
            (&revoked, late, Standing::Revoked(early)),
            (&both, early, Standing::Expired(early)),
            (&both, late, Standing::Revoked(late)),
        ] {
            assert_eq!(method.standing(at), expected);
        }
    }
}
