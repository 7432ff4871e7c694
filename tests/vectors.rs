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
    clippy::too_many_lines,
    unreachable_pub,
    reason = "one test binary of several files; tables of cases; a test that cannot go on has failed"
)]

#[path = "vectors/make/mod.rs"]
mod make;

use make::case::{Case, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
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

/// What `countersign vectors` said, and whether all cases pass.
struct Answer {
    all_pass: bool,
    came_to_an_end: bool,
    said: String,
}

/// Runs `countersign vectors`, which has to come to an end soon.
fn run(folder: &Path) -> Answer {
    const TENTHS_OF_A_SECOND: u32 = 300;
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .arg("vectors")
        .arg(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    for _ in 0..TENTHS_OF_A_SECOND {
        if command.try_wait().expect("a child of ours").is_some() {
            let output = command.wait_with_output().expect("what it said");
            let said = [output.stdout, output.stderr].concat();
            return Answer {
                all_pass: output.status.success(),
                came_to_an_end: true,
                said: String::from_utf8_lossy(&said).into_owned(),
            };
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    command.kill().expect("a child of ours");
    Answer {
        all_pass: false,
        came_to_an_end: false,
        said: format!("{} does not come to an end", folder.display()),
    }
}

/// A folder of the tests' own.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn write_case(home: &Path, case: &Case) {
    let folder = PathBuf::from(case.folder());
    let files = case.files().into_iter();
    write(
        home,
        &files
            .map(|(path, bytes)| (folder.join(path), bytes))
            .collect(),
    );
}

#[test]
fn every_verdict_is_the_expected_one() {
    regenerate_if_asked();
    let answer = run(&home());
    assert!(answer.all_pass, "{}", answer.said);
}

#[test]
fn every_verdict_on_a_large_case_is_the_expected_one() {
    let mut wrong = String::new();
    for case in make::large::cases() {
        let home = scratch(&format!("large/{}", case.folder()));
        write_case(&home, &case);
        let known = make::large::known(&case.folder());
        if let Some(reason) = known {
            let line = format!("{} = {}\n", case.folder(), toml::Value::from(reason));
            fs::write(home.join("known.toml"), line).expect("a file");
        }
        let answer = run(&home);
        let known_to_hang = known.is_some() && !answer.came_to_an_end;
        if !answer.all_pass && !known_to_hang {
            wrong += &answer.said;
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn most_cases_are_not_accepted() {
    let cases = make::all();
    let accepted = cases
        .iter()
        .filter(|case| case.verdict == Verdict::Accept)
        .count();
    assert!(cases.len() >= 150, "{}", cases.len());
    assert!(accepted * 3 <= cases.len(), "{accepted} of {}", cases.len());
}

/// For every check a case for each way it can end. A schema is not fetched, a
/// key's state is known once the key is, and dates are in the badge: these have
/// no case for what cannot happen.
#[test]
fn every_check_ends_in_every_way_somewhere() {
    let cases = make::all();
    let ends: BTreeSet<(&str, &str)> = cases.iter().flat_map(Case::ends).collect();
    for (check, states) in [
        ("format", "fails unknown"),
        ("contexts", "fails unknown"),
        ("terms", "holds fails unknown"),
        ("shape", "holds fails"),
        ("schema", "holds not_applicable"),
        ("proof", "holds fails unknown not_reached"),
        ("issuer", "holds fails unknown not_reached"),
        ("key", "holds fails"),
        ("refresh", "holds unknown not_applicable not_reached"),
        ("status", "holds fails unknown not_applicable"),
        ("dates", "holds fails"),
        ("person", "holds fails unknown not_reached"),
        ("endorsements", "holds fails unknown not_applicable"),
        ("recognition", "holds fails unknown not_reached"),
    ] {
        for state in states.split(' ') {
            assert!(
                ends.contains(&(check, state)),
                "no case where {check} {state}"
            );
        }
    }
}

#[test]
fn every_choice_that_is_cited_is_written_down() {
    let manual = include_str!("../src/manual/choices.md");
    let plain = |text: &str| text.replace(['`', '"', '#'], "").trim().to_owned();
    let written: BTreeSet<String> = manual
        .lines()
        .filter(|line| line.starts_with("##"))
        .map(plain)
        .collect();
    for case in make::all().iter().chain(&make::large::cases()) {
        for part in case.citation().split(';') {
            let Some(choice) = part.trim().strip_prefix("Choices, ") else {
                continue;
            };
            let choice = plain(choice.split(':').next().unwrap_or_default());
            assert!(written.contains(&choice), "{}: {choice}", case.folder());
        }
    }
}

/// The runner would be worth nothing if it let everything pass.
#[test]
fn a_wrong_expectation_fails() {
    let good = make::all().swap_remove(0);
    for (from, to, said) in [
        ("exit = 0", "exit = 2", "exit: expected 2, found 0"),
        (
            "proof = \"holds ok\"",
            "proof = \"fails\"",
            "proof: expected fails, found holds ok",
        ),
        (
            "[findings]",
            "notes = [\"refreshed\"]\n\n[findings]",
            "the note refreshed is missing",
        ),
        (
            "[findings]",
            "[findings]\nsmell = \"holds\"",
            "no check `smell`",
        ),
        (
            "[findings]",
            "[not]\ndates = \"holds\"\n\n[findings]",
            "dates: must not be holds",
        ),
        (
            "[findings]",
            "[shown]\nname = \"Diploma\"\n\n[findings]",
            "name: expected Diploma",
        ),
        (
            "outcome = \"current\"",
            "outcome = \"expired\"",
            "outcome: expected expired",
        ),
        (
            "outcome = \"current\"",
            "outcom = \"current\"",
            "unknown field `outcom`",
        ),
        ("proofs = [\"holds ok\"]", "proofs = []", "proofs: expected"),
        ("why = ", "why = \"\"\n# ", "must say something"),
        ("at = \"2026", "at = \"later 2026", "`at` is not a moment"),
    ] {
        let home = scratch("wrong");
        write_case(&home, &good);
        let path = home.join(good.folder()).join("expect.toml");
        let text = fs::read_to_string(&path).expect("expect.toml");
        assert!(text.contains(from), "{from} is not in {text}");
        fs::write(&path, text.replacen(from, to, 1)).expect("a file");
        let answer = run(&home);
        assert!(!answer.all_pass, "{to}");
        assert!(answer.said.contains(said), "{said}: {}", answer.said);
    }
}

#[test]
fn a_folder_that_is_not_in_order_fails() {
    let good = make::all().swap_remove(0);
    let check = |change: &dyn Fn(&Path), said: &str| {
        let home = scratch("order");
        write_case(&home, &good);
        change(&home);
        let answer = run(&home);
        assert!(!answer.all_pass, "{said}");
        assert!(answer.said.contains(said), "{said}: {}", answer.said);
    };
    let case = good.folder();
    let remove = |path: PathBuf| fs::remove_file(path).expect("a file");
    let listed = |home: &Path, name: &str| {
        fs::write(home.join("known.toml"), format!("{name} = \"slow\"\n")).expect("a file");
    };
    check(
        &|home| remove(home.join(&case).join("badge.json")),
        "there is no input",
    );
    check(
        &|home| remove(home.join(&case).join("expect.toml")),
        "expect.toml cannot be read",
    );
    check(
        &|home| fs::write(home.join(&case).join("badge.jwt"), "x").expect("a file"),
        "more than one input",
    );
    check(
        &|home| fs::rename(home.join(&case), home.join("other_reject")).expect("a folder"),
        "verdict: expected reject, found accept",
    );
    check(
        &|home| fs::rename(home.join(&case), home.join("other_acept")).expect("a folder"),
        "does not end in accept, reject or undecided",
    );
    check(
        &|home| fs::remove_dir_all(home.join(&case)).expect("a folder"),
        "there is no case in it",
    );
    check(&|home| listed(home, &case), "lists it, but it passes");
    check(
        &|home| listed(home, "gone_accept"),
        "lists it, but it is not there",
    );
    check(
        &|home| fs::write(home.join("known.toml"), "x").expect("a file"),
        "known.toml",
    );
    check(
        &|home| fs::write(home.join(&case).join("trust.json"), "{}").expect("a file"),
        "the trust file",
    );
}

#[test]
fn a_case_known_to_fail_is_counted_apart() {
    let good = make::all().swap_remove(0);
    let home = scratch("known");
    write_case(&home, &good);
    fs::rename(home.join(good.folder()), home.join("other_reject")).expect("a folder");
    fs::write(home.join("known.toml"), "other_reject = \"not yet\"\n").expect("a file");
    let answer = run(&home);
    assert!(answer.all_pass, "{}", answer.said);
    assert_eq!(answer.said, "0 passed, 0 failed, 1 known to fail\n");
}
