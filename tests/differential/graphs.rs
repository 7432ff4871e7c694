//! Canonical N-Quads of random small datasets beside those of `rdf-canon`.
//!
//! Few names and few predicates, so that blank nodes are alike and only what
//! is around them tells them apart.

use crate::oracle::canonical;
use countersign::canon::rdfc::{Hash, canonicalize};
use countersign::canon::{Dataset, Literal, Sink};
use oxrdf::{BlankNode, GraphName, NamedNode, Quad, Subject, Term};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Blank(u8),
    Iri(u8),
    Text(u8),
    Tagged(u8),
}

#[derive(Debug, Clone, Copy)]
struct Statement {
    subject: Node,
    predicate: u8,
    object: Node,
    graph: Option<Node>,
}

impl Statement {
    fn repeats_a_blank_node(&self) -> bool {
        let is_blank = |node: &Node| matches!(node, Node::Blank(_));
        let nodes = [Some(self.subject), Some(self.object), self.graph];
        let blank: Vec<Node> = nodes.into_iter().flatten().filter(is_blank).collect();
        (1..blank.len()).any(|at| blank[..at].contains(&blank[at]))
    }
}

fn statement(blanks: u8, literals: bool) -> impl Strategy<Value = Statement> {
    let named =
        || prop_oneof![5 => (0..blanks).prop_map(Node::Blank), 1 => (0..2_u8).prop_map(Node::Iri)];
    let object = if literals {
        prop_oneof![
            3 => named(),
            1 => (0..3_u8).prop_map(Node::Text),
            1 => (0..2_u8).prop_map(Node::Tagged),
        ]
        .boxed()
    } else {
        named().boxed()
    };
    let graph = prop_oneof![2 => Just(None), 1 => named().prop_map(Some)];
    (named(), 0..2_u8, object, graph).prop_map(|(subject, predicate, object, graph)| Statement {
        subject,
        predicate,
        object,
        graph,
    })
}

fn statements() -> impl Strategy<Value = Vec<Statement>> {
    prop_oneof![
        vec(statement(4, true), 0..32),
        vec(statement(3, false), 0..16),
        vec(statement(6, false), 0..20),
    ]
}

const TEXTS: [&str; 3] = ["", "a\n\"\\\u{7}\u{7f}", "é😀"];
const TAGS: [&str; 2] = ["en", "cy"];

fn iri(number: u8) -> String {
    format!("https://a.example/{number}")
}

/// As our dataset; `label` names the blank nodes.
fn ours(statements: &[Statement], label: impl Fn(u8) -> String) -> Dataset {
    let mut dataset = Dataset::new();
    for statement in statements {
        let mut node = |node: Node| match node {
            Node::Blank(number) => dataset.labelled_blank(&label(number)).expect("room"),
            Node::Iri(number) => dataset.iri(&iri(number)),
            Node::Text(number) => dataset.literal(TEXTS[usize::from(number)], Literal::Plain),
            Node::Tagged(number) => {
                dataset.literal("text", Literal::Language(TAGS[usize::from(number)]))
            }
        };
        let subject = node(statement.subject);
        let predicate = node(Node::Iri(10 + statement.predicate));
        let object = node(statement.object);
        let graph = statement.graph.map(&mut node);
        dataset
            .quad(subject, predicate, object, graph)
            .expect("room");
    }
    dataset
}

fn theirs(statements: &[Statement]) -> Vec<Quad> {
    let named = |number: u8| NamedNode::new(iri(number)).expect("an IRI");
    let blank = |number: u8| BlankNode::new(format!("b{number}")).expect("a label");
    let literal = |text: &str, tag: Option<&str>| match tag {
        None => oxrdf::Literal::new_simple_literal(text),
        Some(tag) => oxrdf::Literal::new_language_tagged_literal(text, tag).expect("a tag"),
    };
    let quads = statements.iter().map(|statement| Quad {
        subject: match statement.subject {
            Node::Blank(number) => Subject::BlankNode(blank(number)),
            Node::Iri(number) => Subject::NamedNode(named(number)),
            Node::Text(_) | Node::Tagged(_) => panic!("a literal says nothing"),
        },
        predicate: named(10 + statement.predicate),
        object: match statement.object {
            Node::Blank(number) => Term::BlankNode(blank(number)),
            Node::Iri(number) => Term::NamedNode(named(number)),
            Node::Text(number) => Term::Literal(literal(TEXTS[usize::from(number)], None)),
            Node::Tagged(number) => Term::Literal(literal("text", Some(TAGS[usize::from(number)]))),
        },
        graph_name: match statement.graph {
            None => GraphName::DefaultGraph,
            Some(Node::Blank(number)) => GraphName::BlankNode(blank(number)),
            Some(Node::Iri(number)) => GraphName::NamedNode(named(number)),
            Some(Node::Text(_) | Node::Tagged(_)) => panic!("a literal is no graph"),
        },
    });
    quads.collect()
}

/// What is hashed of a blank node's neighbours says for each what it is to the
/// node, but not which statement that is said in (§4.7.3 step 3). RDFC-1.0 has
/// one form only where the rest of the statement goes without saying: where a
/// node either names a graph or has all its statements in one.
fn each_blank_node_in_one_graph(mut statements: Vec<Statement>) -> Vec<Statement> {
    #[derive(PartialEq)]
    enum Place {
        Within(Option<Node>),
        NameOfGraph,
    }
    let mut places = BTreeMap::new();
    statements.retain(|statement| {
        let within = || Place::Within(statement.graph);
        let nodes = [
            (Some(statement.subject), within()),
            (Some(statement.object), within()),
            (statement.graph, Place::NameOfGraph),
        ];
        nodes.into_iter().all(|(node, place)| match node {
            Some(Node::Blank(number)) => match places.entry(number) {
                Entry::Vacant(new) => {
                    new.insert(place);
                    true
                }
                Entry::Occupied(known) => *known.get() == place,
            },
            _ => true,
        })
    });
    statements
}

fn text(mut dataset: Dataset) -> String {
    canonicalize(&mut dataset, Hash::Sha256)
        .expect("within the limits")
        .nquads
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn canonical_statements_are_those_of_rdf_canon(
        mut statements in statements().prop_map(each_blank_node_in_one_graph),
    ) {
        statements.retain(|statement| !statement.repeats_a_blank_node());
        let ours = text(ours(&statements, |number| format!("b{number}")));
        prop_assert_eq!(ours, canonical(&theirs(&statements)));
    }

    /// Neither names nor order of the input show in the result.
    #[test]
    fn names_and_order_do_not_matter(
        statements in statements().prop_map(each_blank_node_in_one_graph),
        turn in 0..16_usize,
        names in Just([0, 1, 2, 3, 4, 5]).prop_shuffle(),
    ) {
        let before = text(ours(&statements, |number| format!("b{number}")));
        let mut turned = statements;
        if !turned.is_empty() {
            let turn = turn % turned.len();
            turned.rotate_left(turn);
        }
        let after = text(ours(&turned, |number| {
            format!("c14n{}", names[usize::from(number)])
        }));
        prop_assert_eq!(before, after);
    }
}

/// A statement that a blank node occurs in twice is one statement about it:
/// the map of §4.4.3 step 2.1 holds it once. `rdf-canon` 0.15 holds it twice,
/// so it finds other hashes; `rdf-canonize` (JavaScript) finds ours.
#[test]
fn a_statement_counts_once_for_a_blank_node_that_it_names_twice() {
    let statements = [
        Statement {
            subject: Node::Blank(0),
            predicate: 0,
            object: Node::Blank(0),
            graph: None,
        },
        Statement {
            subject: Node::Blank(1),
            predicate: 0,
            object: Node::Blank(0),
            graph: Some(Node::Blank(1)),
        },
    ];
    // SHA-256 of `_:a <…/10> _:a .` and `_:z <…/10> _:a _:z .` is c1f87630…,
    // of `_:a <…/10> _:z _:a .` it is 4417a02b…: the second comes first.
    let expected = "_:c14n0 <https://a.example/10> _:c14n1 _:c14n0 .\n\
                    _:c14n1 <https://a.example/10> _:c14n1 .\n";
    assert_eq!(
        text(ours(&statements, |number| number.to_string())),
        expected
    );
    assert_ne!(canonical(&theirs(&statements)), expected);
}

/// A limit of RDFC-1.0 itself: 1 and 3 look alike to it, though only their
/// graphs tell them apart, so the form depends on which comes first.
/// `rdf-canonize` (JavaScript) gives the same two forms.
#[test]
fn statements_about_one_blank_node_in_two_graphs_have_no_one_form() {
    let about = |subject, object, graph| Statement {
        subject: Node::Blank(subject),
        predicate: 0,
        object: Node::Blank(object),
        graph: Some(Node::Blank(graph)),
    };
    let told_apart = Statement {
        object: Node::Text(0),
        graph: None,
        ..about(0, 0, 0)
    };
    let name = |number: u8| number.to_string();
    let first = [about(1, 3, 2), about(3, 1, 0), told_apart];
    let second = [about(3, 1, 0), told_apart, about(1, 3, 2)];
    assert_eq!(
        text(ours(&first, name)),
        "_:c14n1 <https://a.example/10> \"\" .\n\
         _:c14n2 <https://a.example/10> _:c14n3 _:c14n0 .\n\
         _:c14n3 <https://a.example/10> _:c14n2 _:c14n1 .\n"
    );
    assert_eq!(
        text(ours(&second, name)),
        "_:c14n1 <https://a.example/10> \"\" .\n\
         _:c14n2 <https://a.example/10> _:c14n3 _:c14n1 .\n\
         _:c14n3 <https://a.example/10> _:c14n2 _:c14n0 .\n"
    );
}
