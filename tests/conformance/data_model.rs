//! W3C Verifiable Credentials Data Model 2.0: unsigned bodies that are in order
//! (`…-ok`) or not (`…-fail`), by their shape, their dates and their terms.

use crate::contexts::with_vocabulary;
use crate::replay::{check, line, now, offline};
use crate::skips::Skips;
use crate::suite::{folder, names, text};
use countersign::canon::{Engine, Mode, Nothing};
use countersign::credential::model::{VERIFIABLE_CREDENTIAL, VERIFIABLE_PRESENTATION};
use countersign::credential::{cross, shape};
use countersign::json;
use countersign::verify::Policy;

/// The code of the first thing that is wrong with a body, and all of it in
/// words.
fn judge(engine: &Engine, name: &str, body: &str) -> Result<(), (&'static str, String)> {
    let document = json::parse(body.as_bytes()).expect("JSON");
    let class = if name.starts_with("presentation") {
        &VERIFIABLE_PRESENTATION
    } else {
        &VERIFIABLE_CREDENTIAL
    };
    let mut faults = shape::check(&document, class, shape::Mode::Check);
    if let (true, Some(object)) = (faults.is_empty(), document.as_object()) {
        faults = cross::check_dates(object, now(), shape::Mode::Check);
    }
    if let Some(fault) = faults.first() {
        return Err((fault.code(), fault.to_string()));
    }
    // Not strict: here the question is what the standard allows. Contexts of
    // their own, which many of the bodies have, no badge may bring.
    engine
        .read(&document, None, &Mode::lax(None), &mut Nothing)
        .map_err(|error| (error.code(), error.to_string()))
}

/// What the suite itself fills in before it hands a body out: the issuer of a
/// credential, and dates.
fn filled_in(name: &str, body: &str) -> String {
    let body = body
        .replace("PAST DATE", "2020-01-01T00:00:00Z")
        .replace("FUTURE DATE", "2040-01-01T00:00:00Z");
    let mut body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    let wants_issuer =
        !name.starts_with("presentation") && name != "credential-no-issuer-fail.json";
    match body.get_mut("issuer") {
        None if wants_issuer => body["issuer"] = "https://issuer.example".into(),
        Some(serde_json::Value::Object(issuer)) => {
            issuer
                .entry("id")
                .or_insert("https://issuer.example".into());
        }
        _ => {}
    }
    body.to_string()
}

#[test]
fn bodies_are_in_order_or_not_as_their_names_say() {
    let Some(shared) = folder(".") else { return };
    let Some(folder) = folder("vectors/vc-data-model-2.0/tests/input") else {
        return;
    };
    let engine = with_vocabulary(&shared);
    let skips = Skips::of("vc-data-model");
    let (mut good, mut bad, mut wrong) = (0, 0, Vec::new());
    for under in ["", "names-and-descriptions/"] {
        for name in names(&folder.join(under), ".json") {
            let body = text(&folder.join(under).join(&name));
            let outcome = judge(&engine, &name, &filled_in(&name, &body));
            let as_named = if name.ends_with("-ok.json") {
                outcome.is_ok()
            } else {
                outcome.is_err() && name.contains("-fail")
            };
            good += usize::from(outcome.is_ok());
            bad += usize::from(outcome.is_err());
            if !as_named && !skips.has(&name) {
                wrong.push(format!("{name} {outcome:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!((good, bad), (69, 51));
    skips.assert_all_used();
}

/// A body must be refused for what its name says, not for something else.
#[test]
fn bodies_are_refused_for_what_is_wrong_with_them() {
    let Some(shared) = folder(".") else { return };
    let Some(folder) = folder("vectors/vc-data-model-2.0/tests/input") else {
        return;
    };
    let engine = with_vocabulary(&shared);
    for (name, code, place) in [
        ("credential-id-multi-fail", "credential_shape", "/id "),
        ("credential-id-not-url-fail", "iri_not_absolute", "/id "),
        (
            "credential-issuer-null-fail",
            "credential_shape",
            "/issuer ",
        ),
        (
            "credential-issuer-object-id-no-url-fail",
            "iri_not_absolute",
            "/issuer/id ",
        ),
        (
            "credential-no-subject-fail",
            "credential_shape",
            "/credentialSubject ",
        ),
        (
            "credential-proof-missing-type-fail",
            "credential_shape",
            "/proof/type ",
        ),
        (
            "credential-schema-non-url-id-fail",
            "iri_not_absolute",
            "/credentialSchema/id ",
        ),
        (
            "credential-status-missing-type-fail",
            "credential_shape",
            "/credentialStatus/type ",
        ),
        (
            "credential-validUntil-validFrom-fail",
            "dates_out_of_order",
            "/validUntil ",
        ),
        (
            "credential-validfrom-invalid-fail",
            "date_invalid",
            "/validFrom ",
        ),
        (
            "credential-validuntil-invalid-fail",
            "date_invalid",
            "/validUntil ",
        ),
        (
            "presentation-holder-object-fail",
            "iri_not_absolute",
            "/holder/id ",
        ),
        (
            "presentation-vc-as-string-fail",
            "credential_shape",
            "/verifiableCredential/0 ",
        ),
    ] {
        let body = text(&folder.join(format!("{name}.json")));
        let (found, words) = judge(&engine, name, &filled_in(name, &body)).expect_err(name);
        assert_eq!(found, code, "{name}");
        assert!(words.starts_with(place), "{name}: {words}");
    }
}

/// What the suite calls self-asserted has no seal: neither it nor who presents
/// it proves anything.
#[test]
fn credentials_without_a_seal_are_refused_whoever_presents_them() {
    let Some(folder) = folder("vectors/vc-data-model-2.0/tests/input") else {
        return;
    };
    for name in ["ok", "no-holder", "holder-mismatch", "issuer-mismatch"] {
        let body = text(&folder.join(format!("presentation-self-asserted-vc-{name}.json")));
        let report = check(body.as_bytes(), Policy::default(), &offline);
        let unsealed = "reject changed [proof fails proof_missing]";
        assert_eq!(line(&report), unsealed, "{name}");
        let inner: Vec<String> = report.credentials.iter().map(line).collect();
        assert_eq!(inner, [unsealed], "{name}");
    }
}

/// The one body of the status list suite; it generates the rest itself.
#[test]
fn the_credential_of_the_status_list_suite_is_in_order() {
    let Some(shared) = folder(".") else { return };
    let body = text(&shared.join("vectors/vc-bitstring-status-list/validVc.json"));
    let engine = with_vocabulary(&shared);
    assert_eq!(
        judge(&engine, "validVc", &filled_in("validVc", &body)),
        Ok(())
    );
}
