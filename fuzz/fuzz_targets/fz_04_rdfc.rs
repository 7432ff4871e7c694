//! FZ-04: canonical forms depend on the statements alone.
//!
//! Asserts: other names and another order of the same statements give the same
//! text; the canonical text is its own canonical form; `rdf-canon` gives the
//! same text when it ends; every blank node that occurs has a name and no two
//! share one. Work is bounded: the time limit of the run is the assertion.
//!
//! A blank node stands in one graph, or names graphs: of other datasets
//! RDFC-1.0 has no one form (`tests/differential/graphs.rs`).

#![no_main]

use arbitrary::{Arbitrary, Result, Unstructured};
use countersign::canon::rdfc::{Hash, canonicalize};
use countersign_fuzz::oracle;
use countersign_fuzz::statements::{dataset, parse};
use libfuzzer_sys::fuzz_target;
use oxrdf::{BlankNode, GraphName, Literal, NamedNode, Quad, Subject, Term};
use std::collections::HashMap;
use std::fmt;

const STATEMENTS: usize = 40;
const BLANK_NODES: u8 = 9;
const IRIS: [&str; 3] = ["https://a.example/p", "https://a.example/q", "urn:uuid:1"];

struct Graph(Vec<Quad>);

impl fmt::Debug for Graph {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|quad| writeln!(formatter, "{quad} ."))
    }
}

impl<'a> Arbitrary<'a> for Graph {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let mut quads = Vec::new();
        let mut places = HashMap::new();
        while quads.len() < STATEMENTS && !u.is_empty() {
            let graph_name = match u.int_in_range(0..=5)? {
                0 => GraphName::BlankNode(blank(u)?),
                1 => GraphName::NamedNode(iri(u)?),
                _ => GraphName::DefaultGraph,
            };
            let subject = if u.ratio(1, 5)? {
                Subject::NamedNode(iri(u)?)
            } else {
                Subject::BlankNode(blank(u)?)
            };
            let object = match u.int_in_range(0..=7)? {
                0 => Term::NamedNode(iri(u)?),
                1 => Term::Literal(literal(u)?),
                _ => Term::BlankNode(blank(u)?),
            };
            let quad = Quad {
                subject,
                predicate: iri(u)?,
                object,
                graph_name,
            };
            if is_in_one_graph(&quad, &mut places) {
                quads.push(quad);
            }
        }
        Ok(Self(quads))
    }
}

/// Where a blank node stands: in a graph, or, without one, as the name of some.
type Places = HashMap<BlankNode, Option<GraphName>>;

fn is_in_one_graph(quad: &Quad, places: &mut Places) -> bool {
    let mut is_there = |node: &BlankNode, place: Option<GraphName>| {
        *places.entry(node.clone()).or_insert_with(|| place.clone()) == place
    };
    let within = || Some(quad.graph_name.clone());
    let subject = match &quad.subject {
        Subject::BlankNode(node) => is_there(node, within()),
        _ => true,
    };
    let object = match &quad.object {
        Term::BlankNode(node) => is_there(node, within()),
        _ => true,
    };
    let graph = match &quad.graph_name {
        GraphName::BlankNode(node) => is_there(node, None),
        _ => true,
    };
    subject && object && graph
}

fn iri(u: &mut Unstructured<'_>) -> Result<NamedNode> {
    Ok(NamedNode::new_unchecked(*u.choose(&IRIS)?))
}

fn blank(u: &mut Unstructured<'_>) -> Result<BlankNode> {
    Ok(named(u.int_in_range(0..=BLANK_NODES)?))
}

fn named(number: u8) -> BlankNode {
    BlankNode::new_unchecked(format!("b{number}"))
}

fn literal(u: &mut Unstructured<'_>) -> Result<Literal> {
    let text: &str = u.arbitrary()?;
    Ok(match u.int_in_range(0..=2)? {
        0 => Literal::new_simple_literal(text),
        1 => Literal::new_typed_literal(text, iri(u)?),
        _ => Literal::new_language_tagged_literal_unchecked(text, "en"),
    })
}

fuzz_target!(|graph: Graph| {
    let quads = graph.0;
    let mut ours = dataset(&quads).expect("within the limits");
    let Ok(canonical) = canonicalize(&mut ours, Hash::Sha256) else {
        return;
    };

    let mut numbers: Vec<u32> = canonical.names.iter().flatten().copied().collect();
    numbers.sort_unstable();
    let expected: Vec<u32> = (0..).take(canonical.names.len()).collect();
    assert_eq!(numbers, expected, "names are missing or shared");

    let renamed: Vec<Quad> = quads.iter().rev().map(rename).collect();
    let mut renamed = dataset(&renamed).expect("within the limits");
    if let Ok(other) = canonicalize(&mut renamed, Hash::Sha256) {
        assert_eq!(
            other.nquads, canonical.nquads,
            "the names or the order matter"
        );
    }

    let reread = parse(&canonical.nquads).expect("canonical N-Quads are N-Quads");
    let mut again = dataset(&reread).expect("within the limits");
    if let Ok(again) = canonicalize(&mut again, Hash::Sha256) {
        assert_eq!(again.nquads, canonical.nquads, "not its own canonical form");
    }

    if let Some(theirs) = oracle::canonical(&quads) {
        assert_eq!(theirs, canonical.nquads, "not what rdf-canon gives");
    }
});

/// Reverses the order of the names.
fn rename(quad: &Quad) -> Quad {
    let other = |node: &BlankNode| {
        let number: u8 = node
            .as_str()
            .trim_start_matches('b')
            .parse()
            .expect("a number");
        named(BLANK_NODES - number)
    };
    let mut quad = quad.clone();
    if let Subject::BlankNode(node) = &quad.subject {
        quad.subject = other(node).into();
    }
    if let Term::BlankNode(node) = &quad.object {
        quad.object = other(node).into();
    }
    if let GraphName::BlankNode(node) = &quad.graph_name {
        quad.graph_name = other(node).into();
    }
    quad
}
