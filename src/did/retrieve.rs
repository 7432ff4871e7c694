//! From the id of a method to its key: "Retrieve Verification Method"
//! (Controlled Identifiers 1.0 §3.3).
//!
//! The caller has located and read the document; this module believes it only
//! if everything agrees. A break is never cached by whoever calls: the
//! specification names poisoned caches as the attack.

use super::document::{is_absolute, without_fragment};
use super::{ControllerDocument, DidUrl, Method, Relationship, Unusable};
use std::borrow::Cow;

/// Why a document gives no key for a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// The id of the method is not a URL.
    #[error("the verification method is not named by a URL")]
    Url,
    /// The document is another's: its id is not the address of the method.
    #[error("the document has another id than the verification method says")]
    DocumentId,
    /// The document has no such method.
    #[error("the document does not hold the verification method")]
    Missing,
    /// The document has two different methods of that id.
    #[error("the document holds two different verification methods of that id")]
    Ambiguous,
    /// The method cannot be used.
    #[error(transparent)]
    Unusable(#[from] Unusable),
    /// The method says that somebody else controls it.
    #[error("the verification method has another controller than the document")]
    Controller,
    /// The document does not list the method for the purpose.
    #[error("the document does not list the verification method for this purpose")]
    Relationship,
}

impl Mismatch {
    /// The stable code of the error register: one code for every break, unless
    /// the key itself is to blame.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unusable(why) => why.code(),
            _ => "verification_method_mismatch",
        }
    }

    /// The error's name in Controlled Identifiers 1.0 §3.5.
    #[must_use]
    pub const fn w3c_type(&self) -> &'static str {
        match self {
            Self::Url => "INVALID_VERIFICATION_METHOD_URL",
            Self::DocumentId => "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID",
            Self::Missing | Self::Ambiguous | Self::Unusable(_) | Self::Controller => {
                "INVALID_VERIFICATION_METHOD"
            }
            Self::Relationship => "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD",
        }
    }

    /// Whether we cannot judge the method, as against something being wrong.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unusable(why) if why.is_unknown())
    }
}

/// Takes the method with the id `method` from `document`, for a purpose. Its
/// key is usable; whether it is revoked is for the caller to ask
/// ([`Method::standing`]), as is whether its controller is the issuer.
///
/// A bare `did:key` or `did:jwk` names its one method.
///
/// # Errors
/// [`Mismatch`], in the order of the specification's steps.
pub fn retrieve<'d>(
    document: &'d ControllerDocument,
    method: &str,
    relationship: Relationship,
) -> Result<&'d Method, Mismatch> {
    let id = full_id(method)?;
    if document.id() != without_fragment(&id).0 {
        return Err(Mismatch::DocumentId); // step 5
    }
    let found = only_method(document, &id)?.ok_or(Mismatch::Missing)?; // steps 7, 9
    check(document, found, relationship)?;
    Ok(found)
}

/// The id in full. A DID that is its key has one method, which documents name
/// in full and some proofs by the DID alone.
pub(super) fn full_id(method: &str) -> Result<Cow<'_, str>, Mismatch> {
    if !is_absolute(method) {
        return Err(Mismatch::Url); // step 2
    }
    Ok(match DidUrl::parse(method) {
        Ok(did) if did.did() == method && did.method() == "key" => {
            Cow::Owned(format!("{method}#{}", did.id()))
        }
        Ok(did) if did.did() == method && did.method() == "jwk" => {
            Cow::Owned(format!("{method}#0"))
        }
        _ => Cow::Borrowed(method),
    })
}

pub(super) fn only_method<'d>(
    document: &'d ControllerDocument,
    id: &str,
) -> Result<Option<&'d Method>, Mismatch> {
    let mut named = document.methods().iter().filter(|method| method.id() == id);
    match (named.next(), named.next()) {
        (_, Some(_)) => Err(Mismatch::Ambiguous),
        (found, None) => Ok(found),
    }
}

/// Steps 8, 10 and 11.
pub(super) fn check(
    document: &ControllerDocument,
    method: &Method,
    relationship: Relationship,
) -> Result<(), Mismatch> {
    method.key()?;
    if method.controller() != document.id() {
        return Err(Mismatch::Controller);
    }
    if !document.lists(relationship, method.id()) {
        return Err(Mismatch::Relationship);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::did::{Located, Settings, locate};
    use crate::json;

    const DID: &str = "did:web:badges.example.gov.uk";
    const METHOD: &str = "did:web:badges.example.gov.uk#key-1";
    const ED: &str = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi";
    const OTHER: &str = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

    /// The DID document of the golden set.
    const GOLDEN: &str = r##"{
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": "did:web:badges.example.gov.uk",
        "verificationMethod": [{
            "id": "did:web:badges.example.gov.uk#key-1",
            "type": "Multikey",
            "controller": "did:web:badges.example.gov.uk",
            "publicKeyMultibase": "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"
        }],
        "assertionMethod": ["did:web:badges.example.gov.uk#key-1"]
    }"##;

    fn document(json: &str) -> ControllerDocument {
        ControllerDocument::parse(&json::parse(json.as_bytes()).expect("JSON")).expect("a document")
    }

    #[track_caller]
    fn check_golden(change: impl Fn(&str) -> String, expected: Result<(), Mismatch>) {
        let changed = change(GOLDEN);
        let document = document(&changed);
        let found = retrieve(&document, METHOD, Relationship::AssertionMethod);
        assert_eq!(found.map(|_| ()), expected, "{changed}");
    }

    /// Replaces one text that must be there.
    fn swap(from: &str, to: &str) -> impl Fn(&str) -> String {
        move |json| {
            assert!(json.contains(from), "{from}");
            json.replacen(from, to, 1)
        }
    }

    #[test]
    fn the_golden_document_gives_its_key() {
        check_golden(str::to_owned, Ok(()));
        let golden = document(GOLDEN);
        let method = retrieve(&golden, METHOD, Relationship::AssertionMethod).expect("a method");
        assert_eq!(
            method.key().map(|key| key.to_multibase()),
            Ok(Some(ED.to_owned()))
        );
    }

    #[test]
    fn every_broken_link_is_found() {
        // 1: the document of somebody else (a hostile tenant of the same host).
        check_golden(
            swap(
                &format!("\"id\": \"{DID}\""),
                "\"id\": \"did:web:evil.example\"",
            ),
            Err(Mismatch::DocumentId),
        );
        // 2: the method has another id.
        check_golden(swap("#key-1\",\n", "#key-2\",\n"), Err(Mismatch::Missing));
        // 3: the method has another controller.
        check_golden(
            swap(
                &format!("\"controller\": \"{DID}\""),
                "\"controller\": \"did:web:evil.example\"",
            ),
            Err(Mismatch::Controller),
        );
        // 4: it is not listed for the purpose.
        check_golden(
            swap("[\"did:web:badges.example.gov.uk#key-1\"]", "[]"),
            Err(Mismatch::Relationship),
        );
        // 5: it is listed for another purpose.
        check_golden(
            swap("assertionMethod", "authentication"),
            Err(Mismatch::Relationship),
        );
        // 6: there are no methods.
        check_golden(
            swap("verificationMethod", "verificationMethods"),
            Err(Mismatch::Missing),
        );
        // 7: the key is malformed.
        check_golden(
            swap(ED, "z6Mk"),
            Err(Mismatch::Unusable(Unusable::Key(
                crate::keys::Error::Length,
            ))),
        );
        check_golden(
            swap(ED, &ED[1..]),
            Err(Mismatch::Unusable(Unusable::Key(
                crate::keys::Error::Multibase,
            ))),
        );
        // 8: the date of its revocation is malformed.
        check_golden(
            swap("\"type\"", "\"revoked\": \"yesterday\", \"type\""),
            Err(Mismatch::Unusable(Unusable::Date { member: "revoked" })),
        );
        // And others.
        check_golden(
            swap("\"Multikey\"", "\"Ed25519VerificationKey2018\""),
            Err(Mismatch::Unusable(Unusable::UnsupportedType)),
        );
        check_golden(
            swap("\"controller\"", "\"owner\""),
            Err(Mismatch::Unusable(Unusable::Controller)),
        );
        check_golden(
            swap("gov.uk#key-1\"]", "gov.uk\"]"),
            Err(Mismatch::Relationship),
        );
        check_golden(
            swap(
                "badges.example.gov.uk#key-1\"]",
                "badges.example.GOV.uk#key-1\"]",
            ),
            Err(Mismatch::Relationship),
        );
    }

    #[test]
    fn every_break_has_its_codes() {
        for (mismatch, code, w3c) in [
            (
                Mismatch::Url,
                "verification_method_mismatch",
                "INVALID_VERIFICATION_METHOD_URL",
            ),
            (
                Mismatch::DocumentId,
                "verification_method_mismatch",
                "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID",
            ),
            (
                Mismatch::Missing,
                "verification_method_mismatch",
                "INVALID_VERIFICATION_METHOD",
            ),
            (
                Mismatch::Ambiguous,
                "verification_method_mismatch",
                "INVALID_VERIFICATION_METHOD",
            ),
            (
                Mismatch::Controller,
                "verification_method_mismatch",
                "INVALID_VERIFICATION_METHOD",
            ),
            (
                Mismatch::Relationship,
                "verification_method_mismatch",
                "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD",
            ),
            (
                Mismatch::Unusable(Unusable::Key(crate::keys::Error::Weak)),
                "key_weak",
                "INVALID_VERIFICATION_METHOD",
            ),
        ] {
            assert_eq!((mismatch.code(), mismatch.w3c_type()), (code, w3c));
            assert!(!mismatch.is_unknown());
        }
        assert!(Mismatch::Unusable(Unusable::UnsupportedType).is_unknown());
        assert!(Mismatch::Unusable(Unusable::Key(crate::keys::Error::Unsupported)).is_unknown());
    }

    #[test]
    fn relative_and_embedded_methods_are_found() {
        check_golden(
            |json| json.replace("did:web:badges.example.gov.uk#key-1", "#key-1"),
            Ok(()),
        );
        let embedded = document(&format!(
            r##"{{"id":"{DID}","assertionMethod":[{{"id":"#key-1","type":"Multikey","controller":"{DID}","publicKeyMultibase":"{ED}"}}]}}"##
        ));
        assert!(retrieve(&embedded, METHOD, Relationship::AssertionMethod).is_ok());
        assert_eq!(
            retrieve(&embedded, METHOD, Relationship::Authentication).err(),
            Some(Mismatch::Relationship)
        );
        // The caller's name of the method has to be the full one.
        assert_eq!(
            retrieve(&embedded, "#key-1", Relationship::AssertionMethod).err(),
            Some(Mismatch::Url)
        );
    }

    #[test]
    fn two_methods_of_one_id_are_ambiguous() {
        let second = format!(
            r#"[{{"id":"{METHOD}","type":"Multikey","controller":"{DID}","publicKeyMultibase":"{OTHER}"}}, {{"id": "#
        );
        check_golden(
            swap("[{\n            \"id\": ", &second),
            Err(Mismatch::Ambiguous),
        );
        // An embedded one counts as well, whatever its purpose.
        let embedded = format!(
            r#""authentication":[{{"id":"{METHOD}","type":"Multikey","controller":"{DID}","publicKeyMultibase":"{OTHER}"}}],"assertionMethod""#
        );
        check_golden(
            swap("\"assertionMethod\"", &embedded),
            Err(Mismatch::Ambiguous),
        );
    }

    #[test]
    fn a_key_that_is_its_did_needs_no_fragment() {
        let did = format!("did:key:{ED}");
        let jwk = "did:jwk:eyJrdHkiOiJPS1AiLCJjcnYiOiJFZDI1NTE5IiwieCI6IjExcVlBWUt4Q3JmVlNfN1R5V1FIT2c3aGN2UGFwaU1scndJYWFQY0hVUm8ifQ";
        for (did, fragment) in [(did.as_str(), ED), (jwk, "0")] {
            let Ok(Located::Inline(document)) = locate(did, Settings::default()) else {
                panic!("{did} is its own document")
            };
            let full = format!("{did}#{fragment}");
            for relationship in Relationship::SIGNING {
                let method = retrieve(&document, did, relationship).expect("a method");
                assert_eq!(method.id(), full);
                assert_eq!(method.controller(), did);
                assert!(retrieve(&document, &full, relationship).is_ok());
            }
            assert_eq!(
                retrieve(&document, did, Relationship::KeyAgreement).err(),
                Some(Mismatch::Relationship)
            );
            for wrong in [
                format!("{did}#{OTHER}"),
                format!("{did}#"),
                format!("{did}#1"),
            ] {
                assert_eq!(
                    retrieve(&document, &wrong, Relationship::AssertionMethod).err(),
                    Some(Mismatch::Missing)
                );
            }
            assert_eq!(
                retrieve(
                    &document,
                    &format!("did:key:{OTHER}"),
                    Relationship::AssertionMethod
                )
                .err(),
                Some(Mismatch::DocumentId)
            );
        }
    }

    #[test]
    fn a_bare_did_web_names_no_method() {
        let golden = document(GOLDEN);
        assert_eq!(
            retrieve(&golden, DID, Relationship::AssertionMethod).err(),
            Some(Mismatch::Missing)
        );
    }

    #[test]
    fn a_key_in_a_fragment_has_to_be_listed() {
        let method = format!("https://a.example/org#{ED}");
        let listing = |id: &str, key: &str| {
            document(&format!(
                r#"{{"id":"https://a.example/org","verificationMethod":[{{"id":"{id}","type":"Multikey","controller":"https://a.example/org","publicKeyMultibase":"{key}"}}],"assertionMethod":["{id}"]}}"#
            ))
        };
        let retrieved = |document: &ControllerDocument| {
            retrieve(document, &method, Relationship::AssertionMethod)
                .map(|found| found.key().map(|key| key.to_multibase()))
        };
        assert_eq!(
            retrieved(&listing(&method, ED)),
            Ok(Ok(Some(ED.to_owned())))
        );
        assert_eq!(
            retrieved(&listing("https://a.example/org#key-1", ED)),
            Err(Mismatch::Missing)
        );
        // What the document says goes before what the fragment says.
        assert_eq!(
            retrieved(&listing(&method, OTHER)),
            Ok(Ok(Some(OTHER.to_owned())))
        );
    }
}
