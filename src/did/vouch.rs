//! Keys that did not come from the document of their controller: they count
//! only if that document says so.

use super::retrieve::{check, full_id, only_method};
use super::{ControllerDocument, Method, Mismatch, Relationship};
use crate::keys::PublicKey;

/// Takes a key that has a document of its own, once the document of its
/// controller vouches for it. What the controller's document itself says of
/// the method goes before what the key says.
///
/// # Errors
/// [`Mismatch`].
pub fn retrieve_vouched<'d>(
    key: &'d Method,
    method: &str,
    controller: &'d ControllerDocument,
    relationship: Relationship,
) -> Result<&'d Method, Mismatch> {
    if key.id() != full_id(method)? {
        return Err(Mismatch::Missing);
    }
    if key.controller() != controller.id() {
        return Err(Mismatch::DocumentId);
    }
    let found = only_method(controller, key.id())?.unwrap_or(key);
    check(controller, found, relationship)?;
    if found.key()? != key.key()? {
        return Err(Mismatch::Ambiguous);
    }
    Ok(found)
}

/// Takes the method that holds `key`, for a purpose: how a key that came in a
/// header, or as a bare JWK, is matched with the issuer's own document.
///
/// # Errors
/// [`Mismatch`]; a method of that key that breaks a rule is told before none.
pub fn retrieve_by_key<'d>(
    document: &'d ControllerDocument,
    key: &PublicKey,
    relationship: Relationship,
) -> Result<&'d Method, Mismatch> {
    let mut why = Mismatch::Missing;
    let holding = document
        .methods()
        .iter()
        .filter(|method| method.key() == Ok(key));
    for method in holding {
        let judged =
            only_method(document, method.id()).and_then(|_| check(document, method, relationship));
        match judged {
            Ok(()) => return Ok(method),
            Err(mismatch) => why = mismatch,
        }
    }
    Err(why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::did::{Published, retrieve};
    use crate::json;

    const DID: &str = "did:web:badges.example.gov.uk";
    const METHOD: &str = "did:web:badges.example.gov.uk#key-1";
    const ED: &str = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi";
    const OTHER: &str = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

    /// The DID document of the golden set, shortened.
    const GOLDEN: &str = r#"{"id":"did:web:badges.example.gov.uk","verificationMethod":[{"id":"did:web:badges.example.gov.uk#key-1","type":"Multikey","controller":"did:web:badges.example.gov.uk","publicKeyMultibase":"z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"}],"assertionMethod":["did:web:badges.example.gov.uk#key-1"]}"#;

    fn document(json: &str) -> ControllerDocument {
        ControllerDocument::parse(&json::parse(json.as_bytes()).expect("JSON")).expect("a document")
    }

    fn key_document(id: &str, controller: &str, key: &str) -> Published {
        let json =
            format!(r#"{{"id":"{id}","controller":"{controller}","publicKeyMultibase":"{key}"}}"#);
        Published::parse(&json::parse(json.as_bytes()).expect("JSON")).expect("a key document")
    }

    #[test]
    fn a_key_document_at_its_controllers_address_gives_its_key() {
        let Published::Controller(at_home) =
            key_document("https://a.example/org#key-1", "https://a.example/org", ED)
        else {
            panic!("its own controller")
        };
        let retrieved = |method, relationship| retrieve(&at_home, method, relationship).err();
        let claims = Relationship::AssertionMethod;
        assert_eq!(retrieved("https://a.example/org#key-1", claims), None);
        assert_eq!(
            retrieved("https://a.example/org#key-2", claims),
            Some(Mismatch::Missing)
        );
        // Found at another address than it says.
        assert_eq!(
            retrieved("https://evil.example/org#key-1", claims),
            Some(Mismatch::DocumentId)
        );
        assert_eq!(
            retrieved("https://a.example/org#key-1", Relationship::Authentication),
            Some(Mismatch::Relationship)
        );
    }

    #[test]
    fn a_key_document_elsewhere_needs_its_controller_to_vouch() {
        let method = "https://keys.example/1";
        let Published::Key(key) = key_document(method, DID, ED) else {
            panic!("a key of another's")
        };
        let vouched = |controller: &str| {
            let controller = document(controller);
            retrieve_vouched(&key, method, &controller, Relationship::AssertionMethod).map(|_| ())
        };
        let bare =
            |id: &str, listed: &str| format!(r#"{{"id":"{id}","assertionMethod":[{listed}]}}"#);
        assert_eq!(vouched(&bare(DID, &format!("\"{method}\""))), Ok(()));
        // Anybody can write a controller into a key document.
        assert_eq!(vouched(GOLDEN), Err(Mismatch::Relationship));
        assert_eq!(vouched(&bare(DID, "")), Err(Mismatch::Relationship));
        assert_eq!(
            vouched(&bare("did:web:evil.example", &format!("\"{method}\""))),
            Err(Mismatch::DocumentId)
        );
        // The controller's own entry has to be the same key.
        let entry = |key: &str| {
            bare(
                DID,
                &format!(
                    r#"{{"id":"{method}","type":"Multikey","controller":"{DID}","publicKeyMultibase":"{key}"}}"#
                ),
            )
        };
        assert_eq!(vouched(&entry(ED)), Ok(()));
        assert_eq!(vouched(&entry(OTHER)), Err(Mismatch::Ambiguous));
        let golden = document(&bare(DID, &format!("\"{method}\"")));
        assert_eq!(
            retrieve_vouched(
                &key,
                "https://keys.example/2",
                &golden,
                Relationship::AssertionMethod
            )
            .err(),
            Some(Mismatch::Missing)
        );
    }

    #[test]
    fn the_controller_can_revoke_a_key_that_lies_elsewhere() {
        let method = "https://keys.example/1";
        let Published::Key(key) = key_document(method, DID, ED) else {
            panic!("a key of another's")
        };
        let controller = document(&format!(
            r#"{{"id":"{DID}","assertionMethod":[{{"id":"{method}","type":"Multikey","controller":"{DID}","publicKeyMultibase":"{ED}","revoked":"2026-01-01T00:00:00Z"}}]}}"#
        ));
        let found = retrieve_vouched(&key, method, &controller, Relationship::AssertionMethod);
        assert!(found.expect("a method").revoked().is_some());
    }

    #[test]
    fn a_key_is_matched_with_the_issuers_own_document() {
        let key = PublicKey::from_multibase(ED).expect("a key");
        let other = PublicKey::from_multibase(OTHER).expect("a key");
        let golden = document(GOLDEN);
        let claims = Relationship::AssertionMethod;
        assert_eq!(
            retrieve_by_key(&golden, &key, claims).map(Method::id),
            Ok(METHOD)
        );
        assert_eq!(
            retrieve_by_key(&golden, &other, claims).err(),
            Some(Mismatch::Missing)
        );
        assert_eq!(
            retrieve_by_key(&golden, &key, Relationship::Authentication).err(),
            Some(Mismatch::Relationship)
        );
        let foreign = document(&GOLDEN.replace(
            "\"controller\":\"did:web:badges",
            "\"controller\":\"did:web:evil",
        ));
        assert_eq!(
            retrieve_by_key(&foreign, &key, claims).err(),
            Some(Mismatch::Controller)
        );
        // Another method of the same id makes it unclear which key is meant.
        let second = format!(
            r#"[{{"id":"{METHOD}","type":"Multikey","controller":"{DID}","publicKeyMultibase":"{OTHER}"}},"#
        );
        let twice = document(&GOLDEN.replacen('[', &second, 1));
        assert_eq!(
            retrieve_by_key(&twice, &key, claims).err(),
            Some(Mismatch::Ambiguous)
        );
    }
}
