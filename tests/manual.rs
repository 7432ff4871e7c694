//! The manual says what the code does, as far as a test can tell.

#![expect(clippy::expect_used, reason = "test code")]

use std::collections::BTreeSet;
use std::path::Path;

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).expect("a file");
            let code = text
                .split("#[cfg(test)]\nmod tests")
                .next()
                .unwrap_or_default();
            found.push(code.to_owned());
        }
    }
}

/// The string literal that comes first in `text`, white space apart.
fn literal(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix('"')?.split('"').next()
}

/// Codes are made by these calls, and only there.
const CALLS: [&str; 5] = [
    "Finding::fails(",
    "Finding::unknown(",
    "Finding::not_applicable(",
    "Finding::not_reached(",
    "report.note(",
];

#[test]
fn every_code_is_in_the_list_of_errors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = std::fs::read_to_string(root.join("src/manual/errors.md")).expect("the list");
    let listed: BTreeSet<&str> = list
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let mut texts = Vec::new();
    sources(&root.join("src"), &mut texts);
    let mut codes = BTreeSet::new();
    for text in &texts {
        for call in CALLS {
            codes.extend(text.split(call).skip(1).filter_map(literal));
        }
    }
    assert!(codes.len() > 60, "the codes were not found");
    let missing: Vec<_> = codes
        .iter()
        .filter(|code| !listed.contains(*code))
        .collect();
    assert!(
        missing.is_empty(),
        "not in src/manual/errors.md: {missing:?}"
    );
}

#[test]
fn every_file_that_the_readme_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the README");
    for name in readme.split('`').skip(1).step_by(2) {
        let is_path = ["src/", "tests/", "schemas/", "fuzz/", "benches/", ".ci/"]
            .iter()
            .any(|folder| name.starts_with(folder));
        if is_path && !name.contains([' ', '*']) {
            assert!(root.join(name).exists(), "{name}");
        }
    }
}

#[test]
fn every_test_that_the_manual_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for entry in std::fs::read_dir(root.join("src/manual")).expect("the manual") {
        let page = entry.expect("a page").path();
        if page.extension().is_none_or(|kind| kind != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&page).expect("a page");
        for name in text.split('`').skip(1).step_by(2) {
            let Some((file, test)) = name.split_once(".rs::") else {
                continue;
            };
            let source = std::fs::read_to_string(root.join(file).with_extension("rs"));
            let test = test.rsplit("::").next().unwrap_or(test);
            assert!(
                source.is_ok_and(|source| source.contains(&format!("fn {test}("))),
                "{name} in {}",
                page.display()
            );
            seen += 1;
        }
    }
    assert!(seen > 40, "the manual was not read");
}

#[test]
fn every_problem_of_the_api_is_in_its_table() {
    use countersign::edge::problem::Code;
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/manual/api.md");
    let page = std::fs::read_to_string(page).expect("the page");
    let listed: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    let known: Vec<String> = Code::ALL
        .iter()
        .map(|code| format!("| `{}` | {} | {}. |", code.name, code.status, code.title))
        .collect();
    assert_eq!(listed, known);
}
