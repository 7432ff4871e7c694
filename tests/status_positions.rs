//! Positions of status lists, given to many at the same time (REL-08, REL-10).

#![expect(clippy::expect_used, reason = "a test stops where it stands")]

use countersign::status::POSITIONS;
use countersign::store::issuers::{self, Issuer};
use countersign::store::{Error, Settings, Store, status};
use diesel::RunQueryDsl as _;
use diesel::sql_types::BigInt;
use std::path::PathBuf;

const THREADS: usize = 64;
const ALL: usize = 200_000;
/// Positions in one transaction.
const GROUP: usize = 25;

#[derive(diesel::QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn number(store: &Store, query: &str) -> i64 {
    let found: Result<Number, Error> =
        store.read_blocking(|conn| Ok(diesel::sql_query(query).get_result(conn)?));
    found.expect(query).number
}

fn store(name: &str) -> (Store, PathBuf) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&folder));
    let store = Store::open(Settings::in_folder(&folder)).expect("a store");
    let added: Result<(), Error> = store.write_blocking(|tx| issuers::add(tx.conn, &issuer()));
    added.expect("an issuer");
    (store, folder)
}

fn issuer() -> Issuer {
    Issuer {
        id: "council".to_owned(),
        slug: "council".to_owned(),
        is_root: false,
        name: "Council".to_owned(),
        profile: "{}".to_owned(),
        id_form: "did".to_owned(),
        settings: "{}".to_owned(),
        data_key: vec![0],
        state: "open".to_owned(),
        version: 1,
        created_at: 0,
        updated_at: 0,
        closed_at: None,
    }
}

/// Gives positions from many threads at once.
fn give(store: &Store, all: usize) {
    let of_each = all / THREADS / GROUP;
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            scope.spawn(move || {
                for round in 0..of_each {
                    let given: Result<(), Error> = store.write_blocking(move |tx| {
                        for one in 0..GROUP {
                            let badge = format!("{thread}-{round}-{one}");
                            status::give(
                                tx.conn,
                                ("council", "revocation"),
                                &badge,
                                &mut || [7; 32],
                                0,
                            )?;
                        }
                        Ok(())
                    });
                    given.expect("positions");
                }
            });
        }
    });
}

#[test]
fn no_position_is_given_twice_and_lists_are_used_up() {
    let (store, folder) = store("positions");
    give(&store, ALL);
    let given = i64::try_from(ALL).expect("a count");
    assert_eq!(
        number(&store, "SELECT count(*) AS number FROM status_entries"),
        given
    );
    let twice = "SELECT count(*) AS number FROM (SELECT 1 FROM status_entries \
                 GROUP BY issuer_id, list, position HAVING count(*) > 1)";
    assert_eq!(number(&store, twice), 0);
    let badges = "SELECT count(DISTINCT credential_id) AS number FROM status_entries";
    assert_eq!(number(&store, badges), given);
    let full =
        "SELECT count(*) AS number FROM status_lists WHERE state = 'full' AND given = capacity";
    assert_eq!(
        number(&store, full),
        1,
        "the first list is used to its last position"
    );
    let open = "SELECT given AS number FROM status_lists WHERE state = 'open'";
    assert_eq!(number(&store, open), given - i64::from(POSITIONS));
    let range = format!(
        "SELECT count(*) AS number FROM status_entries WHERE position NOT BETWEEN 0 AND {}",
        POSITIONS - 1
    );
    assert_eq!(number(&store, &range), 0);
    drop(store);
    drop(std::fs::remove_dir_all(folder));
}

/// The last line of defence: the database itself.
#[test]
fn the_database_refuses_a_position_that_was_given() {
    let (store, folder) = store("given-twice");
    give(&store, THREADS * GROUP);
    let again: Result<(), Error> = store.write_blocking(|tx| {
        diesel::sql_query("UPDATE status_lists SET given = given - 1").execute(tx.conn)?;
        status::give(
            tx.conn,
            ("council", "revocation"),
            "second",
            &mut || [7; 32],
            0,
        )
        .map(drop)
    });
    assert!(matches!(
        again,
        Err(Error::Refused(countersign::store::Constraint::StatusEntry))
    ));
    let entries = "SELECT count(*) AS number FROM status_entries WHERE credential_id = 'second'";
    assert_eq!(number(&store, entries), 0);
    drop(store);
    drop(std::fs::remove_dir_all(folder));
}
