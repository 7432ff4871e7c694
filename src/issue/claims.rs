//! The payload of a VC-JWT: the credential with the registered claims beside
//! its members (Open Badges 3.0 §8.2.4.1).

use crate::credential::read::Credential;
use crate::json::{Object, Value};

/// The claims that signing adds. A draft must not bring them.
pub(super) const ADDED: [&str; 5] = ["iss", "sub", "jti", "nbf", "exp"];

/// The payload, or the claim that the credential has no value for.
pub(super) fn payload(credential: &Object<'static>) -> Result<Object<'static>, &'static str> {
    let view = Credential::new(credential);
    let seconds = |moment: crate::clock::Moment| Value::from(moment.as_unix());
    let text = |text: &str| Value::from(text.to_owned());
    let claims = [
        ("iss", view.issuer_id().map(text)),
        ("sub", view.subject_id().map(text)),
        ("jti", view.id().map(text)),
        ("nbf", view.valid_from().map(seconds)),
    ];
    let mut payload = credential.clone();
    for (claim, value) in claims {
        payload.set(claim, value.ok_or(claim)?);
    }
    if let Some(until) = view.valid_until() {
        payload.set("exp", seconds(until));
    }
    Ok(payload)
}

/// The credential in a payload that [`payload`] made.
pub(super) fn without<'p>(payload: &Object<'p>) -> Object<'p> {
    let mut credential = payload.clone();
    for claim in ADDED {
        credential.remove(claim);
    }
    credential
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn object(text: &str) -> Object<'static> {
        match json::parse(text.as_bytes()).expect("JSON").into_owned() {
            Value::Object(object) => object,
            other => panic!("{other:?}"),
        }
    }

    const CREDENTIAL: &str = r#"{
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:c",
        "issuer": {"id": "did:web:a.example"},
        "validFrom": "2026-01-01T01:00:00+01:00",
        "validUntil": "2027-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:key:z6Mk"}
    }"#;

    #[test]
    fn the_claims_say_what_the_credential_says() {
        let credential = object(CREDENTIAL);
        let made = payload(&credential).expect("a payload");
        assert_eq!(made.text("iss"), Some("did:web:a.example"));
        assert_eq!(made.text("sub"), Some("did:key:z6Mk"));
        assert_eq!(made.text("jti"), Some("urn:uuid:c"));
        assert_eq!(made.get("nbf"), Some(&Value::from(1_767_225_600)));
        assert_eq!(made.get("exp"), Some(&Value::from(1_798_761_600)));
        assert_eq!(without(&made), credential);
    }

    #[test]
    fn a_credential_without_end_has_no_exp() {
        let mut credential = object(CREDENTIAL);
        credential.remove("validUntil");
        let made = payload(&credential).expect("a payload");
        assert!(!made.contains("exp"));
    }

    #[test]
    fn a_claim_without_a_value_is_named() {
        for (member, claim) in [
            ("id", "jti"),
            ("issuer", "iss"),
            ("validFrom", "nbf"),
            ("credentialSubject", "sub"),
        ] {
            let mut credential = object(CREDENTIAL);
            credential.remove(member);
            assert_eq!(payload(&credential), Err(claim));
        }
    }
}
