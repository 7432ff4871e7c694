//! W3C JSON-LD 1.1 "deserialize to RDF": every case is right or refused.

use crate::rdf_canon::dataset;
use crate::skips::Skips;
use crate::suite::{folder, text};
use countersign::canon::rdfc::{Hash, canonicalize};
use countersign::canon::{Catalog, Dataset, Edition, Engine, Mode};
use countersign::json::{self, Value};
use std::path::Path;

/// Fewest cases that must be right, not merely refused.
const RIGHT_AT_LEAST: usize = 344;

enum Outcome {
    Right,
    Refused(String),
    Wrong(String),
}

fn read(bytes: &[u8], base: &str) -> Result<Dataset, String> {
    let tree = json::parse(bytes).map_err(|error| error.to_string())?;
    let base = json_ld::IriBuf::new(base.to_owned()).map_err(|error| error.to_string())?;
    let mut dataset = Dataset::new();
    Engine::new(Catalog::shipped(Edition::Newest))
        .read(&tree, None, &Mode::lax(Some(base)), &mut dataset)
        .map_err(|error| format!("{} {error}", error.code()))?;
    Ok(dataset)
}

fn run(folder: &Path, case: &Value<'_>, base: &str) -> Outcome {
    let input = case.get("input").and_then(Value::as_str).expect("an input");
    let types = case.get("@type").expect("types");
    let option = |name: &str| case.get("option").and_then(|option| option.get(name));
    let base = option("base")
        .and_then(Value::as_str)
        .map_or_else(|| format!("{base}{input}"), str::to_owned);
    for unsupported in ["produceGeneralizedRdf", "rdfDirection", "expandContext"] {
        if option(unsupported).is_some() {
            return Outcome::Refused(format!("there is no option {unsupported}"));
        }
    }
    if !folder.join(input).exists() {
        return Outcome::Refused("the input is not in this copy of the suite".to_owned());
    }
    let outcome = read(text(&folder.join(input)).as_bytes(), &base);
    match outcome {
        Err(_) if types.includes("jld:NegativeEvaluationTest") => Outcome::Right,
        Err(why) => Outcome::Refused(why),
        Ok(_) if types.includes("jld:NegativeEvaluationTest") => {
            Outcome::Wrong("accepted".to_owned())
        }
        Ok(_) if types.includes("jld:PositiveSyntaxTest") => Outcome::Right,
        Ok(mut ours) => {
            let expect = case
                .get("expect")
                .and_then(Value::as_str)
                .expect("a result");
            let mut theirs = dataset(&text(&folder.join(expect)));
            let ours = canonicalize(&mut ours, Hash::Sha256)
                .expect("canonical")
                .nquads;
            let theirs = canonicalize(&mut theirs, Hash::Sha256)
                .expect("canonical")
                .nquads;
            if ours == theirs {
                Outcome::Right
            } else {
                Outcome::Wrong(format!("ours:\n{ours}\ntheirs:\n{theirs}"))
            }
        }
    }
}

#[test]
fn every_case_is_right_or_refused() {
    let Some(folder) = folder("vectors/json-ld-api") else {
        return;
    };
    let manifest = text(&folder.join("toRdf-manifest.jsonld"));
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("a manifest");
    let base = manifest["baseIri"].as_str().expect("a base").to_owned();
    let skips = Skips::of("json-ld");
    let (mut right, mut refused, mut wrong) = (0, Vec::new(), Vec::new());
    for case in manifest["sequence"].as_array().expect("cases") {
        let case_text = case.to_string();
        let case = json::parse(case_text.as_bytes()).expect("a case");
        let id = case
            .get("@id")
            .and_then(Value::as_str)
            .expect("an id")
            .to_owned();
        match run(&folder, &case, &base) {
            Outcome::Right => right += 1,
            Outcome::Refused(why) => refused.push(format!("{id} {why}")),
            Outcome::Wrong(_) if skips.has(&id) => {}
            Outcome::Wrong(why) => wrong.push(format!("{id} {why}")),
        }
    }
    println!(
        "{right} right, {} refused, {} wrong",
        refused.len(),
        wrong.len()
    );
    if std::env::var_os("SHOW_REFUSED").is_some() {
        println!("{}", refused.join("\n"));
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(right >= RIGHT_AT_LEAST, "only {right} right");
    skips.assert_all_used();
}
