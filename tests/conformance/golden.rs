//! Documents whose canonical form other software computed.

use crate::suite::{folder, text};
use countersign::canon::rdfc::{Hash, canonicalize};
use countersign::canon::{Dataset, Edition, Mode, engine};
use countersign::json::{self, Object, Value};

fn nquads(document: &Value<'_>, left_out: Option<&str>) -> String {
    let mut dataset = Dataset::new();
    engine(Edition::Newest)
        .read(document, left_out, &Mode::strict(), &mut dataset)
        .unwrap_or_else(|error| panic!("{error}"));
    canonicalize(&mut dataset, Hash::Sha256)
        .expect("canonical")
        .nquads
}

#[test]
fn golden_badges_have_the_golden_statements() {
    let Some(folder) = folder("vectors/golden") else {
        return;
    };
    for name in ["valid", "revoked", "statuslist"] {
        let bytes = text(&folder.join(format!("{name}.json")));
        let document = json::parse(bytes.as_bytes()).expect("JSON");
        assert_eq!(
            nquads(&document, Some("proof")),
            text(&folder.join(format!("{name}.doc.nq"))),
            "{name}"
        );
        let mut proof: Object<'_> = document.get("proof").expect("a proof").one_or_many()[0]
            .as_object()
            .expect("an object")
            .clone();
        proof.remove("proofValue");
        proof.set(
            "@context",
            document.get("@context").expect("contexts").clone(),
        );
        assert_eq!(
            nquads(&Value::Object(proof), None),
            text(&folder.join(format!("{name}.proof.nq"))),
            "{name}"
        );
    }
}
