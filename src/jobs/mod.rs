//! Background work of a node.
//!
//! [`run`] takes jobs that rows of the database owe, and does by itself what
//! comes round: lists are signed again before they end, the audit gets its
//! checkpoints, old requests are forgotten, badges that a crash left half done
//! are finished, and every stored badge is looked at each night.
//!
//! **Promises.** Every job may be done twice without harm. A job that fails is
//! tried again, later each time; one that cannot be done stays and shows in the
//! metrics.

mod checkpoint;
mod owed;
mod rounds;
mod scrub;
mod watch;

use crate::edge::state::State;
use actix_web::web::Data;
use std::time::Duration;

/// Works until the node stops.
pub async fn run(state: Data<State>) {
    const TICK: Duration = Duration::from_secs(1);
    let mut rounds = rounds::Rounds::default();
    while !state.is_stopping() {
        owed::work(&state).await;
        rounds.work(&state).await;
        // Woken by whoever owes something, or by the next second.
        drop(tokio::time::timeout(TICK, state.work.notified()).await);
    }
}

/// Does everything that is owed now, once; for tests and for the start.
pub async fn settle(state: &State) {
    owed::work(state).await;
}

pub use checkpoint::checkpoint;
pub use scrub::scrub;
