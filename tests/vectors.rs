//! Our own test vectors: cases with the verdict that is right.
//!
//! `REGENERATE_VECTORS=1 cargo test --test vectors` writes them anew; without
//! it the files under `tests/vectors` must be what the generator makes, and the
//! library must give every expected verdict. `known.toml` lists where it does
//! not yet.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    unreachable_pub,
    reason = "one test binary of several files; a test that cannot go on has failed"
)]

#[path = "vectors/make/mod.rs"]
mod make;

use make::case::{Case, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// Every file of every case, by its path.
fn made() -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for case in make::all() {
        let folder = case.folder();
        for (path, bytes) in case.files() {
            let earlier = files.insert(Path::new(&folder).join(path), bytes);
            assert!(earlier.is_none(), "{folder} is made twice");
        }
    }
    files
}

fn write(home: &Path, files: &BTreeMap<PathBuf, Vec<u8>>) {
    for (path, bytes) in files {
        let path = home.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
        fs::write(path, bytes).expect("files can be written");
    }
}

/// The folders that are cases.
fn folders() -> Vec<PathBuf> {
    let is_case = |path: &PathBuf| path.join("expect.toml").is_file();
    let entries = fs::read_dir(home()).expect("tests/vectors");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(is_case)
        .collect();
    folders.sort();
    folders
}

fn files_below(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.insert(path.strip_prefix(home()).expect("below").to_owned());
        }
    }
}

/// Once, before any test looks at the files.
fn regenerate_if_asked() {
    static ASKED: Once = Once::new();
    ASKED.call_once(|| {
        if std::env::var_os("REGENERATE_VECTORS").is_some() {
            for folder in folders() {
                fs::remove_dir_all(folder).expect("old cases can be removed");
            }
            write(&home(), &made());
        }
    });
}

#[test]
fn the_files_are_those_that_the_generator_makes() {
    regenerate_if_asked();
    let made = made();
    let mut found = BTreeSet::new();
    for folder in folders() {
        files_below(&folder, &mut found);
    }
    for (path, bytes) in &made {
        let same = fs::read(home().join(path)).is_ok_and(|there| there == *bytes);
        assert!(same, "{} differs; see the top of this file", path.display());
        found.remove(path);
    }
    assert!(found.is_empty(), "no case makes {found:?}");
}

/// Runs `countersign vectors`; returns whether all pass, and what it said.
fn run(folder: &Path) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .arg("vectors")
        .arg(folder)
        .output()
        .expect("the command runs");
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

#[test]
fn every_verdict_is_the_expected_one() {
    regenerate_if_asked();
    let (all_pass, said) = run(&home());
    assert!(all_pass, "{said}");
}

#[test]
fn most_cases_are_not_accepted() {
    let cases = make::all();
    let accepted = cases
        .iter()
        .filter(|case| case.verdict == Verdict::Accept)
        .count();
    assert!(
        cases.len() >= 150 && accepted * 3 <= cases.len(),
        "{accepted} of {}",
        cases.len()
    );
}

#[expect(dead_code, reason = "later")]
fn later(_: Case) {}
