//! Who did what: every act is in the audit once (SEC-70), and whatever is done
//! to the audit shows (SEC-71).

use crate::{Node, acts, rows};
use countersign::http::routes::{Access, ROUTES};
use countersign::jobs;
use countersign::store::audit::{self, Broken, Checkpoint};
use countersign::store::{Conn, Error};
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection as _, RunQueryDsl as _};
use sha2::{Digest as _, Sha256};

#[test]
fn every_route_that_changes_something_is_among_the_acts() {
    let acts = acts::all();
    for route in ROUTES {
        if route.method.name() == "GET" || !matches!(route.access, Access::With(_)) {
            continue;
        }
        let known = acts
            .iter()
            .filter(|act| act.method == route.method.name() && act.path == route.path);
        assert_eq!(known.count(), 1, "{} {}", route.method.name(), route.path);
    }
}

#[test]
fn every_act_is_in_the_audit_once_with_who_did_it_and_in_which_request() {
    let node = Node::start();
    for act in acts::all() {
        let what = format!("{} {}", act.method, act.path);
        let request = (act.prepare)(&node);
        let before = rows::entries(&node);
        let answer = request.clone().send();
        assert!(
            (200..300).contains(&answer.status),
            "{what}: {}",
            answer.text()
        );
        let new = format!("FROM audit WHERE seq > {before}");
        let left = rows::lines(&node, &format!("SELECT act AS line {new} ORDER BY seq"));
        assert_eq!(left, act.leaves, "{what}");
        for request in rows::lines(&node, &format!("SELECT request AS line {new}")) {
            assert_eq!(request, answer.header("x-request-id"), "{what}");
        }
        let known = "actor IN (SELECT id FROM tokens) AND object <> '' AND (tenant = '' OR tenant IN (SELECT id FROM issuers))";
        let whole = rows::count(&node, &format!("audit WHERE seq > {before} AND {known}"));
        assert_eq!(whole, i64::try_from(left.len()).expect("a count"), "{what}");
        if !makes_anew(act.path, act.method) {
            request.send();
            let repeated = rows::entries(&node);
            assert_eq!(repeated, before + whole, "{what}, repeated");
        }
    }
    let verified = node
        .state
        .store
        .read_blocking(|conn| audit::verify(conn, &[]));
    assert_eq!(verified.expect("the audit"), Ok(rows::entries(&node)));
}

/// Routes without a name for the request: each request is another act.
fn makes_anew(path: &str, method: &str) -> bool {
    let tail = path.rsplit('/').next().unwrap_or_default();
    matches!(
        (method, tail),
        ("POST", "tokens" | "shares" | "files") | ("PATCH", _)
    ) || (method == "PUT" && tail == "{id}")
}

/// A copy of a chain of some length, with checkpoints at these entries.
fn chain(length: i64, points: &[i64]) -> (Conn, Vec<Checkpoint>) {
    let mut conn = Conn::establish(":memory:").expect("a database");
    countersign::store::migrate(&mut conn).expect("the schema");
    for seq in 1..=length {
        let act = audit::Act {
            actor: format!("actor-{}", seq % 5),
            tenant: format!("tenant-{}", seq % 3),
            act: "credential.issued",
            object: format!("badge-{seq}"),
            before: String::new(),
            after: format!("digest-{seq}"),
            request: format!("request-{seq}"),
        };
        audit::record(&mut conn, act, 1_000 + seq).expect("an entry");
    }
    let hash_at = |conn: &mut Conn, seq: i64| {
        audit::page(conn, None, seq - 1, 1).expect("an entry")[0]
            .hash
            .clone()
    };
    let checkpoints = points
        .iter()
        .map(|seq| Checkpoint {
            seq: *seq,
            hash: hash_at(&mut conn, *seq),
            key: String::new(),
            signature: String::new(),
            created_at: 0,
        })
        .collect();
    (conn, checkpoints)
}

/// What a number from nowhere in particular decides.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % u64::try_from(end).expect("positive")).expect("small")
    }
}

const LENGTH: i64 = 60;
const POINTS: [i64; 3] = [20, 40, 60];
const COLUMNS: [&str; 9] = [
    "created_at",
    "actor",
    "tenant",
    "act",
    "object",
    "before",
    "after",
    "request",
    "hash",
];

/// The ways to tamper: each changes the chain and says what has to be found.
type Way = (&'static str, fn(&mut Conn, &mut Chance) -> Broken);

const WAYS: [Way; 6] = [
    ("flip", |conn, chance| {
        let seq = 1 + chance.below(LENGTH);
        let column = COLUMNS[usize::try_from(chance.below(9)).expect("small")];
        let change = if column == "created_at" {
            "created_at + 1"
        } else {
            &format!("{column} || 'x'")
        };
        run(
            conn,
            &format!("UPDATE audit SET {column} = {change} WHERE seq = {seq}"),
        );
        Broken::Entry(seq)
    }),
    ("delete", |conn, chance| {
        let seq = 1 + chance.below(LENGTH - 1);
        run(conn, &format!("DELETE FROM audit WHERE seq = {seq}"));
        Broken::Missing(seq)
    }),
    ("insert", |conn, chance| {
        let seq = 1 + chance.below(LENGTH);
        let from = 1 + chance.below(LENGTH);
        run(conn, "CREATE TEMP TABLE moved AS SELECT * FROM audit");
        run(conn, &format!("DELETE FROM audit WHERE seq > {seq}"));
        run(
            conn,
            &format!(
                "INSERT INTO audit SELECT {seq} + 1, created_at, actor, tenant, act, 'forged', before, after, request, hash FROM moved WHERE seq = {from}"
            ),
        );
        run(
            conn,
            &format!(
                "INSERT INTO audit SELECT seq + 1, created_at, actor, tenant, act, object, before, after, request, hash FROM moved WHERE seq > {seq}"
            ),
        );
        run(conn, "DROP TABLE moved");
        Broken::Entry(seq + 1)
    }),
    ("reorder", |conn, chance| {
        let one = 1 + chance.below(LENGTH - 1);
        let other = one + 1 + chance.below(LENGTH - one);
        for (from, to) in [(one, 1_000), (other, one), (1_000, other)] {
            run(
                conn,
                &format!("UPDATE audit SET seq = {to} WHERE seq = {from}"),
            );
        }
        Broken::Entry(one)
    }),
    ("truncate", |conn, chance| {
        let seq = chance.below(LENGTH);
        run(conn, &format!("DELETE FROM audit WHERE seq > {seq}"));
        Broken::CutOff(seq)
    }),
    // Whoever can write the database can write the digests as well; the
    // checkpoints lie elsewhere.
    ("rewrite", |conn, chance| {
        let seq = 1 + chance.below(LENGTH);
        run(
            conn,
            &format!("UPDATE audit SET actor = 'nobody' WHERE seq = {seq}"),
        );
        rewrite(conn);
        let point = POINTS
            .iter()
            .find(|point| **point >= seq)
            .expect("a checkpoint");
        Broken::Checkpoint(*point)
    }),
];

fn run(conn: &mut Conn, statement: &str) {
    conn.batch_execute(statement).expect(statement);
}

/// The chain as the header of `store::audit` describes it, made anew.
fn rewrite(conn: &mut Conn) {
    let mut hash = countersign::text::hex(&Sha256::digest(b"countersign audit 1"));
    for entry in audit::page(conn, None, 0, 1_000).expect("entries") {
        let (seq, at) = (entry.seq.to_string(), entry.created_at.to_string());
        let mut hasher = Sha256::new();
        for column in [
            &hash,
            &seq,
            &at,
            &entry.actor,
            &entry.tenant,
            &entry.act,
            &entry.object,
            &entry.before,
            &entry.after,
            &entry.request,
        ] {
            hasher.update((column.len() as u64).to_be_bytes());
            hasher.update(column.as_bytes());
        }
        hash = countersign::text::hex(&hasher.finalize());
        diesel::sql_query("UPDATE audit SET hash = ? WHERE seq = ?")
            .bind::<Text, _>(&hash)
            .bind::<BigInt, _>(entry.seq)
            .execute(conn)
            .expect("a digest");
    }
}

#[test]
fn whatever_is_done_to_the_audit_is_found_at_the_first_bad_entry() {
    const TRIALS: usize = 200;
    let (mut conn, checkpoints) = chain(LENGTH, &POINTS);
    assert_eq!(
        audit::verify(&mut conn, &checkpoints).expect("the audit"),
        Ok(LENGTH)
    );
    let mut chance = Chance(20_261_125);
    for (name, tamper) in WAYS {
        for trial in 0..TRIALS {
            run(&mut conn, "BEGIN");
            let expected = tamper(&mut conn, &mut chance);
            let found = audit::verify(&mut conn, &checkpoints).expect("the audit");
            assert_eq!(found, Err(expected), "{name}, trial {trial}");
            run(&mut conn, "ROLLBACK");
        }
    }
    assert_eq!(
        audit::verify(&mut conn, &checkpoints).expect("the audit"),
        Ok(LENGTH)
    );
}

/// The control: without checkpoints a rewritten or shortened chain looks whole.
#[test]
fn only_checkpoints_show_a_chain_that_was_written_anew() {
    let (mut conn, _) = chain(LENGTH, &POINTS);
    run(&mut conn, "UPDATE audit SET actor = 'nobody' WHERE seq = 7");
    rewrite(&mut conn);
    run(&mut conn, "DELETE FROM audit WHERE seq > 50");
    assert_eq!(audit::verify(&mut conn, &[]).expect("the audit"), Ok(50));
}

#[test]
fn a_node_signs_the_head_of_its_audit_every_minute() {
    let node = Node::start();
    node.given();
    node.pass(61);
    node.until(|| rows::count(&node, "audit_checkpoints WHERE seq >= 8") > 0);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime
        .block_on(jobs::checkpoint(&node.state))
        .expect("a checkpoint");
    let found: Result<_, Error> = node.state.store.read_blocking(|conn| {
        let points = audit::checkpoints(conn)?;
        let verified = audit::verify(conn, &points)?;
        Ok((points, verified))
    });
    let (points, verified) = found.expect("the audit");
    assert_eq!(verified, Ok(rows::entries(&node)));
    assert!(!points.is_empty());
    let kept = node
        .state
        .store
        .settings()
        .log
        .with_extension("checkpoints");
    let kept = std::fs::read_to_string(kept).expect("a copy beside the issue log");
    for point in points {
        assert!(kept.contains(&point.hash) && kept.contains(&point.signature));
    }
}
