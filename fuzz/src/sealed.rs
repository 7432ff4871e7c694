//! Badges that are signed with a key that only this file knows.

use countersign::clock::Moment;
use countersign::did;
use countersign::json::{self, Value};
use countersign::keys::SecretKey;
use countersign::proof::{Claims, Suite, create, sign_jws};

/// When the badges are checked.
pub const NOW: &str = "2026-11-25T12:00:00Z";

const BADGE: &str = r#"{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:uuid:1","type":["VerifiableCredential","AchievementCredential"],"name":"First aid","issuer":{"id":"ISSUER","type":["Profile"],"name":"A College"},"validFrom":"2026-01-01T00:00:00Z","credentialSubject":{"type":["AchievementSubject"],"identifier":[{"type":"IdentityObject","hashed":false,"identityHash":"Ann","identityType":"name"}],"achievement":{"id":"urn:uuid:2","type":["Achievement"],"name":"First aid","description":"Can help.","criteria":{"narrative":"Has helped."}}}}"#;

/// The badge under each suite and as a token.
pub fn badges() -> Vec<String> {
    let key = SecretKey::from_ed25519_seed(&[42; 32]);
    let issuer = did::key::did(key.public()).expect("a DID");
    let method = did::key::method_id(key.public()).expect("a method");
    let badge = BADGE.replace("ISSUER", &issuer);
    let badge = json::parse(badge.as_bytes()).expect("JSON");
    let mut sealed = vec![token(&badge, &issuer, &key, &method)];
    for suite in [Suite::EddsaRdfc2022, Suite::EddsaJcs2022] {
        let claims = Claims {
            method: &method,
            purpose: "assertionMethod",
            created: Moment::parse("2026-01-02T00:00:00Z").expect("a moment"),
            challenge: None,
            domain: None,
        };
        let proof = create(&badge, &key, suite, &claims).expect("a proof");
        let mut signed = badge.as_object().expect("an object").clone();
        signed.set("proof", proof);
        sealed.push(Value::Object(signed).to_json());
    }
    sealed
}

fn token(badge: &Value<'_>, issuer: &str, key: &SecretKey, method: &str) -> String {
    let mut payload = badge.as_object().expect("an object").clone();
    payload.set("iss", issuer.to_owned());
    payload.set("jti", "urn:uuid:1");
    payload.set("nbf", 1_767_225_600);
    sign_jws(&payload, key, method).expect("a token")
}
