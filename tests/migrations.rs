//! The database's shape: there and back, and what every table must have.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it stands"
)]

use countersign::store;
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _};

#[derive(Debug, PartialEq, Eq, QueryableByName)]
struct Definition {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    sql: String,
}

#[derive(Debug, QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    required: i64,
}

fn database() -> store::Conn {
    let mut conn = store::Conn::establish(":memory:").expect("a database");
    conn.batch_execute("PRAGMA foreign_keys = ON")
        .expect("a setting");
    store::migrate(&mut conn).expect("the shape");
    conn
}

/// Everything but what Diesel keeps for itself.
fn shape(conn: &mut store::Conn) -> Vec<Definition> {
    diesel::sql_query(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL \
         AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .load(conn)
    .expect("the shape")
}

fn tables(conn: &mut store::Conn) -> Vec<Definition> {
    let mut all = shape(conn);
    all.retain(|one| one.sql.starts_with("CREATE TABLE"));
    all
}

fn columns(conn: &mut store::Conn, table: &str) -> Vec<Column> {
    diesel::sql_query("SELECT name, \"notnull\" AS required FROM pragma_table_info(?)")
        .bind::<Text, _>(table)
        .load(conn)
        .expect("the columns")
}

#[test]
fn the_way_back_leads_to_nothing_and_there_again_to_the_same() {
    let mut conn = database();
    let first = shape(&mut conn);
    assert!(first.len() > 20, "{}", first.len());
    store::undo_all(&mut conn).expect("the way back");
    assert_eq!(shape(&mut conn), []);
    store::migrate(&mut conn).expect("there again");
    assert_eq!(shape(&mut conn), first);
    assert_eq!(
        store::pending(&mut conn).expect("a list").names,
        Vec::<String>::new()
    );
}

/// `schema.rs` is written by hand; each table of it has the columns of the
/// database, in their order and with the same emptiness.
#[test]
fn the_tables_in_the_source_are_those_of_the_database() {
    let source = include_str!("../src/store/schema.rs");
    let mut conn = database();
    for table in tables(&mut conn) {
        let head = format!("    {} (", table.name);
        let (_, rest) = source
            .split_once(&head)
            .unwrap_or_else(|| panic!("{} is not in schema.rs", table.name));
        let (_, body) = rest.split_once("{\n").expect("columns");
        let (body, _) = body.split_once("\n    }").expect("an end");
        let written: Vec<(String, bool)> = body
            .lines()
            .map(|line| {
                let (name, kind) = line.trim().split_once(" -> ").expect("a column");
                (name.to_owned(), !kind.starts_with("Nullable"))
            })
            .collect();
        let found: Vec<(String, bool)> = columns(&mut conn, &table.name)
            .into_iter()
            .map(|column| (column.name, column.required == 1))
            .collect();
        assert_eq!(written, found, "{}", table.name);
    }
}

#[test]
fn every_table_is_strict_and_says_when_its_rows_came() {
    let mut conn = database();
    for table in tables(&mut conn) {
        assert!(table.sql.contains("STRICT"), "{} is not strict", table.name);
        let columns = columns(&mut conn, &table.name);
        let dated = columns.iter().any(|column| column.name == "created_at");
        assert!(dated, "{} has no created_at", table.name);
    }
}

/// Looking for the rows that name another must not read a whole table.
#[test]
fn every_reference_is_indexed() {
    #[derive(Debug, QueryableByName)]
    struct Reference {
        #[diesel(sql_type = Text)]
        column: String,
    }
    let mut conn = database();
    for table in tables(&mut conn) {
        let references: Vec<Reference> =
            diesel::sql_query("SELECT \"from\" AS \"column\" FROM pragma_foreign_key_list(?)")
                .bind::<Text, _>(&table.name)
                .load(&mut conn)
                .expect("the references");
        let indexed: Vec<Reference> = diesel::sql_query(
            "SELECT i.name AS \"column\" FROM pragma_index_list(?) AS l, pragma_index_info(l.name) AS i",
        )
        .bind::<Text, _>(&table.name)
        .load(&mut conn)
        .expect("the indexes");
        for reference in references {
            let found = indexed.iter().any(|index| index.column == reference.column);
            assert!(found, "{}.{} has no index", table.name, reference.column);
        }
    }
}
