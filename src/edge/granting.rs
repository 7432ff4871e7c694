//! Makes tokens: the one way by which somebody gets one.

use super::problem::{Code, Problem};
use super::state::State;
use super::token;
use crate::access::Role;
use crate::store::audit;
use crate::store::tokens::{self, Token};
use crate::text::random_id;
use zeroize::Zeroizing;

/// A token that somebody is to get.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Whose it is, by the issuer's name in the database; nothing for roles of
    /// the node.
    pub issuer: Option<String>,
    /// What it may do.
    pub role: Role,
    /// What its owner calls it.
    pub name: String,
    /// How many days it works.
    pub days: i64,
    /// Who makes it.
    pub actor: String,
    /// The request it is made in.
    pub request: String,
}

/// Makes a token, and notes it in the audit. The secret is in nobody's hands
/// but the caller's.
///
/// # Errors
/// `schema_invalid` for a name or a time that cannot be; `not_allowed` for a
/// role of the node with an organisation, or the other way round.
pub async fn grant(state: &State, grant: Grant) -> Result<(Token, Zeroizing<String>), Problem> {
    const DAY: i64 = 86_400;
    require_sound(&grant)?;
    let now = state.clock.unix();
    let secret = token::make(&mut rand::rng());
    let row = Token {
        id: random_id(&mut rand::rng()),
        issuer_id: grant.issuer,
        role: grant.role.name().to_owned(),
        name: grant.name.trim().to_owned(),
        digest: token::digest(&secret).unwrap_or_default(),
        created_by: grant.actor,
        created_at: now,
        expires_at: now + grant.days * DAY,
        revoked_at: None,
        last_used_at: None,
    };
    let kept = row.clone();
    state
        .store
        .write(move |tx| {
            tokens::add(tx.conn, &kept)?;
            let act = audit::Act {
                actor: kept.created_by,
                tenant: kept.issuer_id.unwrap_or_default(),
                act: "token.created",
                object: kept.id,
                request: grant.request,
                ..audit::Act::default()
            };
            audit::record(tx.conn, act, now)?;
            Ok::<_, Problem>(())
        })
        .await?;
    Ok((row, secret))
}

fn require_sound(grant: &Grant) -> Result<(), Problem> {
    let name = grant.name.trim();
    if name.is_empty() || name.len() > 100 || !(1..=365).contains(&grant.days) {
        return Err(Problem::new(
            Code::SCHEMA_INVALID,
            "a token has a name of 1 to 100 bytes and works 1 to 365 days",
        ));
    }
    match (grant.role.is_of_node(), &grant.issuer) {
        (true, Some(_)) => Err(Problem::new(
            Code::NOT_ALLOWED,
            "that is a role of the node",
        )),
        (false, None) => Err(Problem::new(
            Code::NOT_ALLOWED,
            "that is a role of an organisation",
        )),
        _ => Ok(()),
    }
}
