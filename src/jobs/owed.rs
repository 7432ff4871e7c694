//! Jobs that rows owe.

use crate::edge::lists;
use crate::edge::problem::Problem;
use crate::edge::state::State;
use crate::edge::telemetry::record;
use crate::store::Error;
use crate::store::jobs::{self, Job, Kind};
use tokio::time::Instant;

/// How long a worker may take before the job is taken for lost, in seconds.
const LEASE: i64 = 60;
/// After so many attempts a job is dead: about three days.
const ATTEMPTS: i64 = 30;

/// Takes one job after the other until none is due.
pub(super) async fn work(state: &State) {
    loop {
        let now = state.clock.unix();
        let taken: Result<Option<Job>, Error> = state
            .store
            .write(move |tx| jobs::take(tx.conn, now, LEASE))
            .await;
        match taken {
            Ok(Some(job)) => one(state, job).await,
            Ok(None) => return,
            Err(error) => {
                tracing::error!(%error, "no job could be taken");
                return;
            }
        }
    }
}

async fn one(state: &State, job: Job) {
    let began = Instant::now();
    let done = act(state, &job).await;
    let outcome = if done.is_ok() { "done" } else { "failed" };
    let kind = Kind::named(&job.kind).map_or("unknown", Kind::name);
    record::job(kind, outcome, began.elapsed());
    let now = state.clock.unix();
    let noted: Result<(), Error> = match done {
        Ok(()) => {
            state
                .store
                .write(move |tx| jobs::done(tx.conn, job.id))
                .await
        }
        Err(problem) => {
            problem.log("job");
            let again = again_at(job.attempts, now);
            if again.is_none() {
                tracing::error!(job.kind, job.subject, "a job is given up");
            }
            let text = problem.to_string();
            state
                .store
                .write(move |tx| jobs::failed(tx.conn, &job, &text, again))
                .await
        }
    };
    if let Err(error) = noted {
        // Its lease ends, and it is taken again.
        tracing::error!(%error, "the end of a job could not be noted");
    }
}

async fn act(state: &State, job: &Job) -> Result<(), Problem> {
    let unknown = || Problem::internal(Error::Damaged("a job"));
    match Kind::named(&job.kind).ok_or_else(unknown)? {
        Kind::PublishStatusList => {
            let (issuer, number) = job.subject.rsplit_once('/').ok_or_else(unknown)?;
            let number = number.parse().map_err(|_| unknown())?;
            lists::publish(state, issuer, number).await
        }
    }
}

/// Doubling from one second to six hours.
fn again_at(attempts: i64, now: i64) -> Option<i64> {
    const LONGEST: i64 = 6 * 3_600;
    if attempts >= ATTEMPTS {
        return None;
    }
    let wait = 1_i64 << attempts.clamp(0, 15);
    Some(now + wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_tried_later_each_time_and_given_up_in_the_end() {
        let waits: Vec<Option<i64>> = (1..=ATTEMPTS).map(|n| again_at(n, 0)).collect();
        assert_eq!(waits[..4], [Some(2), Some(4), Some(8), Some(16)]);
        assert_eq!(waits[waits.len() - 2], Some(6 * 3_600));
        assert_eq!(waits[waits.len() - 1], None);
    }
}
