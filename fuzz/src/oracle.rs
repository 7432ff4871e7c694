//! The reference: `json-ld` for expansion and RDF, `rdf-canon` for names.

use json_ld::rdf_types::{RdfDisplay as _, generator};
use json_ld::{IriBuf, JsonLdProcessor as _, Options, RemoteDocument};
use json_syntax::Parse as _;
use oxrdf::{Dataset, GraphName, Quad, Subject, Term};
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::pin::pin;
use std::sync::OnceLock;
use std::task::{Context, Poll, Waker};

macro_rules! contexts {
    ($($url:literal => $file:literal,)*) => {
        [$(($url, include_str!(concat!("../../schemas/contexts/", $file)))),*]
    };
}

/// The contexts that the targets use.
const CONTEXTS: [(&str, &str); 5] = contexts! {
    "https://www.w3.org/ns/credentials/v2" => "credentials-v2.json",
    "https://www.w3.org/2018/credentials/v1" => "credentials-v1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json" => "ob-3.0.3-2026-06.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json" => "ob-extensions.json",
    "https://w3id.org/security/data-integrity/v2" => "data-integrity-v2.json",
};

type Loader = HashMap<IriBuf, RemoteDocument>;

fn loader() -> &'static Loader {
    static LOADER: OnceLock<Loader> = OnceLock::new();
    LOADER.get_or_init(|| {
        CONTEXTS
            .iter()
            .map(|(url, text)| {
                let iri = IriBuf::new((*url).to_owned()).expect("an IRI");
                let (json, _) = json_syntax::Value::parse_str(text).expect("JSON");
                (iri.clone(), RemoteDocument::new(Some(iri), None, json))
            })
            .collect()
    })
}

/// The statements of a JSON-LD text; nothing where the reference refuses it.
pub fn quads(json: &str) -> Option<Vec<Quad>> {
    crate::statements::parse(&statements(json)?)
}

/// The canonical form by `rdf-canon`.
///
/// Nothing where it differs from the reference of the specification's editors:
/// for a statement with the same blank node in two places, which `rdf-canon`
/// hashes twice, and for more blank nodes than digits, since it issues the
/// names after `b10` in the order of text.
pub fn canonical(quads: &[Quad]) -> Option<String> {
    if quads.iter().any(has_loop) || blank_nodes(quads).len() > 10 {
        return None;
    }
    // A set: it counts what is given twice as two.
    rdf_canon::canonicalize(&quads.iter().collect::<Dataset>()).ok()
}

fn blank_nodes(quads: &[Quad]) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for quad in quads {
        if let Subject::BlankNode(node) = &quad.subject {
            found.insert(node.as_str());
        }
        if let Term::BlankNode(node) = &quad.object {
            found.insert(node.as_str());
        }
        if let GraphName::BlankNode(node) = &quad.graph_name {
            found.insert(node.as_str());
        }
    }
    found
}

fn has_loop(quad: &Quad) -> bool {
    let graph: Option<Term> = match &quad.graph_name {
        GraphName::BlankNode(node) => Some(node.clone().into()),
        _ => None,
    };
    let subject: Term = quad.subject.clone().into();
    let is_blank = |term: &Term| matches!(term, Term::BlankNode(_));
    is_blank(&subject) && (subject == quad.object || Some(&subject) == graph.as_ref())
        || graph.is_some() && graph.as_ref() == Some(&quad.object)
}

fn statements(json: &str) -> Option<String> {
    let (json, _) = json_syntax::Value::parse_str(json).ok()?;
    let document = RemoteDocument::new(None, None, json);
    let mut generator = generator::Blank::new_with_prefix("g".to_owned());
    let options = Options::default();
    let mut rdf = ready(document.to_rdf_using(&mut generator, loader(), options))?.ok()?;
    let mut text = String::new();
    for quad in rdf.cloned_quads() {
        writeln!(text, "{} .", quad.rdf_display()).expect("a text takes it");
    }
    Some(text)
}

/// All documents are at hand, so nothing has to be waited for.
fn ready<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}
