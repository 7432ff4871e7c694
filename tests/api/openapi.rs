//! The description of the API says what the table of routes says.

use crate::Node;
use countersign::http::openapi;
use countersign::http::routes::{Access, ROUTES};
use serde_json::Value;
use std::collections::BTreeSet;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn document() -> Value {
    let text = openapi::document("https://badges.example.org")
        .to_json()
        .expect("JSON");
    serde_json::from_str(&text).expect("JSON")
}

/// (method, path, the operation).
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().expect("paths");
    paths
        .iter()
        .flat_map(|(path, item)| {
            METHODS.iter().filter_map(move |method| {
                let operation = item.get(*method)?;
                Some(((*method).to_uppercase(), path.clone(), operation.clone()))
            })
        })
        .collect()
}

fn is_described(path: &str) -> bool {
    (path.starts_with("/api/v1/") && path != "/api/v1/openapi.json") || path.starts_with("/vc/")
}

#[test]
fn every_route_of_the_api_is_described_and_nothing_else() {
    let described: BTreeSet<(String, String)> = operations(&document())
        .into_iter()
        .map(|(method, path, _)| (method, path))
        .collect();
    let routes: BTreeSet<(String, String)> = ROUTES
        .iter()
        .filter(|route| is_described(route.path))
        .map(|route| (route.method.name().to_owned(), route.path.to_owned()))
        .collect();
    let missing: Vec<_> = routes.difference(&described).collect();
    let invented: Vec<_> = described.difference(&routes).collect();
    assert!(
        missing.is_empty() && invented.is_empty(),
        "{missing:#?} {invented:#?}"
    );
}

#[test]
fn whoever_needs_a_token_is_told_so() {
    for (method, path, operation) in operations(&document()) {
        let route = ROUTES
            .iter()
            .find(|route| route.method.name() == method && route.path == path);
        let route = route.expect("a route");
        let asks = operation["security"]
            .as_array()
            .is_some_and(|all| !all.is_empty());
        match route.access {
            Access::Public => assert!(!asks, "{method} {path}"),
            Access::With(_) => assert!(asks, "{method} {path}"),
            Access::VcApi => {}
        }
    }
}

#[test]
fn every_operation_has_a_name_of_its_own_a_group_and_its_problems() {
    let document = document();
    let mut names = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        let what = format!("{method} {path}");
        let name = operation["operationId"]
            .as_str()
            .expect("a name")
            .to_owned();
        assert!(names.insert(name), "{what}: its name is taken");
        assert_eq!(
            operation["tags"].as_array().map(Vec::len),
            Some(1),
            "{what}"
        );
        assert_ne!(
            operation["summary"].as_str().unwrap_or_default(),
            "",
            "{what}"
        );
        let responses = operation["responses"].as_object().expect("responses");
        assert!(
            responses.keys().any(|status| status.starts_with('2')),
            "{what}"
        );
        for part in path.split('/').filter_map(|part| part.strip_prefix('{')) {
            let part = part.trim_end_matches('}');
            let parameters = operation["parameters"].as_array().expect("parameters");
            assert!(
                parameters.iter().any(|one| one["in"] == "path"
                    && one["name"] == part
                    && one["required"] == true),
                "{what}: {part} is not described"
            );
        }
    }
}

#[test]
fn the_examples_are_as_their_schemas_want_them() {
    let document = document();
    let schemas = document["components"]["schemas"]
        .as_object()
        .expect("schemas");
    let mut checked = 0;
    for (name, schema) in schemas {
        let mut whole = schema.clone();
        whole["components"] = document["components"].clone();
        let Some(example) = schema
            .get("example")
            .cloned()
            .or_else(|| example_of(schema))
        else {
            continue;
        };
        let validator = jsonschema::validator_for(&whole).expect("a schema");
        let errors: Vec<String> = validator
            .iter_errors(&example)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?} in {example}");
        checked += 1;
    }
    assert!(checked >= 5, "{checked}");
}

/// An object of its members' examples, if all that are needed have one.
fn example_of(schema: &Value) -> Option<Value> {
    let properties = schema["properties"].as_object()?;
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let mut example = serde_json::Map::new();
    for (name, property) in properties {
        match property.get("example") {
            Some(value) => drop(example.insert(name.clone(), value.clone())),
            None if required.iter().any(|one| one == name) => return None,
            None => {}
        }
    }
    (!example.is_empty()).then_some(Value::Object(example))
}

#[test]
fn the_description_is_served_to_everybody() {
    let node = Node::shared();
    let served = node.get("/api/v1/openapi.json").expect(200);
    assert_eq!(served.header("content-type"), "application/json");
    assert_eq!(served.header("access-control-allow-origin"), "*");
    let document = served.json();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], node.base());
    assert_eq!(
        operations(&document).len(),
        operations(&self::document()).len()
    );
}
