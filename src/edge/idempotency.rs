//! A request that is sent twice acts once (REL-03).

use super::problem::{Code, Problem};
use super::state::State;
use crate::store::idempotency;
use crate::store::{Conn, Tx};
use crate::text::hex;
use sha2::{Digest as _, Sha256};

/// The longest key.
const LONGEST: usize = 255;

/// The name a caller gave to a request, with what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// The issuer, or empty for the node's own routes.
    pub tenant: String,
    /// The key.
    pub key: String,
    /// Of method, route and body.
    pub fingerprint: String,
}

/// What is answered: the status and the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// JSON.
    pub body: String,
}

impl Once {
    /// Takes the header, the route and the body.
    ///
    /// # Errors
    /// `idempotency_missing` without a key that can be kept.
    pub fn new(
        tenant: &str,
        header: Option<&str>,
        route: &str,
        body: &[u8],
    ) -> Result<Self, Problem> {
        let key = header.map(str::trim).unwrap_or_default();
        let is_plain = key.bytes().all(|byte| (0x20..0x7f).contains(&byte));
        if key.is_empty() || key.len() > LONGEST || !is_plain {
            return Err(Problem::new(
                Code::IDEMPOTENCY_MISSING,
                "send an Idempotency-Key of 1 to 255 characters: the same for every attempt at the same thing",
            ));
        }
        let mut hasher = Sha256::new();
        hasher.update(route.as_bytes());
        hasher.update([0]);
        hasher.update(body);
        Ok(Self {
            tenant: tenant.to_owned(),
            key: key.to_owned(),
            fingerprint: hex(&hasher.finalize()),
        })
    }

    /// The answer that was given before, if there is one.
    ///
    /// # Errors
    /// `idempotency_mismatch` if the key was used for something else;
    /// `idempotency_in_progress` if the first attempt is still running.
    pub fn earlier(&self, conn: &mut Conn) -> Result<Option<Answer>, Problem> {
        fail::fail_point!("idempotency.forget", |_| Ok(None));
        let Some(earlier) = idempotency::find(conn, &self.tenant, &self.key)? else {
            return Ok(None);
        };
        if earlier.fingerprint != self.fingerprint {
            return Err(Problem::new(
                Code::IDEMPOTENCY_MISMATCH,
                "use a new key for another request",
            ));
        }
        match (earlier.status, earlier.body) {
            (Some(status), Some(body)) => Ok(Some(Answer {
                status: u16::try_from(status).unwrap_or(200),
                body,
            })),
            _ => Err(Problem::new(
                Code::IDEMPOTENCY_IN_PROGRESS,
                "try again when it has been answered",
            )
            .retry_after(1)),
        }
    }

    /// Notes that the request runs.
    ///
    /// # Errors
    /// [`Problem`].
    pub fn begin(&self, conn: &mut Conn, now: i64) -> Result<(), Problem> {
        fail::fail_point!("idempotency.forget", |_| {
            idempotency::forget_before(conn, i64::MAX)?;
            Ok(())
        });
        idempotency::begin(conn, &self.tenant, &self.key, &self.fingerprint, now)?;
        Ok(())
    }

    /// Notes the answer.
    ///
    /// # Errors
    /// [`Problem`].
    pub fn answered(&self, conn: &mut Conn, answer: &Answer) -> Result<(), Problem> {
        let status = i64::from(answer.status);
        idempotency::answer(conn, &self.tenant, &self.key, status, &answer.body)?;
        Ok(())
    }
}

/// Does something in one transaction, once: the act, its audit, its jobs and
/// its answer are kept together or not at all.
///
/// # Errors
/// Those of `act`; nothing is kept then, and the key may be used again.
pub async fn once(
    state: &State,
    once: Once,
    act: impl FnOnce(&mut Tx<'_>) -> Result<Answer, Problem> + Send + 'static,
) -> Result<Answer, Problem> {
    let now = state.clock.unix();
    let answer = state
        .store
        .write(move |tx| {
            if let Some(earlier) = once.earlier(tx.conn)? {
                return Ok(earlier);
            }
            once.begin(tx.conn, now)?;
            let answer = act(tx)?;
            once.answered(tx.conn, &answer)?;
            Ok::<_, Problem>(answer)
        })
        .await?;
    state.work.notify_one();
    Ok(answer)
}
