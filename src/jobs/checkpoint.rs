//! Signs the head of the audit, so that a cut-off end shows (SEC-71).

use crate::edge::audit_key;
use crate::edge::problem::Problem;
use crate::edge::state::State;
use crate::keys::base64url;
use crate::store::Error;
use crate::store::audit::{self, Checkpoint};
use std::io::Write as _;

/// Signs the newest entry, if none was signed since. The checkpoint goes into
/// the database, and into a file beside the issue log that can be kept
/// elsewhere.
///
/// # Errors
/// [`Problem`].
pub async fn checkpoint(state: &State) -> Result<(), Problem> {
    let (head, last) = state
        .store
        .read(|conn| {
            let last = audit::last_checkpoint(conn)?;
            Ok::<_, Error>((audit::head(conn)?, last))
        })
        .await
        .map_err(Problem::from)?;
    let (seq, hash) = head;
    if seq == 0 || last.is_some_and(|last| last.seq >= seq) {
        return Ok(());
    }
    let key = audit_key::open(state).await?;
    let now = state.clock.unix();
    let message = Checkpoint::message(seq, &hash, now);
    let signature = key.sign(message.as_bytes()).map_err(Problem::internal)?;
    let checkpoint = Checkpoint {
        seq,
        hash,
        key: key.public().thumbprint(),
        signature: base64url::encode(&signature),
        created_at: now,
    };
    append(state, &checkpoint).map_err(Problem::internal)?;
    state
        .store
        .write(move |tx| audit::add_checkpoint(tx.conn, &checkpoint))
        .await
        .map_err(Problem::from)
}

fn append(state: &State, checkpoint: &Checkpoint) -> std::io::Result<()> {
    let path = state.store.settings().log.with_extension("checkpoints");
    let mut file = std::fs::File::options()
        .append(true)
        .create(true)
        .open(path)?;
    let line = serde_json::json!({
        "seq": checkpoint.seq,
        "hash": checkpoint.hash,
        "key": checkpoint.key,
        "signature": checkpoint.signature,
        "at": checkpoint.created_at,
    });
    writeln!(file, "{line}")?;
    file.sync_data()
}
