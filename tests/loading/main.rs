//! Badge designs of other nodes are loaded without loss.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it stands"
)]

use actix_web::web::Data;
use countersign::app;
use countersign::config::{Config, Overrides};
use countersign::edge::designs;
use countersign::edge::download::{self, Form};
use countersign::edge::idempotency::Once;
use countersign::edge::issuing;
use countersign::edge::loading::{self, Fate, Order, Plan, source};
use countersign::edge::problem::{Code, Problem};
use countersign::edge::state::State;
use countersign::store::{achievements, audit, files};
use serde_json::Value;
use std::collections::HashMap;
use std::path::PathBuf;

const DESIGNS: &str = include_str!("designs.json");
const ORGANISATIONS: &str = include_str!("organisations.json");
const PICTURE: &[u8] = include_bytes!("images/brk-induct.svg");
const N: &str = "http://localhost:18080";

/// Opening waits for the disk, so it has a thread of its own.
async fn node(name: &'static str) -> Data<State> {
    let opened = tokio::task::spawn_blocking(move || open(name));
    opened.await.expect("a node")
}

fn open(name: &str) -> Data<State> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&folder));
    let overrides = Overrides {
        data: Some(folder),
        base_url: Some(N.to_owned()),
        dev: true,
        ..Overrides::default()
    };
    let config = Config::load(&overrides, []).expect("settings");
    app::open(config).expect("a node").state
}

fn order(designs: &str) -> Order {
    Order {
        designs: source::designs(designs.as_bytes()).expect("designs"),
        organisations: source::organisations(ORGANISATIONS.as_bytes()).expect("organisations"),
        own: "BRK".to_owned(),
        pictures: HashMap::from([("brk-induct".to_owned(), PICTURE.to_vec())]),
    }
}

async fn planned(state: &State, order: &Order) -> Plan {
    loading::plan(state, order).await.expect("a plan")
}

async fn refused(state: &State, order: &Order) -> Problem {
    loading::plan(state, order).await.expect_err("a problem")
}

async fn loaded(state: &State, order: &Order) {
    let plan = planned(state, order).await;
    loading::apply(state, plan, "test").await.expect("it loads");
}

/// The stored design and policy of a path.
async fn stored(state: &State, slug: &str) -> (Value, Value) {
    let slug = slug.to_owned();
    let (_, version) = state
        .store
        .read(move |conn| achievements::find_public(conn, &slug))
        .await
        .expect("the database")
        .expect("the design");
    let parse = |text: &str| serde_json::from_str(text).expect("JSON");
    (parse(&version.body), parse(&version.policy))
}

fn entries() -> Vec<Value> {
    let file: Value = serde_json::from_str(DESIGNS).expect("JSON");
    file["achievements"].as_array().expect("a list").clone()
}

/// Where each address of ours came from.
fn put_back(loaded: &mut Value, source: &Value, here: &[(&str, String)]) {
    for (pointer, address) in here {
        if let Some(id) = loaded.pointer_mut(pointer) {
            assert_eq!(id, address, "{pointer}");
            *id = source.pointer(pointer).expect("it was there").clone();
        }
    }
}

#[tokio::test]
async fn every_design_stays_equal_but_for_its_own_addresses() {
    let state = node("loading-equal").await;
    loaded(&state, &order(DESIGNS)).await;
    let did = |rest: &str| format!("did:web:localhost%3A18080{rest}");
    for (slug, at, creator) in [
        ("brk-induct", 0, Some(did(""))),
        ("brk-rubric", 1, Some(did(""))),
        ("brk-elsewhere", 2, None),
        ("hfc-cymraeg", 3, Some(did(":issuers:hazelford"))),
        ("hfc-for-brk", 4, Some(did(""))),
        ("old-fork", 5, Some(did(":issuers:oldmill"))),
        ("far-visit", 6, Some(did(":issuers:far"))),
        ("far-urn", 7, None),
    ] {
        let source = &entries()[at];
        let (mut achievement, mut policy) = stored(&state, slug).await;
        let base = format!("{N}/achievements/{slug}");
        let mut here = vec![("/id", base.clone())];
        if slug != "brk-elsewhere" {
            here.push(("/image/id", format!("{base}/image.svg")));
            here.push(("/criteria/id", format!("{base}/criteria")));
        }
        here.extend(creator.map(|creator| ("/creator/id", creator)));
        put_back(&mut achievement, &source["achievement"], &here);
        assert_eq!(achievement, source["achievement"], "{slug}");
        let members = policy.as_object_mut().expect("an object");
        let digest = members.remove("imageDigest");
        assert_eq!(digest.is_some(), slug == "brk-induct", "{slug}");
        assert_eq!(policy, source["policy"], "{slug}");
    }
}

#[tokio::test]
async fn members_stay_in_their_order() {
    let state = node("loading-order").await;
    loaded(&state, &order(DESIGNS)).await;
    let (_, version) = state
        .store
        .read(|conn| achievements::find_public(conn, "brk-rubric"))
        .await
        .expect("the database")
        .expect("the design");
    let places: Vec<_> = [
        "\"type\"",
        "\"name\"",
        "\"criteria\"",
        "\"creator\"",
        "\"creditsAvailable\":2.5",
        "\"requiredLevel\"",
        "\"rubricCriterionLevel\"",
    ]
    .iter()
    .map(|member| version.body.find(member).expect("a member"))
    .collect();
    assert!(places.is_sorted(), "{}", version.body);
}

#[tokio::test]
async fn organisations_come_with_their_paths_and_the_closed_one_is_closed() {
    let state = node("loading-organisations").await;
    loaded(&state, &order(DESIGNS)).await;
    let all: Vec<_> = state
        .directory
        .all()
        .iter()
        .map(|tenant| {
            let issuer = &tenant.issuer;
            (issuer.slug.clone(), issuer.is_root, issuer.is_open())
        })
        .collect();
    let expected = [
        ("brk", true, true),
        ("far", false, true),
        ("hazelford", false, true),
        ("oldmill", false, false),
    ];
    assert_eq!(
        all,
        expected.map(|(slug, root, open)| (slug.to_owned(), root, open)),
        "the unused one is not made"
    );
    let far = state.directory.get("far").expect("an organisation");
    assert!(far.settings.test_only);
    let old = state.directory.get("oldmill").expect("an organisation");
    assert_eq!(old.issuer.closed_at, Some(1_735_603_200), "its own day");
    assert!(
        !old.issuer.profile.contains("did:web"),
        "no id of elsewhere"
    );
    for list in ["/status/1", "/issuers/oldmill/status/1"] {
        assert!(state.published.get(list).is_some(), "{list} can be fetched");
    }
}

#[tokio::test]
async fn the_picture_is_the_one_that_was_loaded() {
    let state = node("loading-picture").await;
    loaded(&state, &order(DESIGNS)).await;
    let picture = |slug: &str| designs::picture(&state, slug.to_owned());
    let (media_type, bytes) = picture("brk-induct").await.expect("a picture");
    assert_eq!(media_type, "image/svg+xml");
    assert!(String::from_utf8_lossy(&bytes).contains("r=\"4\""));
    let (_, drawn) = picture("brk-rubric").await.expect("a picture");
    assert!(String::from_utf8_lossy(&drawn).contains("Chairing"));
}

/// A badge as a picture with the badge inside.
async fn baked(state: &State, slug: &str) -> String {
    let tenant = state.directory.get("brk").expect("the council");
    let wish = format!(r#"{{"achievement":"{slug}","subject":{{}}}}"#);
    let order = issuing::Order {
        once: Once::new(&tenant.issuer.id, Some(slug), "test", b"").expect("a name"),
        tenant,
        all: vec![(serde_json::from_str(&wish).expect("a wish"), None)],
        actor: "test".to_owned(),
        request: String::new(),
    };
    let given = issuing::give(state, order).await.expect("a badge");
    let file = download::file(state, &given.rows[0], Form::Svg).await;
    String::from_utf8(file.expect("a picture").bytes).expect("text")
}

#[tokio::test]
async fn badges_are_saved_in_the_picture_of_their_design() {
    let state = node("loading-baked").await;
    loaded(&state, &order(DESIGNS)).await;
    let picture = baked(&state, "brk-induct").await;
    assert!(picture.contains("r=\"4\""), "{picture}");
    let drawn = baked(&state, "brk-rubric").await;
    assert!(!drawn.contains("r=\"4\""), "{drawn}");
}

#[tokio::test]
async fn planning_keeps_nothing() {
    let state = node("loading-dry").await;
    let plan = planned(&state, &order(DESIGNS)).await;
    assert!(plan.designs.iter().all(|design| design.fate == Fate::New));
    assert!(!plan.is_nothing());
    assert!(state.directory.all().is_empty());
    let (found, acts) = state
        .store
        .read(|conn| {
            let found = achievements::find_public(conn, "brk-induct")?;
            Ok::<_, countersign::store::Error>((found, audit::head(conn)?.0))
        })
        .await
        .expect("the database");
    assert_eq!((found, acts), (None, 0));
}

#[tokio::test]
async fn loading_again_changes_only_what_differs() {
    let state = node("loading-again").await;
    let order = order(DESIGNS);
    loaded(&state, &order).await;
    let again = planned(&state, &order).await;
    assert!(again.is_nothing(), "{again:?}");
    let changed = DESIGNS.replace("The first week.", "The first two weeks.");
    let order = self::order(&changed);
    let plan = planned(&state, &order).await;
    let fates: Vec<_> = plan.designs.iter().map(|design| design.fate).collect();
    assert_eq!(fates[0], Fate::Changed);
    assert!(fates[1..].iter().all(|fate| *fate == Fate::Same));
    assert_eq!(plan.designs[0].version.number, 2);
    loading::apply(&state, plan, "test")
        .await
        .expect("it loads");
    let (achievement, policy) = stored(&state, "brk-induct").await;
    assert_eq!(achievement["description"], "The first two weeks.");
    let digest = policy["imageDigest"].as_str().expect("a digest").to_owned();
    let file = state.store.read(move |conn| files::find(conn, &digest));
    assert!(file.await.expect("the database").is_some());
}

#[tokio::test]
async fn everything_that_was_done_is_in_the_audit() {
    let state = node("loading-audit").await;
    loaded(&state, &order(DESIGNS)).await;
    let entries = state
        .store
        .read(|conn| audit::page(conn, None, 0, 100))
        .await
        .expect("the database");
    let count = |act: &str| {
        let of_test = entries.iter().filter(|entry| entry.actor == "test");
        of_test.filter(|entry| entry.act == act).count()
    };
    assert_eq!(count("issuer.created"), 4);
    assert_eq!(count("achievement.created"), 8);
    assert_eq!(count("file.added"), 1);
    assert_eq!(count("issuer.closed"), 1);
}

#[tokio::test]
async fn what_cannot_be_loaded_is_told_whole_and_nothing_is_kept() {
    let state = node("loading-refused").await;
    let broken = DESIGNS
        .replace("\"name\": \"Induction\",", "")
        .replace("\"name\": \"Fire marshal\",", "\"name\": 7,")
        .replace("\"validityMonths\": 12,", "\"validityMonths\": \"a year\",");
    let problem = refused(&state, &order(&broken)).await;
    assert_eq!(problem.code, Code::SCHEMA_INVALID);
    for code in ["BRK-INDUCT ", "BRK-ELSEWHERE "] {
        let is_told = problem
            .faults
            .iter()
            .any(|fault| fault.at.starts_with(code));
        assert!(is_told, "{code}: {:?}", problem.faults);
    }
    assert!(state.directory.all().is_empty());
}

#[tokio::test]
async fn an_organisation_that_nobody_describes_is_told() {
    let state = node("loading-unknown").await;
    let order = Order {
        organisations: Vec::new(),
        ..order(DESIGNS)
    };
    let problem = refused(&state, &order).await;
    let named: Vec<_> = problem.faults.iter().map(|fault| &fault.at).collect();
    assert_eq!(named, ["BRK", "FAR", "HFC", "OLD"]);
}

#[tokio::test]
async fn a_path_of_another_organisation_is_not_taken() {
    let state = node("loading-taken").await;
    loaded(&state, &order(DESIGNS)).await;
    let moved = DESIGNS.replace("\"issuer\": \"FAR\"", "\"issuer\": \"HFC\"");
    let problem = refused(&state, &order(&moved)).await;
    assert_eq!(problem.faults.len(), 2, "{:?}", problem.faults);
    assert!(problem.faults[0].detail.contains("another organisation"));
}

#[tokio::test]
async fn a_picture_that_acts_is_refused_with_its_design() {
    let state = node("loading-svg").await;
    let acts = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>";
    let order = Order {
        pictures: HashMap::from([("far-visit".to_owned(), acts.to_vec())]),
        ..order(DESIGNS)
    };
    let problem = refused(&state, &order).await;
    assert_eq!(problem.faults[0].at, "FAR-VISIT");
}

#[test]
fn files_that_say_too_little_or_something_twice_are_refused() {
    let one = |code: &str, rest: &str| {
        format!(
            r#"{{"code":"{code}","achievement":{{"id":"https://a.example.org/x"}},"policy":{{{rest}}}}}"#
        )
    };
    let file = |entries: &[String]| format!(r#"{{"achievements":[{}]}}"#, entries.join(","));
    for (text, at) in [
        ("[]".to_owned(), ""),
        ("{}".to_owned(), ""),
        ("not JSON".to_owned(), ""),
        (file(&[one("A", "")]), "A /policy/issuer"),
        (file(&[one("A", r#""issuer":7"#)]), "A /policy/issuer"),
        (
            file(&[one("A", r#""issuer":"X""#), one("B", r#""issuer":"X""#)]),
            "B",
        ),
        (file(&[one("A", r#""issuer":"X","issuer":"Y""#)]), "A"),
    ] {
        let problem = source::designs(text.as_bytes()).expect_err("a problem");
        let found = problem.faults.first();
        let found = found.map(|fault| fault.at.as_str()).unwrap_or_default();
        assert_eq!(found, at, "{text}: {problem:?}");
    }
    let closed = r#"{"issuers":[{"code":"A","profile":{},"service":{"closedOn":"last year"}}]}"#;
    assert!(source::organisations(closed.as_bytes()).is_err());
}
