//! The list of rules as a whole.

use super::ALL;
use crate::issue::samples;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_rule_is_in_the_list_under_its_own_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/issue/lint/rules");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("the folder of the rules")
        .map(|entry| entry.expect("a file").path())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "mod")
        .collect();
    let names: BTreeSet<String> = ALL.iter().map(|lint| lint.name.to_owned()).collect();
    assert_eq!(names, files);
    assert_eq!(names.len(), ALL.len(), "a name is used twice");
}

#[test]
fn every_rule_can_be_explained() {
    for lint in ALL {
        assert!(!lint.citation.is_empty(), "{lint:?}");
        let sentence = lint.sentence;
        assert!(sentence.ends_with('.') && sentence.len() < 160, "{lint:?}");
        assert!(sentence.starts_with(char::is_uppercase), "{lint:?}");
    }
}

#[test]
fn a_broken_rule_reads_as_sentences() {
    let mut badge = samples::value(samples::BADGE);
    samples::edit(&mut badge, "/validFrom", None);
    let broken = super::broken_rules(
        &badge,
        crate::credential::DocumentKind::Badge,
        &samples::settings(),
        samples::now(),
    );
    let texts: Vec<String> = broken.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        ["Every required member is there.\n  /validFrom is missing"]
    );
}

/// Whatever somebody writes, the rules answer, and the answer is not too long.
#[test]
fn strange_drafts_get_an_answer() {
    for text in [
        r#"{"type":"OpenBadgeCredential"}"#,
        r#"{"type":"OpenBadgeCredential","credentialSubject":7,"issuer":[],"@context":{}}"#,
        r#"{"type":["EndorsementCredential",{}],"proof":[[[]]],"endorsement":[[{}]]}"#,
        r#"{"type":"BitstringStatusListCredential","credentialSubject":[{"encodedList":[]}]}"#,
    ] {
        let draft = crate::issue::Draft::parse(text.as_bytes()).expect("a draft");
        let broken = crate::issue::lint(draft, &samples::settings(), samples::now())
            .expect_err("nothing is right");
        assert!(broken.len() > 3, "{text}: {broken:?}");
    }
}
