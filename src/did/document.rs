//! Controller documents (Controlled Identifiers 1.0 §2, DID Core 1.0 §5) and
//! key documents, read as far as signatures need them.
//!
//! **Promises.** References are absolute after reading. A method we cannot use
//! is kept with the reason and spoils nothing else. Reading never decodes a
//! key, so a long document costs no more than its text.
//!
//! **Does not:** say that anything in the document may be believed;
//! [`super::retrieve`] does.

use super::{Method, Relationship};
use crate::json::{Object, Value};

/// Most methods of one document. An issuer that changes its key each month
/// and keeps all old ones needs 20 years to get here.
const METHODS: usize = 256;

/// What a document says about keys.
#[derive(Debug, Clone)]
pub struct ControllerDocument {
    id: String,
    also_known_as: Vec<String>,
    controllers: Vec<String>,
    methods: Vec<Method>,
    listed: Vec<(Relationship, String)>,
}

/// What lies at the address of a method.
#[derive(Debug, Clone)]
pub enum Published {
    /// A document that lists its own methods. A key document whose controller
    /// is the address it lies at comes as this as well.
    Controller(ControllerDocument),
    /// One key that names a controller elsewhere. It proves nothing until the
    /// controller's document vouches for it: [`super::retrieve_vouched`].
    Key(Method),
}

/// Why JSON is no controller document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotADocument {
    /// Not an object.
    #[error("the document is not an object")]
    NotAnObject,
    /// The `id` is missing, relative, or names a part of a document.
    #[error("the document has no absolute id")]
    Id,
    /// More methods than we read.
    #[error("the document lists too many keys")]
    TooManyMethods,
}

impl NotADocument {
    /// The stable code of the error register; the name of Controlled
    /// Identifiers 1.0 §3.5.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAnObject | Self::Id => "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT",
            Self::TooManyMethods => "document_too_large",
        }
    }

    /// Whether a limit was reached: we cannot judge, and nobody did wrong.
    #[must_use]
    pub const fn is_limit(&self) -> bool {
        matches!(self, Self::TooManyMethods)
    }
}

impl Published {
    /// Reads what was found at the address of a method.
    ///
    /// # Errors
    /// [`NotADocument`].
    pub fn parse(value: &Value<'_>) -> Result<Self, NotADocument> {
        let object = value.as_object().ok_or(NotADocument::NotAnObject)?;
        let lists_methods = object.contains("verificationMethod")
            || Relationship::ALL
                .iter()
                .any(|relationship| object.contains(relationship.name()));
        let holds_a_key = object.contains("publicKeyMultibase") || object.contains("publicKeyJwk");
        match object.text("controller") {
            Some(controller) if holds_a_key && !lists_methods => key_document(object, controller),
            _ => ControllerDocument::parse(value).map(Self::Controller),
        }
    }
}

impl ControllerDocument {
    /// Reads a controller document, such as a DID document or a profile that
    /// lists its methods.
    ///
    /// # Errors
    /// [`NotADocument`].
    pub fn parse(value: &Value<'_>) -> Result<Self, NotADocument> {
        let object = value.as_object().ok_or(NotADocument::NotAnObject)?;
        let id = object
            .text("id")
            .filter(|id| is_absolute(id) && !id.contains('#'));
        let mut document = Self::empty(id.ok_or(NotADocument::Id)?);
        document.also_known_as = texts(object, "alsoKnownAs");
        document.controllers = texts(object, "controller");
        for method in one_or_many(object, "verificationMethod") {
            if let Some(method) = method.as_object() {
                document.add_method(Method::parse(method, &document.id))?;
            }
        }
        for relationship in Relationship::ALL {
            for entry in one_or_many(object, relationship.name()) {
                document.add_listed(relationship, entry)?;
            }
        }
        Ok(document)
    }

    /// The document of a DID that is its key.
    pub(super) fn of_key(method: Method) -> Self {
        let mut document = Self::empty(method.controller());
        for relationship in Relationship::SIGNING {
            document.listed.push((relationship, method.id().to_owned()));
        }
        document.methods.push(method);
        document
    }

    fn empty(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            also_known_as: Vec::new(),
            controllers: Vec::new(),
            methods: Vec::new(),
            listed: Vec::new(),
        }
    }

    /// Two entries that say the same are one; two that differ both stay, and
    /// make their id ambiguous.
    fn add_method(&mut self, method: Option<Method>) -> Result<(), NotADocument> {
        let Some(method) = method else { return Ok(()) };
        if self.methods.contains(&method) {
            return Ok(());
        }
        if self.methods.len() == METHODS {
            return Err(NotADocument::TooManyMethods);
        }
        self.methods.push(method);
        Ok(())
    }

    /// A method may be listed by its id, or stand in the list itself and then
    /// is for that purpose only.
    fn add_listed(
        &mut self,
        relationship: Relationship,
        entry: &Value<'_>,
    ) -> Result<(), NotADocument> {
        let id = match entry {
            Value::String(reference) => resolve(reference, &self.id),
            Value::Object(embedded) => {
                let method = Method::parse(embedded, &self.id);
                let id = method.as_ref().map(|method| method.id().to_owned());
                self.add_method(method)?;
                id
            }
            _ => None,
        };
        self.listed.extend(id.map(|id| (relationship, id)));
        Ok(())
    }

    /// The document's id: a DID or a URL.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Other identifiers that the document claims for its subject. A claim
    /// only: the other side has to claim it too.
    #[must_use]
    pub fn also_known_as(&self) -> &[String] {
        &self.also_known_as
    }

    /// Who may change the document.
    #[must_use]
    pub fn controllers(&self) -> &[String] {
        &self.controllers
    }

    /// Every method, usable or not.
    #[must_use]
    pub fn methods(&self) -> &[Method] {
        &self.methods
    }

    /// Whether the document lists the method with this absolute id for the
    /// purpose.
    #[must_use]
    pub fn lists(&self, relationship: Relationship, method_id: &str) -> bool {
        self.listed
            .iter()
            .any(|(listed, id)| *listed == relationship && id == method_id)
    }
}

/// A document that is one key. If its controller is the very address it lies
/// at, whoever rules that address has said whose key it is; a purpose other
/// than making claims it cannot say.
fn key_document(object: &Object<'_>, controller: &str) -> Result<Published, NotADocument> {
    let id = object
        .text("id")
        .filter(|id| is_absolute(id))
        .ok_or(NotADocument::Id)?;
    let method = Method::parse_key_document(object, id.to_owned());
    let (address, fragment) = without_fragment(id);
    if controller != address {
        return Ok(Published::Key(method));
    }
    let mut document = ControllerDocument::empty(address);
    // A profile that holds its key has no id for the key, and its methods are
    // named by the key itself.
    let named_by_key = method.multibase().filter(|_| fragment.is_none());
    if let Some(multibase) = named_by_key {
        let id = format!("{address}#{multibase}");
        document.methods.push(method.clone().with_id(id));
    }
    document.methods.push(method);
    document.listed = document
        .methods
        .iter()
        .map(|method| (Relationship::AssertionMethod, method.id().to_owned()))
        .collect();
    Ok(Published::Controller(document))
}

/// The address of a document, and the fragment that names a part of it.
pub(super) fn without_fragment(url: &str) -> (&str, Option<&str>) {
    match url.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (url, None),
    }
}

/// Makes a reference absolute. Of the relative ones only a fragment is
/// understood, since a DID has no other.
pub(super) fn resolve(reference: &str, document_id: &str) -> Option<String> {
    if reference.starts_with('#') {
        Some(format!("{document_id}{reference}"))
    } else {
        is_absolute(reference).then(|| reference.to_owned())
    }
}

/// Whether a text begins with a scheme (RFC 3986 §3.1), in lower case as all
/// that compare text write it.
pub(super) fn is_absolute(url: &str) -> bool {
    url.split_once(':').is_some_and(|(scheme, rest)| {
        let is_allowed =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"+-.".contains(&byte);
        scheme.starts_with(|first: char| first.is_ascii_lowercase())
            && scheme.bytes().all(is_allowed)
            && !rest.is_empty()
    })
}

fn one_or_many<'o>(object: &'o Object<'_>, member: &str) -> &'o [Value<'o>] {
    object.get(member).map_or(&[], Value::one_or_many)
}

fn texts(object: &Object<'_>, member: &str) -> Vec<String> {
    one_or_many(object, member)
        .iter()
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    const ED: &str = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi";

    fn parse(json: &str) -> Result<ControllerDocument, NotADocument> {
        ControllerDocument::parse(&json::parse(json.as_bytes()).expect("JSON"))
    }

    fn published(json: &str) -> Result<Published, NotADocument> {
        Published::parse(&json::parse(json.as_bytes()).expect("JSON"))
    }

    fn method(id: &str) -> String {
        format!(
            r#"{{"id":"{id}","type":"Multikey","controller":"did:web:a.example","publicKeyMultibase":"{ED}"}}"#
        )
    }

    #[test]
    fn a_document_needs_an_absolute_id() {
        for (json, expected) in [
            ("[]", NotADocument::NotAnObject),
            ("\"did:web:a.example\"", NotADocument::NotAnObject),
            ("{}", NotADocument::Id),
            (r#"{"id":5}"#, NotADocument::Id),
            (r#"{"id":""}"#, NotADocument::Id),
            (r#"{"id":"a.example"}"#, NotADocument::Id),
            (r##"{"id":"#me"}"##, NotADocument::Id),
            (r##"{"id":"did:web:a.example#me"}"##, NotADocument::Id),
            (r#"{"@id":"did:web:a.example"}"#, NotADocument::Id),
        ] {
            assert_eq!(parse(json).err(), Some(expected), "{json}");
        }
    }

    #[test]
    fn names_and_controllers_are_kept_as_text() {
        let document = parse(
            r#"{"id":"did:web:a.example","alsoKnownAs":["https://a.example",5],"controller":"did:web:b.example"}"#,
        )
        .expect("a document");
        assert_eq!(document.also_known_as(), ["https://a.example"]);
        assert_eq!(document.controllers(), ["did:web:b.example"]);
        assert!(document.methods().is_empty());
    }

    #[test]
    fn relative_references_belong_to_the_document() {
        let document = parse(&format!(
            r##"{{"id":"did:web:a.example","verificationMethod":[{}],"assertionMethod":["#key-1","key-1","/x","",null,7]}}"##,
            method("#key-1")
        ))
        .expect("a document");
        assert_eq!(
            document.methods().first().map(Method::id),
            Some("did:web:a.example#key-1")
        );
        assert!(document.lists(Relationship::AssertionMethod, "did:web:a.example#key-1"));
        assert!(!document.lists(Relationship::AssertionMethod, "#key-1"));
        assert!(!document.lists(Relationship::Authentication, "did:web:a.example#key-1"));
        assert_eq!(document.listed.len(), 1);
    }

    #[test]
    fn an_embedded_method_is_for_its_purpose_only() {
        let document = parse(&format!(
            r#"{{"id":"did:web:a.example","authentication":[{}]}}"#,
            method("did:web:a.example#key-1")
        ))
        .expect("a document");
        assert_eq!(document.methods().len(), 1);
        assert!(document.lists(Relationship::Authentication, "did:web:a.example#key-1"));
        assert!(!document.lists(Relationship::AssertionMethod, "did:web:a.example#key-1"));
    }

    #[test]
    fn one_entry_need_not_be_an_array_and_bad_entries_spoil_nothing() {
        let document = parse(&format!(
            r##"{{"id":"did:web:a.example","verificationMethod":{},"assertionMethod":"#key-1"}}"##,
            method("#key-1")
        ))
        .expect("a document");
        assert!(document.lists(Relationship::AssertionMethod, "did:web:a.example#key-1"));
        let document = parse(&format!(
            r##"{{"id":"did:web:a.example","verificationMethod":[7,null,"x",{{}},{{"id":"#bad"}},{}]}}"##,
            method("#key-1")
        ))
        .expect("a document");
        let usable: Vec<bool> = document
            .methods()
            .iter()
            .map(|found| found.key().is_ok())
            .collect();
        assert_eq!(usable, [false, true]);
    }

    #[test]
    fn equal_entries_are_one_and_different_ones_stay_two() {
        let twice = |second: &str| {
            let json = format!(
                r#"{{"id":"did:web:a.example","verificationMethod":[{}],"assertionMethod":[{second}]}}"#,
                method("#key-1")
            );
            parse(&json).expect("a document").methods().len()
        };
        assert_eq!(twice(&method("did:web:a.example#key-1")), 1);
        assert_eq!(
            twice(&method("#key-1").replace("a.example\"", "b.example\"")),
            2
        );
        assert_eq!(
            twice(&method("#key-1").replace("{\"id", "{\"expires\":\"2026-01-01T00:00:00Z\",\"id")),
            2
        );
    }

    #[test]
    fn a_document_may_not_list_keys_without_end() {
        let listing = |count: usize| {
            let methods: Vec<String> = (0..count).map(|at| method(&format!("#key-{at}"))).collect();
            parse(&format!(
                r#"{{"id":"did:web:a.example","verificationMethod":[{}]}}"#,
                methods.join(",")
            ))
        };
        assert!(listing(METHODS).is_ok());
        let why = listing(METHODS + 1).expect_err("too many");
        assert_eq!(why, NotADocument::TooManyMethods);
        assert!(why.is_limit());
    }

    #[test]
    fn a_key_document_of_its_own_address_is_a_controller_document() {
        let json = format!(
            r##"{{"id":"https://a.example/org#key-1","controller":"https://a.example/org","publicKeyMultibase":"{ED}"}}"##
        );
        let Ok(Published::Controller(document)) = published(&json) else {
            panic!("a controller document")
        };
        assert_eq!(document.id(), "https://a.example/org");
        assert!(document.lists(Relationship::AssertionMethod, "https://a.example/org#key-1"));
        assert!(!document.lists(Relationship::Authentication, "https://a.example/org#key-1"));
        // It has a name of its own, so the key is not a second one.
        let named = format!("https://a.example/org#{ED}");
        assert!(!document.lists(Relationship::AssertionMethod, &named));
    }

    #[test]
    fn a_profile_that_holds_its_key_names_it_by_the_key() {
        let json = format!(
            r#"{{"id":"https://a.example/org","type":"Profile","controller":"https://a.example/org","publicKeyMultibase":"{ED}"}}"#
        );
        let Ok(Published::Controller(document)) = published(&json) else {
            panic!("a controller document")
        };
        let named = format!("https://a.example/org#{ED}");
        assert!(document.lists(Relationship::AssertionMethod, &named));
        assert!(!document.lists(Relationship::AssertionMethod, "https://a.example/org#key-1"));
    }

    #[test]
    fn a_key_document_with_another_controller_is_only_a_key() {
        let json = format!(
            r#"{{"id":"https://evil.example/key","controller":"https://a.example/org","publicKeyMultibase":"{ED}"}}"#
        );
        assert!(matches!(published(&json), Ok(Published::Key(_))));
        let no_id = json.replace("\"id\"", "\"@id\"");
        assert!(matches!(published(&no_id), Err(NotADocument::Id)));
    }

    #[test]
    fn a_document_that_lists_methods_is_not_read_as_a_key() {
        // The form we publish ourselves: old readers look at the top level.
        let json = format!(
            r#"{{"id":"https://a.example/org","controller":"https://a.example/org","publicKeyMultibase":"{ED}","assertionMethod":[]}}"#
        );
        let Ok(Published::Controller(document)) = published(&json) else {
            panic!("a controller document")
        };
        assert!(document.methods().is_empty());
    }
}
