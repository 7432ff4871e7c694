//! Who calls: a bearer token becomes a [`Bearer`], or a problem.
//!
//! **Promises.** A token that was ended works nowhere after five seconds, on
//! the node that ended it at once.

use super::problem::{Code, Problem};
use super::state::State;
use super::token;
use crate::access::Role;
use crate::store::tokens;
use std::sync::Arc;
use std::time::Duration;

/// Somebody with a token that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The token's name in the audit.
    pub id: String,
    /// Whose it is; nothing for roles of the node.
    pub issuer: Option<String>,
    /// What they may do.
    pub role: Role,
    expires_at: i64,
}

/// Tokens that were seen lately.
#[derive(Debug)]
pub struct TokenCache {
    known: moka::sync::Cache<String, Arc<Bearer>>,
}

impl Default for TokenCache {
    fn default() -> Self {
        const KNOWN: u64 = 10_000;
        Self {
            known: moka::sync::Cache::builder()
                .max_capacity(KNOWN)
                .time_to_live(Duration::from_secs(5))
                .build(),
        }
    }
}

impl TokenCache {
    /// Forgets a token that was ended, by its digest.
    pub fn forget(&self, digest: &str) {
        self.known.invalidate(digest);
    }
}

/// The bearer of an `Authorization` header's token.
///
/// # Errors
/// `auth_required` for none, an unknown or an ended one; `token_expired`.
pub async fn bearer(state: &State, header: Option<&str>) -> Result<Arc<Bearer>, Problem> {
    let missing = || {
        Problem::new(
            Code::AUTH_REQUIRED,
            "send a token that works: Authorization: Bearer csk_…",
        )
    };
    let text = header.and_then(bearer_token).ok_or_else(missing)?;
    let digest = token::digest(text).ok_or_else(missing)?;
    let now = state.clock.unix();
    let bearer = match state.tokens.known.get(&digest) {
        Some(bearer) => bearer,
        None => {
            let bearer = look_up(state, digest.clone(), now)
                .await?
                .ok_or_else(missing)?;
            let bearer = Arc::new(bearer);
            state.tokens.known.insert(digest, Arc::clone(&bearer));
            bearer
        }
    };
    if now >= bearer.expires_at {
        return Err(Problem::new(Code::TOKEN_EXPIRED, "ask for a new token"));
    }
    Ok(bearer)
}

/// RFC 6750 §2.1; the word before the token is not case-sensitive.
fn bearer_token(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim_start_matches(' '))
}

async fn look_up(state: &State, digest: String, now: i64) -> Result<Option<Bearer>, Problem> {
    const HOUR: i64 = 3_600;
    let found = state
        .store
        .read(move |conn| tokens::by_digest(conn, &digest))
        .await
        .map_err(Problem::from)?;
    let Some(found) = found.filter(|token| token.revoked_at.is_none()) else {
        return Ok(None);
    };
    if found.last_used_at.is_none_or(|at| now - at >= HOUR) {
        let id = found.id.clone();
        let noted = state.store.write(move |tx| tokens::used(tx.conn, &id, now));
        // That it was used is a courtesy; a full disk must not lock out.
        drop(noted.await);
    }
    let role = Role::named(&found.role)
        .ok_or_else(|| Problem::internal(crate::store::Error::Damaged("the role of a token")))?;
    Ok(Some(Bearer {
        id: found.id,
        issuer: found.issuer_id,
        role,
        expires_at: found.expires_at,
    }))
}
