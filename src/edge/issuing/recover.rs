//! Finishes what a crash left between reserving and handing out.

use super::{finish, seal};
use crate::edge::idempotency::Once;
use crate::edge::problem::{Code, Problem};
use crate::edge::state::State;
use crate::store::credentials::{self, Credential};
use crate::store::idempotency;
use std::collections::BTreeMap;

/// Seals every badge that is reserved, and answers the requests that asked for
/// them. Returns how many badges were handed out. For the start of a node,
/// before it takes requests: there is nobody else then who seals.
///
/// # Errors
/// [`Problem`] if the database fails. A badge that cannot be sealed is given
/// up, with its positions; a signer that is down is waited for.
pub async fn recover(state: &State) -> Result<usize, Problem> {
    recover_older(state, i64::MAX).await
}

/// [`recover`] for badges that were reserved before a moment: while the node
/// runs, younger ones are still being sealed by those who asked for them. One
/// that both seal gets the same bytes twice, and is kept once.
///
/// # Errors
/// As [`recover`].
pub async fn recover_older(state: &State, before: i64) -> Result<usize, Problem> {
    const PAGE: i64 = 500;
    let mut done = 0;
    loop {
        let rows = state
            .store
            .read(move |conn| credentials::reserved(conn, before, PAGE))
            .await
            .map_err(Problem::from)?;
        if rows.is_empty() {
            return Ok(done);
        }
        for (request, rows) in by_request(rows) {
            done += one_request(state, request, rows).await?;
        }
    }
}

/// Badges of one request are finished together.
fn by_request(rows: Vec<Credential>) -> BTreeMap<(String, String), Vec<Credential>> {
    let mut requests: BTreeMap<_, Vec<Credential>> = BTreeMap::new();
    for row in rows {
        let name = (
            row.issuer_id.clone(),
            row.request.clone().unwrap_or_default(),
        );
        requests.entry(name).or_default().push(row);
    }
    requests
}

async fn one_request(
    state: &State,
    (issuer, key): (String, String),
    rows: Vec<Credential>,
) -> Result<usize, Problem> {
    let tenant = state
        .directory
        .by_id(&issuer)
        .ok_or_else(|| Problem::not_found("organisation"))?;
    let (mut sealed, mut given_up) = (Vec::new(), Vec::new());
    for row in rows {
        match seal(state, &tenant, &row) {
            Ok(bytes) => sealed.push((row, bytes)),
            Err(problem) if problem.code == Code::SIGNER_DOWN => return Err(problem),
            Err(problem) => {
                problem.log("recovery");
                given_up.push(row.id);
            }
        }
    }
    let now = state.clock.unix();
    state
        .store
        .write(move |tx| {
            for id in given_up {
                credentials::fail(tx.conn, &id)?;
            }
            let rows = finish(tx, sealed, None, "recovery", now)?;
            let once = Once {
                tenant: issuer,
                key,
                fingerprint: String::new(),
            };
            if idempotency::find(tx.conn, &once.tenant, &once.key)?.is_some() {
                once.answered(tx.conn, &super::finish::remembered(&rows, 201))?;
            }
            Ok::<_, Problem>(rows.len())
        })
        .await
}
