//! The shape of the database: the way up and back, the code's own picture of
//! it, and the rules that every table keeps.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it stands"
)]
#![expect(unreachable_pub, reason = "one binary of several files")]

#[expect(dead_code, unused_imports, reason = "another binary needs the rest")]
mod support;

use countersign::store::{Conn, migrate, undo_all};
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use support::Node;

/// Columns that may be empty, and what it means when they are.
const MAY_BE_EMPTY: &[(&str, &str)] = &[
    ("credentials.draft", "it was signed"),
    ("credentials.body", "it is not signed, or was erased"),
    ("credentials.digest", "it is not signed, or was erased"),
    ("credentials.media_type", "it is not signed, or was erased"),
    ("credentials.subject", "the person was erased"),
    ("credentials.valid_until", "it has no end"),
    ("credentials.follows", "it is the first"),
    ("credentials.follows_as", "it is the first"),
    ("credentials.request", "no request asked for it"),
    ("credentials.approved_by", "nobody had to approve"),
    ("credentials.issued_at", "it was not handed out"),
    ("holders_to_tell.newer_id", "no badge took its place"),
    ("holders_to_tell.told_at", "they were not told yet"),
    ("idempotency_keys.status", "the request still runs"),
    ("idempotency_keys.body", "the request still runs"),
    ("issuer_keys.sealed", "it is destroyed, or in a device"),
    ("issuer_keys.hardware", "it is in no device"),
    ("issuer_keys.activated_at", "it never signed"),
    ("issuer_keys.retired_at", "it did not retire"),
    ("issuer_keys.revoked_at", "it was not revoked"),
    ("issuer_keys.revoked_from", "it was not revoked"),
    ("issuers.closed_at", "it is open"),
    ("jobs.leased_until", "nobody works at it"),
    ("jobs.last_error", "it did not fail"),
    ("saved_checks.badge_id", "its seal did not hold"),
    (
        "saved_checks.own_reference",
        "the caller has no name for it",
    ),
    ("shares.stops_at", "it has no end"),
    ("shares.ended_at", "it goes on"),
    ("status_changes.reason", "no reason is told"),
    ("tokens.issuer_id", "it is a role of the node"),
    ("tokens.revoked_at", "it was not ended"),
    ("tokens.last_used_at", "it was never used"),
];

#[derive(QueryableByName)]
struct Object {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    sql: Option<String>,
}

#[derive(QueryableByName, Debug, Clone, PartialEq, Eq)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    required: i64,
    #[diesel(sql_type = BigInt)]
    place: i64,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

fn empty() -> Conn {
    Conn::establish(":memory:").expect("a database")
}

fn whole() -> Conn {
    let mut conn = empty();
    migrate(&mut conn).expect("the way up");
    conn
}

/// Everything that the schema consists of, as it was written.
fn schema(conn: &mut Conn) -> Vec<String> {
    let found: Vec<Object> = diesel::sql_query(
        "SELECT type || ' ' || name AS name, sql FROM sqlite_master \
         WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '__diesel%' ORDER BY name",
    )
    .load(conn)
    .expect("the schema");
    found
        .into_iter()
        .map(|one| format!("{}: {}", one.name, one.sql.unwrap_or_default()))
        .collect()
}

fn names(conn: &mut Conn, query: &str) -> Vec<String> {
    let found: Vec<Name> = diesel::sql_query(query).load(conn).expect(query);
    found.into_iter().map(|one| one.name).collect()
}

fn tables(conn: &mut Conn) -> Vec<String> {
    names(
        conn,
        "SELECT name FROM sqlite_master WHERE type = 'table' \
         AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '__diesel%' ORDER BY name",
    )
}

fn columns(conn: &mut Conn, table: &str) -> Vec<Column> {
    diesel::sql_query(format!(
        "SELECT name, type AS kind, \"notnull\" AS required, pk AS place \
         FROM pragma_table_info('{table}') ORDER BY cid"
    ))
    .load(conn)
    .expect("columns")
}

#[test]
fn the_way_back_ends_where_the_way_up_began() {
    let mut conn = empty();
    assert!(schema(&mut conn).is_empty());
    migrate(&mut conn).expect("the way up");
    let first = schema(&mut conn);
    assert!(first.len() > 30, "{first:#?}");
    for _ in 0..2 {
        undo_all(&mut conn).expect("the way back");
        assert!(schema(&mut conn).is_empty(), "{:#?}", schema(&mut conn));
        migrate(&mut conn).expect("the way up");
        assert_eq!(schema(&mut conn), first);
    }
}

/// PT-14, with rows that name each other.
#[test]
fn a_database_in_use_goes_back_and_up_again() {
    let node = Node::start();
    live(&node);
    node.settle();
    let path = node.state.store.settings().file.clone();
    node.stop();
    let mut conn = Conn::establish(&path.to_string_lossy()).expect("the database");
    diesel::sql_query("PRAGMA foreign_keys = ON")
        .execute(&mut conn)
        .expect("a setting");
    let filled = tables(&mut conn)
        .into_iter()
        .filter(|table| {
            !names(
                &mut conn,
                &format!("SELECT 'row' AS name FROM {table} LIMIT 1"),
            )
            .is_empty()
        })
        .count();
    assert!(filled >= 16, "only {filled} tables have rows");
    let before = schema(&mut conn);
    undo_all(&mut conn).expect("the way back");
    assert!(schema(&mut conn).is_empty());
    migrate(&mut conn).expect("the way up");
    assert_eq!(schema(&mut conn), before);
    assert_eq!(before, schema(&mut whole()));
}

/// Leaves rows in as many tables as requests reach.
fn live(node: &Node) {
    let office = node.office_with(&json!({ "settings": { "allowPausing": true } }));
    let design = node.design_with(&office, &json!({ "policy": { "mayBePaused": true } }));
    let badge = node.badge(&office, &design);
    node.about(&office, &badge, "suspension").expect(200);
    node.about(&office, &badge, "revocation").expect(200);
    node.about(&office, &badge, "shares")
        .json(&json!({ "kind": "link" }))
        .expect(201);
    node.post(&format!("{}/keys", office.path))
        .token(&office.administrator)
        .text("{}")
        .expect(201);
    node.post(&format!("{}/files", office.path))
        .token(&office.officer)
        .bytes("image/png", &countersign::picture::plain_png())
        .expect(201);
    node.request("PUT", "/api/v1/stops/fetch")
        .token(&node.operator)
        .json(&json!({ "reason": "a test" }))
        .expect(204);
    let kept = json!({ "text": "no badge", "keep": true });
    node.post("/api/v1/checks").json(&kept).expect(200);
}

/// The primary key, and the columns with their types.
type Picture = (Vec<String>, Vec<(String, String)>);

/// The tables of `schema.rs`.
fn pictured() -> BTreeMap<String, Picture> {
    let text = include_str!("../src/store/schema.rs");
    let mut found = BTreeMap::new();
    for part in text.split("diesel::table! {").skip(1) {
        let (head, rest) = part.split_once('{').expect("a table");
        let (name, key) = head.trim().split_once('(').expect("a key");
        let key = key
            .trim()
            .trim_end_matches(')')
            .split(", ")
            .map(str::to_owned)
            .collect();
        let body = rest.split_once('}').expect("an end").0;
        let columns = body
            .lines()
            .filter_map(|line| line.trim().trim_end_matches(',').split_once(" -> "))
            .map(|(name, kind)| (name.to_owned(), kind.to_owned()))
            .collect();
        found.insert(name.trim().to_owned(), (key, columns));
    }
    found
}

/// The type of a column as the code sees it.
fn seen(column: &Column, sql: &str) -> String {
    let is_bool = sql.contains(&format!("CHECK ({} IN (0, 1))", column.name));
    let kind = match column.kind.as_str() {
        "INTEGER" if is_bool => "Bool",
        "INTEGER" => "BigInt",
        "TEXT" => "Text",
        "BLOB" => "Binary",
        other => panic!("{}: an unknown type {other}", column.name),
    };
    if column.required == 1 || column.place > 0 {
        kind.to_owned()
    } else {
        format!("Nullable<{kind}>")
    }
}

#[test]
fn the_code_sees_the_database_as_it_is() {
    let mut conn = whole();
    let pictured = pictured();
    let in_code: BTreeSet<String> = pictured.keys().cloned().collect();
    let in_database: BTreeSet<String> = tables(&mut conn).into_iter().collect();
    assert_eq!(in_code, in_database);
    for (table, (key, columns_in_code)) in pictured {
        let sql = names(
            &mut conn,
            &format!("SELECT sql AS name FROM sqlite_master WHERE name = '{table}'"),
        );
        let mut all = columns(&mut conn, &table);
        let found: Vec<(String, String)> = all
            .iter()
            .map(|column| (column.name.clone(), seen(column, &sql[0])))
            .collect();
        assert_eq!(columns_in_code, found, "{table}");
        all.retain(|column| column.place > 0);
        all.sort_by_key(|column| column.place);
        let keys: Vec<String> = all.into_iter().map(|column| column.name).collect();
        assert_eq!(key, keys, "{table}");
    }
}

#[test]
fn every_table_is_strict_and_says_when_its_rows_were_made() {
    let mut conn = whole();
    let loose = names(
        &mut conn,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
         AND strict = 0 AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '__diesel%'",
    );
    assert!(loose.is_empty(), "{loose:?}");
    for table in tables(&mut conn) {
        let all = columns(&mut conn, &table);
        let made = all.iter().find(|column| column.name == "created_at");
        let made = made.unwrap_or_else(|| panic!("{table} has no created_at"));
        assert_eq!(
            (made.kind.as_str(), made.required),
            ("INTEGER", 1),
            "{table}"
        );
    }
}

#[test]
fn a_column_that_may_be_empty_has_a_reason() {
    let mut conn = whole();
    let mut found = BTreeSet::new();
    for table in tables(&mut conn) {
        for column in columns(&mut conn, &table) {
            if column.required == 0 {
                found.insert(format!("{table}.{}", column.name));
            }
        }
    }
    let known: BTreeSet<String> = MAY_BE_EMPTY
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(found, known);
    assert!(MAY_BE_EMPTY.iter().all(|(_, why)| !why.is_empty()));
}

#[test]
fn every_rule_between_tables_has_an_index() {
    let mut conn = whole();
    let mut looked_at = 0;
    for table in tables(&mut conn) {
        let rules = names(
            &mut conn,
            &format!(
                "SELECT group_concat(\"from\", ',' ORDER BY seq) AS name \
                 FROM pragma_foreign_key_list('{table}') GROUP BY id"
            ),
        );
        let indexes = names(
            &mut conn,
            &format!(
                "SELECT (SELECT group_concat(name, ',' ORDER BY seqno) FROM pragma_index_info(list.name)) AS name \
                 FROM pragma_index_list('{table}') AS list"
            ),
        );
        for rule in rules {
            let is_covered = indexes
                .iter()
                .any(|index| *index == rule || index.starts_with(&format!("{rule},")));
            assert!(is_covered, "{table} ({rule}): {indexes:?}");
            looked_at += 1;
        }
    }
    assert!(looked_at >= 12, "{looked_at}");
}

#[test]
fn a_row_without_its_parent_or_with_a_twin_is_refused() {
    let mut conn = whole();
    diesel::sql_query("PRAGMA foreign_keys = ON")
        .execute(&mut conn)
        .expect("a setting");
    for (statement, why) in [
        (
            "INSERT INTO status_entries VALUES ('none', 1, 0, 'c', 0)",
            "FOREIGN KEY",
        ),
        (
            "INSERT INTO shares VALUES ('t', 'none', 'none', 'link', NULL, NULL, 0)",
            "FOREIGN KEY",
        ),
        (
            "INSERT INTO jobs VALUES (1, 'k', 's', 'lost', 0, 0, NULL, NULL, 0)",
            "jobs_state_known",
        ),
        (
            "INSERT INTO audit VALUES ('one', 0, '', '', '', '', '', '', '', '')",
            "datatype mismatch",
        ),
        (
            "INSERT INTO idempotency_keys VALUES ('', 'k', 'f', 200, NULL, 0)",
            "idempotency_keys_answered_when",
        ),
    ] {
        let refused = diesel::sql_query(statement).execute(&mut conn);
        let text = refused.expect_err(statement).to_string();
        assert!(text.contains(why), "{statement}: {text}");
    }
    let twice = "INSERT INTO idempotency_keys VALUES ('t', 'k', 'f', NULL, NULL, 0)";
    diesel::sql_query(twice)
        .execute(&mut conn)
        .expect("the first");
    assert!(diesel::sql_query(twice).execute(&mut conn).is_err());
}
