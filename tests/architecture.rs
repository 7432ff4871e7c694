//! The shape of the source: rows, purity, headers, sizes.
//!
//! What a rule finds is excused in [`EXCUSED`] or fails. The violations in
//! `planted` show that each rule can fail.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it stands"
)]

#[path = "architecture/names.rs"]
mod names;
#[path = "architecture/planted.rs"]
mod planted;

use names::{Reader, Scope};
use std::fs;
use std::path::Path;

/// A file names modules on lower rows only; in the first [`SHARED_ROWS`] also
/// on its own.
const ROWS: [&[&str]; 9] = [
    &["clock", "limits", "text", "json", "manual"],
    &["credential", "canon", "keys", "status", "access"],
    &["proof", "did", "trust"],
    &["verify", "issue", "bake", "picture"],
    &["net", "store", "config", "hardware"],
    &["edge"],
    &["http", "web", "jobs"],
    &["app"],
    &["cli"],
];
const SHARED_ROWS: usize = 4;

/// What pure rows never name: the same paths in, the same answer out.
const IMPURE: &[&str] = &[
    "diesel",
    "actix_web",
    "reqwest",
    "tokio",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "SystemTime::now",
    "Instant::now",
    "now_utc",
    "rand",
    "OsRng",
    "SystemRandom",
    "thread_rng",
];

/// What only the fetcher names: nothing else opens connections (SEC-01).
const CONNECTING: &[&str] = &["TcpStream", "hyper", "hyper_util", "tokio_rustls"];

const MOST_LINES: usize = 500;

/// (file, what the finding says, why it may stay). An excuse without a finding
/// fails.
const EXCUSED: &[(&str, &str, &str)] = &[
    (
        "src/keys/secret.rs",
        "SystemRandom",
        "RSA keys are made by a library that takes no generator but its own",
    ),
    (
        "src/cli/demo/client.rs",
        "only the fetcher opens connections",
        "the demo asks its own two nodes on loopback, and nobody else",
    ),
];

/// Written in two pieces, so that this file may be checked too.
const TO_DO: &str = concat!("TO", "DO");
const IGNORED: &str = concat!("#[ig", "nore");
/// Where one machine keeps things, and where packages come from.
const PLACES: [&str; 5] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("registry.npm", "js.org"),
    concat!("static.cr", "ates.io"),
    concat!("index.cr", "ates.io"),
];

/// Folders that are no part of the source.
const NOT_SOURCE: &[&str] = &[
    ".git",
    "target",
    "node_modules",
    "corpus",
    "artifacts",
    "coverage",
];

/// `src/bake/png/mod.rs` is the module `bake::png`; `src/lib.rs` has no name.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    let path = path.strip_prefix("src/").unwrap_or(path);
    // The manual is prose: like the crate's own page it may name anything.
    let is_root = matches!(path, "lib" | "main" | "manual");
    path.split('/')
        .filter(|_| !is_root)
        .map(str::to_owned)
        .collect()
}

/// The path from the crate's root, if it leads to one of our modules.
fn resolve(path: &[String], module: &[String]) -> Option<Vec<String>> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    match path.first()?.as_str() {
        "crate" | "countersign" => Some(path[1..].to_vec()),
        "self" => Some([module, &path[1..]].concat()),
        "super" => Some([&module[..module.len().saturating_sub(ups)], &path[ups..]].concat()),
        _ => None,
    }
}

fn row_of(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

fn is_impure(path: &[String], impure: &str) -> bool {
    let parts: Vec<&str> = impure.split("::").collect();
    path.len() > 1 && path.windows(parts.len()).any(|window| window == parts)
}

fn read(file: &str, text: &str, is_test: bool) -> Reader {
    let module = module_of(file);
    Reader::of(
        text,
        &Scope {
            module,
            is_test,
            is_reexport: false,
        },
    )
}

/// What is wrong with one file of `src`.
fn findings(file: &str, text: &str, is_test: bool) -> Vec<String> {
    let mut found = Vec::new();
    if !text.starts_with("//!") && !text.starts_with("// Generated") {
        found.push(format!("{file}: it has no header"));
    }
    match module_of(file).first() {
        Some(top) if row_of(top).is_none() => found.push(format!("{file}: {top} has no row")),
        _ => {}
    }
    for (path, scope) in &read(file, text, is_test).named {
        if let Some(what) = judge(file, path, scope) {
            found.push(format!("{file}: {what}: {}", path.join("::")));
        }
    }
    found
}

/// What is wrong with one name in a file that has a row.
fn judge(file: &str, path: &[String], scope: &Scope) -> Option<&'static str> {
    let top = scope.module.first()?;
    let row = row_of(top)?;
    if !scope.is_test && path.len() > 2 && path[..3].iter().all(|part| part == "super") {
        return Some("it climbs more than two levels");
    }
    if scope.is_reexport && !file.ends_with("/mod.rs") {
        return Some("only mod.rs passes names on");
    }
    if row < SHARED_ROWS && !scope.is_test && IMPURE.iter().any(|impure| is_impure(path, impure)) {
        return Some("a pure row names it");
    }
    let connects = CONNECTING.iter().any(|name| is_impure(path, name));
    if connects && top != "net" && !scope.is_test {
        return Some("only the fetcher opens connections");
    }
    let target = resolve(path, &scope.module)?;
    let other = target.first().filter(|other| *other != top)?;
    match row_of(other) {
        None => Some("it has no row"),
        Some(_) if scope.is_reexport => Some("a neighbour's name is passed on"),
        Some(level) if level > row => Some("it is on a higher row"),
        Some(level) if level == row && row >= SHARED_ROWS => Some("it is a neighbour"),
        Some(_) => None,
    }
}

/// What is wrong with the text of any Rust file.
fn habits(file: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if text.lines().count() > MOST_LINES {
        found.push(format!("{file}: it has more than {MOST_LINES} lines"));
    }
    let mut notes = text.split(TO_DO).skip(1);
    if notes.any(|after| !after.starts_with("(#")) {
        found.push(format!("{file}: something is to be done without an issue"));
    }
    if text.contains(IGNORED) {
        found.push(format!("{file}: a test is ignored"));
    }
    found
}

/// The places that any file names.
fn places(file: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for place in PLACES {
        let is_named = |(at, _): (usize, &str)| {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            !before.is_alphanumeric() && !matches!(before, '.' | '-' | '_' | '}' | ')')
        };
        if text.match_indices(place).any(is_named) {
            found.push(format!("{file}: it names a machine or a registry: {place}"));
        }
    }
    found
}

/// Every file of the project with its text, by its path from the top.
fn files() -> Vec<(String, String)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut found, mut folders) = (Vec::new(), vec![top.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if NOT_SOURCE.iter().any(|other| path.ends_with(other)) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).expect("a file");
            let name = path.strip_prefix(top).expect("below the top");
            found.push((
                name.to_string_lossy().into_owned(),
                String::from_utf8_lossy(&bytes).into_owned(),
            ));
        }
    }
    found
}

/// Everything that is wrong, and how many files of `src` were looked at.
fn survey(files: &[(String, String)]) -> (Vec<String>, usize) {
    let rust: Vec<_> = files
        .iter()
        .filter(|(file, _)| file.ends_with(".rs"))
        .collect();
    let source: Vec<_> = rust
        .iter()
        .filter(|(file, _)| file.starts_with("src/"))
        .collect();
    let for_tests: Vec<_> = source
        .iter()
        .flat_map(|(file, text)| read(file, text, false).test_modules)
        .collect();
    let mut found = Vec::new();
    for (file, text) in &source {
        let module = module_of(file);
        let is_test = for_tests
            .iter()
            .any(|declared| module.starts_with(declared));
        found.extend(findings(file, text, is_test));
    }
    found.extend(rust.iter().flat_map(|(file, text)| habits(file, text)));
    found.extend(files.iter().flat_map(|(file, text)| places(file, text)));
    (found, source.len())
}

#[test]
fn the_source_keeps_its_shape() {
    let (mut found, looked_at) = survey(&files());
    for (file, what, why) in EXCUSED {
        let before = found.len();
        found.retain(|finding| !(finding.starts_with(file) && finding.contains(what)));
        assert!(
            found.len() < before,
            "there is nothing to excuse in {file}: {what} ({why})"
        );
    }
    assert!(looked_at > 40, "the source was not found");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
