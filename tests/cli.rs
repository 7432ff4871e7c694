//! The command line end to end: what it prints, and how it exits.

#![expect(clippy::expect_used, reason = "test code")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(arguments)
        .output()
        .expect("the command runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// One line on standard error and nothing on standard output.
#[track_caller]
fn fails_with(arguments: &[&str], expected: i32, line: &str) {
    let output = run(arguments);
    let said = text(&output.stderr);
    assert_eq!(code(&output), expected, "{arguments:?}: {said}");
    assert_eq!(said.lines().count(), 1, "{arguments:?}: {said}");
    assert!(said.contains(line), "{arguments:?}: {said}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
}

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

#[test]
fn a_wrong_call_is_one_line_and_64() {
    fails_with(&[], 64, "");
    fails_with(&["destroy"], 64, "destroy");
    fails_with(&["check"], 64, "INPUT");
    fails_with(&["check", "--at", "yesterday", "x.json"], 64, "with a zone");
    for address in [
        "http://badges.example.org/c/1",
        "https://127.0.0.1/c/1",
        "https://badges.example.org:8443/c/1",
        "https://somebody@badges.example.org/c/1",
        "https://intranet/c/1",
    ] {
        fails_with(&["check", address], 64, "only plain https addresses");
    }
    fails_with(&["key", "new"], 64, "output");
    fails_with(&["key", "new", "--type", "dsa", "-o", "x"], 64, "dsa");
}

#[test]
fn an_unreadable_file_is_one_line_and_66() {
    fails_with(&["check", "no/such/file.json"], 66, "there is no such file");
    fails_with(&["check", "src"], 66, "cannot read src");
    fails_with(
        &["check", "--documents", "no/such/folder", "Cargo.toml"],
        66,
        "no such folder",
    );
    fails_with(
        &["check", "--trust", "Cargo.toml", "Cargo.toml"],
        66,
        "Cargo.toml",
    );
    fails_with(
        &["bake", "no.png", "no.json", "-o", "out.png"],
        66,
        "no.png",
    );
}

#[test]
fn help_shows_examples_and_exits_well() {
    for arguments in [
        &["--help"][..],
        &["check", "--help"],
        &["key", "new", "--help"],
        &["help", "bake"],
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), 0, "{arguments:?}");
        assert!(text(&output.stdout).contains("Example"), "{arguments:?}");
    }
    assert!(text(&run(&["--version"]).stdout).starts_with("countersign "));
}

#[test]
fn completion_scripts_name_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let output = run(&["completion", shell]);
        assert_eq!(code(&output), 0);
        assert!(text(&output.stdout).contains("unbake"), "{shell}");
    }
}

#[test]
fn keys_are_written_once_and_for_their_owner_only() {
    let folder = scratch("keys");
    let key = folder.join("a.key");
    let output = run(&["key", "new", "-o", path(&key)]);
    assert_eq!(code(&output), 0);
    let said = text(&output.stdout);
    assert!(
        said.contains("did:key:z6Mk") && said.contains("multikey"),
        "{said}"
    );
    let pem = std::fs::read_to_string(&key).expect("a key");
    assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&key)
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    fails_with(
        &["key", "new", "-o", path(&key)],
        73,
        "the file is there already",
    );
    assert_eq!(std::fs::read_to_string(&key).expect("a key"), pem);
}

#[test]
fn what_is_no_badge_is_3_and_what_is_broken_is_2() {
    let folder = scratch("inputs");
    for (content, expected, outcome) in [
        ("", 3, "no-badge-found"),
        ("hello", 3, "no-badge-found"),
        ("{\"hello\":1}", 3, "no-badge-found"),
        ("[]", 3, "no-badge-found"),
        ("{\"a\":1,\"a\":2}", 2, "changed"),
        (
            "{\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"]}",
            2,
            "changed",
        ),
        ("\u{feff}{}", 2, "changed"),
    ] {
        let file = folder.join("input.json");
        std::fs::write(&file, content).expect("a file");
        let output = run(&["check", "--json", path(&file)]);
        assert_eq!(code(&output), expected, "{content}");
        assert!(
            text(&output.stdout).contains(&format!("\"outcome\": \"{outcome}\"")),
            "{content}"
        );
    }
    std::fs::write(folder.join("deep.json"), "[".repeat(50_000)).expect("a file");
    let output = run(&["check", path(&folder.join("deep.json"))]);
    assert_eq!(code(&output), 3);
    assert!(text(&output.stdout).contains("too complex to check safely"));
}

#[test]
fn of_several_inputs_the_worst_counts() {
    let folder = scratch("several");
    let (nothing, broken) = (folder.join("a.json"), folder.join("b.json"));
    std::fs::write(&nothing, "{}").expect("a file");
    std::fs::write(&broken, "{\"proof\":{}}").expect("a file");
    assert_eq!(code(&run(&["check", path(&nothing), path(&broken)])), 2);
    let output = run(&["check", "--json", path(&nothing), path(&broken)]);
    assert!(text(&output.stdout).starts_with('['));
    let output = run(&["check", path(&nothing), "no/such/file"]);
    assert_eq!(code(&output), 66);
    assert!(
        text(&output.stdout).contains("could not find a badge"),
        "the others are still checked"
    );
}

/// The command with these variables and no others.
fn configured(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(arguments)
        .env_clear()
        .envs(variables.iter().copied())
        .output()
        .expect("the command runs")
}

#[test]
fn a_good_configuration_is_summed_up() {
    let folder = scratch("config-good");
    let data = path(&folder);
    let output = configured(
        &[
            "config",
            "check",
            "--data",
            data,
            "--base-url",
            "https://badges.example/",
        ],
        &[("COUNTERSIGN_HTTP_METRICS", "127.0.0.1:9090")],
    );
    let said = text(&output.stdout);
    assert_eq!(code(&output), 0, "{said}");
    assert!(said.starts_with("The configuration is fine.\n"), "{said}");
    for line in [
        "Address      https://badges.example\n",
        "Metrics on   127.0.0.1:9090\n",
    ] {
        assert!(said.contains(line), "{said}");
    }
    assert!(output.stderr.is_empty());
    let dev = configured(&["config", "check", "--data", data, "--dev"], &[]);
    assert_eq!(code(&dev), 0);
    assert!(text(&dev.stdout).contains("http://localhost:8080"));
}

#[test]
fn every_problem_of_a_configuration_is_told_with_78() {
    let folder = scratch("config-bad");
    let file = folder.join("countersign.toml");
    std::fs::write(
        &file,
        "[http]\nlisten = \"here\"\nlisen = 1\n[logs]\nlevel = 3\n",
    )
    .expect("a file");
    let output = configured(
        &["config", "check", "--config", path(&file)],
        &[("COUNTERSIGN_FETCH_EXCEPTIONS", "localhost:8081")],
    );
    let said = text(&output.stdout);
    assert_eq!(code(&output), 78, "{said}");
    for problem in [
        "http.listen (",
        "line 2): it is \"here\". Write an address",
        "http.lisen (",
        "line 3): there is no such setting",
        "logs.level (",
        "http.base_url (default): it is not set",
        "fetch.exceptions (variable COUNTERSIGN_FETCH_EXCEPTIONS): exceptions are refused",
        "There are 5 problems.",
    ] {
        assert!(said.contains(problem), "{problem}\n{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_master_key_that_others_may_read_is_told_with_78() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = scratch("config-modes");
    let key = folder.join("master.key");
    std::fs::write(&key, "secret-canary").expect("a file");
    let arguments = [
        "config",
        "check",
        "--data",
        path(&folder),
        "--base-url",
        "https://badges.example",
    ];
    for (mode, expected) in [(0o644, 78), (0o640, 78), (0o600, 0)] {
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(mode)).expect("a mode");
        let output = configured(&arguments, &[]);
        let said = text(&output.stdout);
        assert_eq!(code(&output), expected, "{mode:o}: {said}");
        assert_eq!(said.contains("chmod 600"), expected == 78, "{said}");
        assert!(!said.contains("canary"), "{said}");
    }
}

#[test]
fn no_secret_is_shown() {
    const CANARY: &str = "canary-0c41";
    let folder = scratch("config-show");
    let variables = [
        ("COUNTERSIGN_KEYS_MASTER_KEY", "passphrase"),
        ("COUNTERSIGN_KEYS_PASSPHRASE", CANARY),
        ("COUNTERSIGN_HTTP_BASE_URL", "https://badges.example"),
    ];
    let data = ["--data", path(&folder)];
    for command in ["show", "check"] {
        let output = configured(&["config", command, data[0], data[1]], &variables);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert_eq!(code(&output), 0, "{said}");
        assert!(!said.contains(CANARY), "{said}");
    }
    let shown = configured(&["config", "show", data[0], data[1]], &variables);
    assert!(text(&shown.stdout).contains("# passphrase = \"***\""));
}

#[test]
fn the_sample_is_a_configuration() {
    let folder = scratch("config-sample");
    let sample = run(&["config", "sample"]);
    assert_eq!(code(&sample), 0);
    let file = folder.join("countersign.toml");
    std::fs::write(&file, &sample.stdout).expect("a file");
    let output = configured(
        &[
            "config",
            "check",
            "--config",
            path(&file),
            "--base-url",
            "https://badges.example",
        ],
        &[],
    );
    assert_eq!(code(&output), 0, "{}", text(&output.stdout));
}
