//! What stands in a node's database, read beside the node.

use super::node::Node;
use countersign::store::Error;
use diesel::RunQueryDsl as _;
use diesel::sql_types::{BigInt, Text};

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(diesel::QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// The answers to a question that has one column of text, `line`.
#[track_caller]
pub fn lines(node: &Node, question: &str) -> Vec<String> {
    let found: Result<Vec<Line>, Error> = node
        .state
        .store
        .read_blocking(|conn| Ok(diesel::sql_query(question).load(conn)?));
    let found = found.unwrap_or_else(|error| panic!("{error:?}: {question}"));
    found.into_iter().map(|row| row.line).collect()
}

/// How many rows there are, after `FROM`.
#[track_caller]
pub fn count(node: &Node, from: &str) -> i64 {
    let question = format!("SELECT count(*) AS number FROM {from}");
    let found: Result<Number, Error> = node
        .state
        .store
        .read_blocking(|conn| Ok(diesel::sql_query(&question).get_result(conn)?));
    found
        .unwrap_or_else(|error| panic!("{error:?}: {question}"))
        .number
}

/// Jobs that could be done now.
pub fn owed(node: &Node) -> i64 {
    let now = node.clock.unix();
    count(
        node,
        &format!("jobs WHERE state = 'running' OR (state = 'ready' AND run_at <= {now})"),
    )
}

/// The names of all tables.
pub fn tables(node: &Node) -> Vec<String> {
    lines(
        node,
        "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '__diesel%' ORDER BY name",
    )
}

/// The columns of a table.
pub fn columns(node: &Node, table: &str) -> Vec<String> {
    lines(
        node,
        &format!("SELECT name AS line FROM pragma_table_info('{table}') ORDER BY cid"),
    )
}

/// Every row of every table, as text. What only says that something was looked
/// at (when a token was used, when the node wrote last) is left out.
pub fn everything(node: &Node, of: impl Fn(&str, &[String]) -> Option<String>) -> Vec<String> {
    let mut all = Vec::new();
    for table in tables(node) {
        let columns = columns(node, &table);
        let Some(filter) = of(&table, &columns) else {
            continue;
        };
        let quoted: Vec<String> = columns
            .iter()
            .filter(|column| *column != "last_used_at")
            .map(|column| format!("quote(\"{column}\")"))
            .collect();
        let row = quoted.join(" || '|' || ");
        let question = format!(
            "SELECT '{table}: ' || {row} AS line FROM \"{table}\" WHERE {filter} ORDER BY 1"
        );
        all.extend(lines(node, &question));
    }
    all
}

/// Every row that an act of a caller could leave.
pub fn all(node: &Node) -> Vec<String> {
    everything(node, |table, _| {
        Some(match table {
            "node_facts" | "jobs" | "published_lists" | "audit_checkpoints" => return None,
            _ => "1".to_owned(),
        })
    })
}

/// Every row that says that something was done. What is only reserved for a
/// badge is no act.
pub fn acted(node: &Node) -> Vec<String> {
    everything(node, |table, _| {
        Some(match table {
            "node_facts" | "jobs" | "published_lists" | "audit_checkpoints"
            | "idempotency_keys" | "status_entries" | "status_lists" => return None,
            "credentials" => "state NOT IN ('failed', 'reserved')".to_owned(),
            _ => "1".to_owned(),
        })
    })
}

/// Holds the rows to what they were, and shows only what differs.
#[track_caller]
pub fn hold(now: &[String], before: &[String], what: &str) {
    let gone: Vec<_> = before.iter().filter(|row| !now.contains(row)).collect();
    let new: Vec<_> = now.iter().filter(|row| !before.contains(row)).collect();
    assert!(
        gone.is_empty() && new.is_empty(),
        "{what}: {gone:#?} became {new:#?}"
    );
}

/// How many entries the audit has.
pub fn entries(node: &Node) -> i64 {
    count(node, "audit")
}

/// How many entries the audit has of an organisation.
pub fn entries_of(node: &Node, office: &super::made::Office) -> i64 {
    let slug = &office.slug;
    count(
        node,
        &format!("audit WHERE tenant = (SELECT id FROM issuers WHERE slug = '{slug}')"),
    )
}

/// The acts of an object in the audit.
pub fn acts(node: &Node, object: &str) -> Vec<String> {
    lines(
        node,
        &format!("SELECT act AS line FROM audit WHERE object = '{object}' ORDER BY seq"),
    )
}
