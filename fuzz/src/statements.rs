//! N-Quads, as other software reads them, in our dataset.

use countersign::canon::{Dataset, Error, Literal, Sink};
use oxrdf::{GraphName, Quad, Subject, Term};

const STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

/// The statements of an N-Quads text, or nothing if it is not one.
pub fn parse(nquads: &str) -> Option<Vec<Quad>> {
    oxttl::NQuadsParser::new()
        .for_reader(nquads.as_bytes())
        .collect::<Result<_, _>>()
        .ok()
}

/// The same statements in our dataset.
pub fn dataset<'q>(quads: impl IntoIterator<Item = &'q Quad>) -> Result<Dataset, Error> {
    let mut dataset = Dataset::new();
    for quad in quads {
        let subject = match &quad.subject {
            Subject::NamedNode(node) => dataset.iri(node.as_str()),
            Subject::BlankNode(node) => dataset.labelled_blank(node.as_str())?,
        };
        let predicate = dataset.iri(quad.predicate.as_str());
        let object = object(&mut dataset, &quad.object)?;
        let graph = match &quad.graph_name {
            GraphName::DefaultGraph => None,
            GraphName::NamedNode(node) => Some(dataset.iri(node.as_str())),
            GraphName::BlankNode(node) => Some(dataset.labelled_blank(node.as_str())?),
        };
        dataset.quad(subject, predicate, object, graph)?;
    }
    Ok(dataset)
}

fn object(dataset: &mut Dataset, object: &Term) -> Result<<Dataset as Sink>::Node, Error> {
    Ok(match object {
        Term::NamedNode(node) => dataset.iri(node.as_str()),
        Term::BlankNode(node) => dataset.labelled_blank(node.as_str())?,
        Term::Literal(literal) => {
            let datatype = literal.datatype();
            let kind = match literal.language() {
                Some(tag) => Literal::Language(tag),
                None if datatype.as_str() == STRING => Literal::Plain,
                None => Literal::Datatype(datatype.as_str()),
            };
            dataset.literal(literal.value(), kind)
        }
    })
}
