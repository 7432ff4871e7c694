//! What comes round by itself.

use super::watch::watch;
use super::{checkpoint, scrub};
use crate::edge::issuing;
use crate::edge::state::State;
use crate::store::jobs::{self, Kind};
use crate::store::{Error, facts, idempotency, status};

/// Of a minute.
const QUARTER: i64 = 15;
const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;
/// REL-03.
const KEYS_ARE_KEPT: i64 = 30 * DAY;

/// When each was done last.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    lists: i64,
    recovery: i64,
    checkpoints: i64,
    numbers: i64,
    clock: i64,
    requests: i64,
    badges: i64,
}

/// Whether it is time, and if so notes it.
fn is_due(last: &mut i64, every: i64, now: i64) -> bool {
    // A clock that was set back must not stop the rounds.
    let due = now - *last >= every || now < *last;
    if due {
        *last = now;
    }
    due
}

impl Rounds {
    /// Does what it is time for.
    pub(super) async fn work(&mut self, state: &State) {
        let now = state.clock.unix();
        if is_due(&mut self.lists, HOUR, now) {
            log(
                renew_lists(state, now).await,
                "lists could not be looked at",
            );
        }
        if is_due(&mut self.recovery, MINUTE, now)
            && let Err(problem) = issuing::recover_older(state, now - MINUTE).await
        {
            problem.log("recovery");
        }
        if is_due(&mut self.checkpoints, MINUTE, now)
            && let Err(problem) = checkpoint(state).await
        {
            problem.log("checkpoint");
        }
        if is_due(&mut self.numbers, QUARTER, now) {
            log(watch(state).await, "the node could not be watched");
        }
        if is_due(&mut self.clock, MINUTE, now) {
            let noted = state
                .store
                .write(move |tx| facts::note_latest(tx.conn, now));
            log(noted.await, "the time could not be noted");
        }
        if is_due(&mut self.requests, DAY, now) {
            log(forget_requests(state, now).await, "old requests stay");
        }
        // The first night comes a day after the start.
        if self.badges == 0 {
            self.badges = now;
        }
        if is_due(&mut self.badges, DAY, now) {
            log(
                scrub(state).await.map(drop),
                "badges could not be looked at",
            );
        }
    }
}

fn log(done: Result<(), Error>, what: &'static str) {
    if let Err(error) = done {
        tracing::error!(%error, "{what}");
    }
}

/// REL-12: a list is signed again each day, long before it ends.
async fn renew_lists(state: &State, now: i64) -> Result<(), Error> {
    let soon = now + state.choices.list_seconds - DAY;
    state
        .store
        .write(move |tx| {
            for (issuer, number) in status::due(tx.conn, soon)? {
                let subject = format!("{issuer}/{number}");
                jobs::enqueue(tx.conn, Kind::PublishStatusList, &subject, now)?;
            }
            Ok::<_, Error>(())
        })
        .await?;
    state.work.notify_one();
    Ok(())
}

async fn forget_requests(state: &State, now: i64) -> Result<(), Error> {
    state
        .store
        .write(move |tx| idempotency::forget_before(tx.conn, now - KEYS_ARE_KEPT))
        .await
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_comes_when_it_is_due_also_after_the_clock_was_set_back() {
        let mut last = 0;
        assert!(is_due(&mut last, HOUR, 10 * HOUR));
        assert!(!is_due(&mut last, HOUR, 10 * HOUR + 1));
        assert!(is_due(&mut last, HOUR, 11 * HOUR));
        assert!(is_due(&mut last, HOUR, 5 * HOUR));
        assert!(!is_due(&mut last, HOUR, 5 * HOUR + 1));
    }
}
