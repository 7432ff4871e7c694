//! The sample and the manual say what the fields say.

use super::problem::Problem;
use super::{Config, Field, Overrides, Problems, SAMPLE, fields, file, show};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

const MANUAL: &str = include_str!("../manual/operating.md");

const BASE_URL: (&str, &str) = ("COUNTERSIGN_HTTP_BASE_URL", "https://badges.example");

fn variables(pairs: &[(&str, &str)]) -> Vec<(OsString, OsString)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect()
}

/// What a text of settings comes to.
fn load(name: &str, text: &str, pairs: &[(&str, &str)]) -> Result<Config, Problems> {
    let path = written(name, text);
    let overrides = Overrides {
        config: Some(path.clone()),
        ..Overrides::default()
    };
    let outcome = Config::load(&overrides, variables(pairs));
    drop(std::fs::remove_file(path));
    outcome
}

fn written(name: &str, text: &str) -> PathBuf {
    let name = format!("countersign-sample-{}-{name}.toml", std::process::id());
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, text).expect("a file");
    path
}

/// The line of a field in the sample, and the comment above it.
fn in_sample(field: &Field) -> Option<(&'static str, String)> {
    let section = match field.section {
        "" => SAMPLE,
        name => SAMPLE.split(&format!("\n[{name}]\n")).nth(1)?,
    };
    let section = section.split("\n[").next()?;
    let starts = [
        format!("{} = ", field.key),
        format!("# {} = ", field.key),
        format!("# {}=", field.variable()),
    ];
    let is_it = |line: &&str| starts.iter().any(|start| line.starts_with(start));
    let line = section.lines().find(is_it)?;
    let above = section.split(&format!("\n{line}")).next()?;
    let comment = above.rsplit("\n\n").next()?.trim();
    let words: Vec<&str> = comment
        .lines()
        .map(|line| line.trim_start_matches("# "))
        .collect();
    Some((line, words.join(" ")))
}

#[test]
fn every_setting_is_in_the_sample_with_its_meaning_and_its_default() {
    for field in fields() {
        let name = field.name();
        let (line, comment) = in_sample(&field).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(comment, field.sentence(), "{name}");
        let expected = match (field.default, field.is_secret()) {
            (_, true) => line.starts_with(&format!("# {}=", field.variable())),
            ("", false) => line.starts_with(&format!("# {} = ", field.key)),
            (default, false) => {
                let plain = line.replace('"', "");
                plain == format!("{} = {default}", field.key)
            }
        };
        assert!(expected, "{name}: {line}");
    }
}

#[test]
fn the_sample_is_the_defaults() {
    let sample = load("defaults", SAMPLE, &[BASE_URL]).expect("settings");
    let none = load("none", "", &[BASE_URL]).expect("settings");
    assert_eq!(sample, none);
}

#[test]
fn the_sample_names_nothing_that_is_no_setting() {
    let mut problems: Vec<Problem> = Vec::new();
    let values = file::parse(Path::new("sample"), SAMPLE, &fields(), &mut problems);
    assert!(problems.is_empty(), "{problems:#?}");
    let with_default = fields()
        .iter()
        .filter(|field| !field.default.is_empty())
        .count();
    assert_eq!(values.len(), with_default);
}

#[test]
fn every_example_in_the_sample_is_fine() {
    for field in fields() {
        let Some((line, _)) = in_sample(&field) else {
            panic!("{}", field.name());
        };
        let Some(example) = line.strip_prefix("# ").filter(|_| !field.is_secret()) else {
            continue;
        };
        let text = SAMPLE.replace(line, example);
        let pairs = if field.key == "base_url" {
            &[][..]
        } else {
            &[BASE_URL][..]
        };
        let outcome = load(field.key, &text, pairs);
        assert!(outcome.is_ok(), "{example}: {outcome:?}");
    }
}

#[test]
fn every_setting_is_in_the_table_of_the_manual() {
    let rows: Vec<String> = fields()
        .iter()
        .map(|field| {
            let default = match field.default {
                "" => "not set".to_owned(),
                text => format!("`{text}`"),
            };
            let (name, variable) = (field.name(), field.variable());
            format!(
                "| `{name}` | {default} | `{variable}` | {} |",
                field.sentence()
            )
        })
        .collect();
    let missing: Vec<&String> = rows.iter().filter(|row| !MANUAL.contains(*row)).collect();
    assert!(
        missing.is_empty(),
        "not in src/manual/operating.md: {missing:#?}"
    );
    let written = MANUAL.matches("| `COUNTERSIGN_").count();
    assert_eq!(
        written,
        rows.len(),
        "the manual lists settings that are none"
    );
}

#[test]
fn no_two_settings_share_a_variable() {
    let mut names: Vec<String> = fields().iter().map(Field::variable).collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
    assert!(!names.contains(&"COUNTERSIGN_CONFIG".to_owned()));
}

#[test]
fn what_is_shown_can_be_read_again_and_hides_secrets() {
    const CANARY: &str = "canary-71aa";
    let pairs = [
        BASE_URL,
        ("COUNTERSIGN_KEYS_PASSPHRASE", CANARY),
        ("COUNTERSIGN_HTTP_TRUSTED_PROXIES", "::1,10.0.0.0/8"),
        ("COUNTERSIGN_HTTP_WORKERS", "3"),
        (
            "COUNTERSIGN_FETCH_CONTACT",
            "https://badges.example/\"a\"#b",
        ),
    ];
    let text = show(&Overrides::default(), variables(&pairs)).expect("settings");
    assert!(
        !text.contains(CANARY) && text.contains("# passphrase = \"***\""),
        "{text}"
    );
    assert!(
        text.contains("workers = 3  # variable COUNTERSIGN_HTTP_WORKERS"),
        "{text}"
    );
    let shown = load("shown", &text, &[]).expect("settings");
    let given = Config::load(&Overrides::default(), variables(&pairs)).expect("settings");
    assert_eq!(shown, given);
}

#[test]
fn unknown_names_are_not_shown_over() {
    let pairs = variables(&[("COUNTERSIGN_HTTP_LISTNE", "x")]);
    assert!(show(&Overrides::default(), pairs).is_err());
}
