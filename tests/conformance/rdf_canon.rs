//! W3C RDF Dataset Canonicalization: 64 evaluation tests, 21 map tests and
//! the one that must not end.

use crate::suite::{folder, text};
use countersign::canon::rdfc::{Hash, canonicalize};
use countersign::canon::{Dataset, Error, Literal, Sink};
use oxrdf::{GraphName, Subject, Term};
use std::collections::BTreeMap;
use std::path::Path;

pub fn dataset(nquads: &str) -> Dataset {
    let mut dataset = Dataset::new();
    for quad in oxttl::NQuadsParser::new().for_reader(nquads.as_bytes()) {
        let quad = quad.expect("N-Quads");
        let subject = match &quad.subject {
            Subject::NamedNode(node) => dataset.iri(node.as_str()),
            Subject::BlankNode(node) => dataset.labelled_blank(node.as_str()).expect("room"),
        };
        let predicate = dataset.iri(quad.predicate.as_str());
        let object = object(&mut dataset, &quad.object);
        let graph = match &quad.graph_name {
            GraphName::DefaultGraph => None,
            GraphName::NamedNode(node) => Some(dataset.iri(node.as_str())),
            GraphName::BlankNode(node) => {
                Some(dataset.labelled_blank(node.as_str()).expect("room"))
            }
        };
        dataset
            .quad(subject, predicate, object, graph)
            .expect("room");
    }
    dataset
}

fn object(dataset: &mut Dataset, object: &Term) -> <Dataset as Sink>::Node {
    match object {
        Term::NamedNode(node) => dataset.iri(node.as_str()),
        Term::BlankNode(node) => dataset.labelled_blank(node.as_str()).expect("room"),
        Term::Literal(literal) => {
            let datatype = literal.datatype();
            let kind = if let Some(tag) = literal.language() {
                Literal::Language(tag)
            } else if datatype.as_str() == "http://www.w3.org/2001/XMLSchema#string" {
                Literal::Plain
            } else {
                Literal::Datatype(datatype.as_str())
            };
            dataset.literal(literal.value(), kind)
        }
    }
}

struct Case {
    name: String,
    hash: Hash,
    evaluates: bool,
    maps: bool,
}

fn cases(folder: &Path) -> Vec<Case> {
    let manifest = text(&folder.join("tests/manifest.csv"));
    manifest
        .lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let columns: Vec<&str> = line.split(',').map(str::trim).collect();
            let [.., hash, evaluates, maps] = columns.as_slice() else {
                panic!("a manifest line has no columns: {line}");
            };
            Case {
                name: columns[0].to_owned(),
                hash: if *hash == "SHA384" {
                    Hash::Sha384
                } else {
                    Hash::Sha256
                },
                evaluates: *evaluates == "TRUE",
                maps: *maps == "TRUE",
            }
        })
        .collect()
}

#[test]
fn canonical_forms_equal_those_of_the_suite() {
    let Some(folder) = folder("vectors/rdf-canon") else {
        return;
    };
    let (mut evaluated, mut mapped, mut poisonous) = (0, 0, 0);
    for case in cases(&folder) {
        let path = |suffix: &str| folder.join(format!("tests/rdfc10/{}-{suffix}", case.name));
        let mut dataset = dataset(&text(&path("in.nq")));
        let outcome = canonicalize(&mut dataset, case.hash);
        if !case.evaluates && !case.maps {
            assert_eq!(outcome, Err(Error::CanonicalizationLimit), "{}", case.name);
            poisonous += 1;
            continue;
        }
        let canonical = outcome.unwrap_or_else(|error| panic!("{}: {error}", case.name));
        if case.evaluates {
            assert_eq!(canonical.nquads, text(&path("rdfc10.nq")), "{}", case.name);
            evaluated += 1;
        }
        if case.maps {
            let expected: BTreeMap<String, String> =
                serde_json::from_str(&text(&path("rdfc10map.json"))).expect("a map");
            let names: BTreeMap<String, String> = canonical
                .labels(&dataset)
                .map(|(label, name)| (label.to_owned(), name))
                .collect();
            assert_eq!(names, expected, "{}", case.name);
            mapped += 1;
        }
    }
    assert_eq!((evaluated, mapped, poisonous), (64, 21, 1));
}
