//! What `json-ld` and `rdf-canon` make of a document.

use countersign::canon::rdfc::{Hash, canonicalize};
use countersign::canon::{Dataset, Edition, Engine, Mode, engine};
use countersign::json::Value;
use json_ld::syntax::Parse as _;
use json_ld::{IriBuf, JsonLdProcessor as _, RemoteDocument};
use oxrdf::Quad;
use rdf_types::RdfDisplay as _;
use std::collections::HashMap;
use std::pin::pin;
use std::sync::OnceLock;
use std::task::{Context, Poll, Waker};

use json_ld::rdf_types;

/// Contexts by address.
pub type Contexts = HashMap<IriBuf, RemoteDocument>;

/// Our own contexts, to compare the reading of documents and not contexts.
pub fn shipped() -> &'static Contexts {
    static CONTEXTS: OnceLock<Contexts> = OnceLock::new();
    CONTEXTS.get_or_init(|| {
        let mut contexts = Contexts::new();
        for (url, text) in SHIPPED {
            add(&mut contexts, url, text);
        }
        contexts
    })
}

pub fn add(contexts: &mut Contexts, url: &str, text: &str) {
    let iri = IriBuf::new(url.to_owned()).expect("an IRI");
    let (document, _) = json_ld::syntax::Value::parse_str(text).expect("JSON");
    contexts.insert(iri.clone(), RemoteDocument::new(Some(iri), None, document));
}

macro_rules! shipped {
    ($($url:literal => $file:literal,)*) => {
        &[$(($url, include_str!(concat!("../../schemas/contexts/", $file))),)*]
    };
}

const SHIPPED: &[(&str, &str)] = shipped! {
    "https://www.w3.org/ns/credentials/v2" => "credentials-v2.json",
    "https://www.w3.org/2018/credentials/v1" => "credentials-v1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json" => "ob-3.0.3-2026-06.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json" => "ob-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json" => "ob-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json" => "ob-3.0.0.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json" => "ob-extensions.json",
    "https://w3id.org/security/data-integrity/v1" => "data-integrity-v1.json",
    "https://w3id.org/security/data-integrity/v2" => "data-integrity-v2.json",
    "https://w3id.org/security/multikey/v1" => "multikey-v1.json",
    "https://w3id.org/security/suites/ed25519-2020/v1" => "ed25519-2020-v1.json",
    "https://www.w3.org/ns/credentials/status/v1" => "credentials-status-v1.json",
    "https://w3id.org/vc/status-list/2021/v1" => "status-list-2021-v1.json",
    "https://www.w3.org/ns/did/v1" => "did-v1.json",
};

/// The statements of `document`, as `json-ld` expands and deserialises it.
pub fn statements(document: &str, contexts: &Contexts) -> Result<Vec<Quad>, String> {
    let (tree, _) = json_ld::syntax::Value::parse_str(document).map_err(|why| why.to_string())?;
    let document = RemoteDocument::new(None, None, tree);
    let mut generator = rdf_types::generator::Blank::new();
    let mut rdf =
        ready(document.to_rdf(&mut generator, contexts)).map_err(|why| why.to_string())?;
    let mut nquads = String::new();
    for quad in rdf.cloned_quads() {
        nquads.push_str(&format!("{} .\n", quad.rdf_display()));
    }
    oxttl::NQuadsParser::new()
        .for_reader(nquads.as_bytes())
        .map(|quad| quad.map_err(|why| format!("{why}: {nquads}")))
        .collect()
}

/// The result of a future that never waits: the contexts are in memory.
fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("waits for a document"),
    }
}

/// The canonical N-Quads, as `rdf-canon` writes them.
pub fn canonical(quads: &[Quad]) -> String {
    rdf_canon::canonicalize_quads(quads).expect("canonical")
}

/// Both: what `json-ld` and `rdf-canon` together make of `document`.
pub fn theirs(document: &str, contexts: &Contexts) -> Result<String, String> {
    statements(document, contexts).map(|quads| canonical(&quads))
}

/// The same by the library, in strict mode.
pub fn ours(document: &Value<'_>) -> Result<String, &'static str> {
    ours_with(document, engine(Edition::Newest), Mode::strict())
}

/// The same by the library. `json-ld` keeps tags of languages as they are
/// written, but `oxttl`, which reads its statements, writes them in lower case
/// as the standard does.
pub fn ours_with(
    document: &Value<'_>,
    engine: &Engine,
    mode: Mode,
) -> Result<String, &'static str> {
    let mut dataset = Dataset::new();
    engine
        .read(document, None, &mode, &mut dataset)
        .map_err(|why| why.code())?;
    let canonical = canonicalize(&mut dataset, Hash::Sha256).map_err(|why| why.code())?;
    Ok(canonical.nquads)
}
