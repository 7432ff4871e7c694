//! The commands that administer a node's data, end to end.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it stands"
)]

use countersign::app::{self, Opened};
use countersign::config::{Config, Overrides};
use countersign::edge::designs::{self, Design};
use countersign::edge::idempotency::Once;
use countersign::edge::issuing::{self, Order};
use countersign::edge::keys as making;
use countersign::json;
use countersign::store::audit;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};

const BASE: &str = "http://localhost:18081";

/// One test at a time: a process that another test is just starting would hold
/// this one's lock files for a moment.
static ALONE: Mutex<()> = Mutex::new(());

/// A folder, and what is done to the node in it.
struct Node {
    folder: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

impl Node {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self {
            folder,
            _alone: ALONE.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    fn with_council(name: &str) -> Self {
        let node = Self::new(name);
        node.done(&[
            "issuer",
            "add",
            "northmarch",
            "--name",
            "Northmarch",
            "--root",
        ]);
        node
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args(arguments)
            .args(["--dev", "--base-url", BASE, "--data"])
            .arg(&self.folder)
            .env_clear()
            .output()
            .expect("the command runs")
    }

    #[track_caller]
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let wrong = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {wrong}");
        assert!(wrong.is_empty(), "{arguments:?}: {wrong}");
        String::from_utf8(output.stdout).expect("text")
    }

    #[track_caller]
    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.done(arguments)).expect("JSON")
    }

    #[track_caller]
    fn fails(&self, arguments: &[&str], code: i32, what: &str) {
        let output = self.run(arguments);
        let wrong = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {wrong}");
        assert!(wrong.contains(what), "{arguments:?}: {wrong}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }

    fn open(&self) -> Opened {
        let overrides = Overrides {
            data: Some(self.folder.clone()),
            base_url: Some(BASE.to_owned()),
            dev: true,
            ..Overrides::default()
        };
        app::open(Config::load(&overrides, []).expect("settings")).expect("a node")
    }

    /// What was done, as the audit has it.
    fn acts(&self) -> Vec<(String, String)> {
        let opened = self.open();
        let entries = opened
            .state
            .store
            .read_blocking(|conn| audit::page(conn, None, 0, 100))
            .expect("the audit");
        entries
            .into_iter()
            .map(|entry| (entry.act, entry.actor))
            .collect()
    }

    /// A key that others have had time to see.
    fn publish_long_ago(&self, kind: &str) {
        let opened = self.open();
        let state = &opened.state;
        let council = state.directory.get("northmarch").expect("the council");
        let then = state.clock.unix() - 3_600;
        let id = making::next_id(&council.keys);
        let key = making::new_key(state, &council.issuer, &id, kind, then).expect("a key");
        let kept = state
            .store
            .write_blocking(move |tx| making::publish(tx, &key, ("test", "", then)));
        kept.expect("it is kept");
    }

    /// Gives a badge, and says which.
    fn give(&self) -> String {
        let opened = self.open();
        actix_web::rt::System::new().block_on(give(&opened))
    }
}

async fn give(opened: &Opened) -> String {
    let state = &opened.state;
    let tenant = state.directory.get("northmarch").expect("the council");
    let text = br#"{"name":"Induction","description":"A week.","criteria":{"narrative":"Come."}}"#;
    let achievement = json::parse(text).expect("JSON").into_owned();
    let design = Design {
        slug: "induction",
        achievement: achievement.as_object().expect("an object").clone(),
        policy: "{}",
    };
    let rows = designs::first(state, &tenant.issuer.id, design).expect("a design");
    let kept = state
        .store
        .write(move |tx| designs::add(tx, (&rows.0, &rows.1), ("test", "")));
    kept.await.expect("it is kept");
    let wish = r#"{"achievement":"induction","subject":{"name":"Corvin Kettlebrook"}}"#;
    let order = Order {
        once: Once::new(&tenant.issuer.id, Some("one"), "test", b"").expect("a name"),
        tenant,
        all: vec![(serde_json::from_str(wish).expect("a wish"), None)],
        actor: "test".to_owned(),
        request: String::new(),
    };
    let given = issuing::give(state, order).await.expect("a badge");
    given.rows[0].id.clone()
}

#[test]
fn an_organisation_is_added_shown_and_closed() {
    let node = Node::with_council("admin-issuer");
    let list = node.json(&["issuer", "list", "--json"]);
    assert_eq!(list[0]["slug"], "northmarch");
    assert_eq!(list[0]["id"], "did:web:localhost%3A18081");
    assert!(node.done(&["issuer", "list"]).contains("northmarch  open"));
    let shown = node.done(&["issuer", "show", "northmarch"]);
    assert!(shown.contains("key-1 (ed25519, active)"), "{shown}");

    let would = node.done(&["issuer", "close", "northmarch"]);
    assert!(would.contains("Nothing was changed"), "{would}");
    let state =
        |node: &Node| node.json(&["issuer", "show", "northmarch", "--json"])["state"].clone();
    assert_eq!(state(&node), "open");
    node.done(&["issuer", "close", "northmarch", "--apply"]);
    assert_eq!(state(&node), "closed");
    let again = node.done(&["issuer", "close", "northmarch", "--apply"]);
    assert!(again.contains("closed already"), "{again}");

    let by = |act: &str| (act.to_owned(), "command line".to_owned());
    assert_eq!(node.acts(), [by("issuer.created"), by("issuer.closed")]);
}

#[test]
fn what_cannot_be_an_organisation_is_refused() {
    let node = Node::with_council("admin-issuer-bad");
    let add = |slug: &'static str| ["issuer", "add", slug, "--name", "Another"];
    node.fails(&add("northmarch"), 65, "another organisation has this path");
    node.fails(&add("North March"), 65, "small letters");
    node.fails(
        &["issuer", "add", "other", "--name", "Another", "--root"],
        65,
        "root organisation already",
    );
    node.fails(&["issuer", "add", "other"], 64, "--profile");
    node.fails(&["issuer", "add", "other", "--name", " "], 65, "a name");
    node.fails(&["issuer", "show", "nobody"], 65, "no organisation nobody");
    node.fails(&["issuer", "close", "nobody", "--apply"], 65, "nobody");
    let profile = node.folder.join("profile.json");
    std::fs::write(&profile, r#"{"name":"X","email":7}"#).expect("a file");
    let profile = profile.to_str().expect("a plain path");
    node.fails(
        &["issuer", "add", "other", "--profile", profile],
        65,
        "/email",
    );
}

#[test]
fn without_a_node_nothing_is_made_by_looking() {
    let node = Node::new("admin-none");
    for arguments in [
        &["issuer", "list"][..],
        &["key", "list", "x"],
        &["credential", "list", "x"],
        &["token", "add", "--role", "operator", "--name", "x"],
        &["achievement", "load", "tests/loading/designs.json"],
    ] {
        node.fails(arguments, 66, "there is no node in this folder");
    }
    let left = std::fs::read_dir(&node.folder).expect("the folder").count();
    assert_eq!(left, 0);
}

#[test]
fn a_node_that_runs_is_left_alone() {
    let node = Node::with_council("admin-running");
    let opened = node.open();
    node.fails(&["issuer", "list"], 69, "stop the node first");
    drop(opened);
    node.done(&["issuer", "list"]);
}

#[test]
fn a_key_is_published_signs_and_is_taken_back() {
    let node = Node::with_council("admin-key");
    let keys = |node: &Node| -> Vec<(String, String)> {
        let list = node.json(&["key", "list", "northmarch", "--json"]);
        let list = list.as_array().expect("a list");
        let text = |key: &Value, name: &str| key[name].as_str().expect("a text").to_owned();
        list.iter()
            .map(|key| (text(key, "algorithm"), text(key, "state")))
            .collect()
    };
    let is = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        let owned = |(kind, state): &(&str, &str)| ((*kind).to_owned(), (*state).to_owned());
        all.iter().map(owned).collect()
    };
    node.publish_long_ago("p256");
    let published = is(&[("p256", "pre-published"), ("ed25519", "active")]);
    assert_eq!(keys(&node), published, "the oldest comes first");
    let would = node.done(&["key", "activate", "northmarch", "key-2"]);
    assert!(would.contains("Nothing was changed"), "{would}");
    assert_eq!(keys(&node), published);
    node.done(&["key", "activate", "northmarch", "key-2", "--apply"]);
    assert_eq!(
        keys(&node),
        is(&[("p256", "active"), ("ed25519", "active")])
    );

    node.done(&["key", "add", "northmarch", "--type", "p384"]);
    let early = ["key", "activate", "northmarch", "key-3", "--apply"];
    node.fails(&early, 69, "may not have seen this key yet");
    assert_eq!(keys(&node)[2].1, "pre-published");

    let mut revoke = vec!["key", "revoke", "northmarch", "key-2"];
    revoke.extend(["--since", "2026-11-01T00:00:00Z"]);
    let would = node.done(&revoke);
    assert!(would.contains("Nothing was changed"), "{would}");
    revoke.push("--apply");
    node.done(&revoke);
    assert_eq!(keys(&node)[0].1, "revoked");
    assert!(node.done(&revoke).contains("already"));
    node.fails(&["key", "activate", "northmarch", "key-9"], 65, "key-9");
}

#[test]
fn a_badge_is_listed_shown_and_withdrawn() {
    let node = Node::with_council("admin-badge");
    let id = node.give();
    let list = node.json(&["credential", "list", "northmarch", "--json"]);
    assert_eq!(list[0]["id"], id.as_str());
    assert_eq!(list[0]["state"], "issued");
    let none = [
        "credential",
        "list",
        "northmarch",
        "--achievement",
        "x",
        "--json",
    ];
    assert_eq!(node.json(&none), serde_json::json!([]));
    let address = format!("{BASE}/credentials/{id}");
    let shown = node.json(&["credential", "show", "northmarch", &address, "--json"]);
    assert_eq!(shown["credential"]["id"], address.as_str());
    assert_eq!(shown["standing"]["withdrawnAt"], Value::Null);

    let mut withdraw = vec!["credential", "withdraw", "northmarch", &id];
    withdraw.extend(["--reason", "given in error"]);
    let would = node.done(&withdraw);
    assert!(would.contains("Nothing was changed"), "{would}");
    let shown = node.done(&["credential", "show", "northmarch", &id]);
    assert!(!shown.contains("Withdrawn"), "{shown}");
    withdraw.push("--apply");
    node.done(&withdraw);
    let shown = node.done(&["credential", "show", "northmarch", &id]);
    assert!(shown.contains("given in error"), "{shown}");
    assert!(node.done(&withdraw).contains("was withdrawn on"));
    let last = node.acts().pop().expect("an act");
    assert_eq!(
        last,
        ("credential.withdrawn".to_owned(), "command line".to_owned())
    );
    assert!(list_of(&node).contains("\"encodedList\""));
}

/// The list of withdrawn badges as it is published.
fn list_of(node: &Node) -> String {
    let opened = node.open();
    let served = opened.state.published.get("/status/1").expect("a list");
    String::from_utf8_lossy(&served.body).into_owned()
}

#[test]
fn a_withdrawal_is_published_before_the_command_ends() {
    let node = Node::with_council("admin-published");
    let id = node.give();
    let before = list_of(&node);
    node.done(&["credential", "withdraw", "northmarch", &id, "--apply"]);
    let after = list_of(&node);
    let bits = |list: &str| -> String {
        let list: Value = serde_json::from_str(list).expect("JSON");
        let bits = list["credentialSubject"]["encodedList"].as_str();
        bits.expect("bits").to_owned()
    };
    assert_ne!(bits(&before), bits(&after));
}

#[test]
fn a_badge_that_may_not_be_paused_or_is_not_there_is_refused() {
    let node = Node::with_council("admin-badge-bad");
    let id = node.give();
    let pause = ["credential", "pause", "northmarch", &id];
    node.fails(&pause, 65, "cannot be paused");
    node.fails(&["credential", "resume", "northmarch", &id], 65, "paused");
    let other = ["credential", "withdraw", "northmarch", "nothing", "--apply"];
    node.fails(&other, 65, "no badge nothing");
    let long = "x".repeat(257);
    let reason = [
        "credential",
        "withdraw",
        "northmarch",
        &id,
        "--reason",
        &long,
    ];
    node.fails(&reason, 64, "256");
}

#[test]
fn a_token_works_for_what_it_was_made_for() {
    let node = Node::with_council("admin-token");
    let of_council = ["token", "add", "--role", "officer", "--name", "Moodle"];
    node.fails(&of_council, 64, "--issuer");
    let both = [
        "token",
        "add",
        "--role",
        "operator",
        "--name",
        "x",
        "--issuer",
        "northmarch",
    ];
    node.fails(&both, 64, "leave out --issuer");
    let king = ["token", "add", "--role", "king", "--name", "x"];
    node.fails(&king, 64, "operator");
    let token = node.done(&[&of_council[..], &["--issuer", "northmarch"]].concat());
    let opened = node.open();
    let bearer = actix_web::rt::System::new().block_on(async {
        let header = format!("Bearer {}", token.trim_end());
        countersign::edge::tokens::bearer(&opened.state, Some(&header)).await
    });
    let bearer = bearer.expect("a bearer");
    assert_eq!(bearer.role.name(), "officer");
    let council = opened
        .state
        .directory
        .get("northmarch")
        .expect("the council");
    assert_eq!(bearer.issuer.as_ref(), Some(&council.issuer.id));
}

#[test]
fn designs_are_loaded_when_it_is_said_to_do_it() {
    let node = Node::with_council("admin-load");
    let files = Path::new("tests/loading");
    let of = |name: &str| files.join(name).to_str().expect("a path").to_owned();
    let (designs, issuers, images) = (of("designs.json"), of("organisations.json"), of("images"));
    let mut load = vec!["achievement", "load", &designs, "--issuers", &issuers];
    load.extend(["--organisation", "BRK", "--images", &images]);
    let would = node.done(&load);
    assert!(would.contains("Nothing was changed"), "{would}");
    assert_eq!(
        node.json(&["issuer", "list", "--json"])
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    load.push("--apply");
    let did = node.done(&load);
    assert!(did.contains("Loaded 8 new badge designs"), "{did}");
    assert!(did.contains("3 new organisations"), "{did}");
    let shown = node.json(&["issuer", "list", "--json"]);
    let northmarch = shown.as_array().expect("a list");
    let root = northmarch.iter().find(|one| one["slug"] == "northmarch");
    assert_eq!(root.expect("the root")["name"], "Northmarch", "it stays");
    assert!(node.done(&load).contains("Everything is loaded already"));
    let unknown = ["achievement", "load", &designs, "--organisation", "NOBODY"];
    node.fails(&unknown, 65, "NOBODY");
    node.fails(&["achievement", "load", "no/such.json"], 66, "no such file");
}
