//! Step 4: one transaction keeps the signed bytes, the audit and the answer.

use crate::edge::idempotency::{Answer, Once};
use crate::edge::problem::Problem;
use crate::store::credentials::{self, Credential, Sealed};
use crate::store::{Error, Logged, Tx, audit, status, stops};

/// Keeps signed badges and returns their rows as they are then. A badge that
/// somebody else finished meanwhile (after a crash) is taken as it is: it has
/// the same bytes.
///
/// # Errors
/// [`Problem`]; nothing is kept then, and the badges wait for [`super::recover`].
pub fn finish(
    tx: &mut Tx<'_>,
    sealed: Vec<(Credential, Sealed)>,
    once: Option<(&Once, u16)>,
    request: &str,
    now: i64,
) -> Result<Vec<Credential>, Problem> {
    let mut rows = Vec::new();
    for (row, sealed) in sealed {
        fail::fail_point!("issuing.in_finish", |_| std::process::abort());
        if credentials::finish(tx.conn, &row.id, &sealed, now)? {
            rows.push(kept(tx, row, sealed, request, now)?);
        } else {
            let found = credentials::find_any(tx.conn, &row.id)?;
            rows.push(found.ok_or(Error::Damaged("a badge is missing"))?);
        }
    }
    if let Some((once, status)) = once {
        once.answered(tx.conn, &remembered(&rows, status))?;
    }
    Ok(rows)
}

/// What is remembered of an answer: which badges it was about. They never
/// change, so the answer can be made again.
#[must_use]
pub(super) fn remembered(rows: &[Credential], status: u16) -> Answer {
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    Answer {
        status,
        body: serde_json::json!({ "issued": ids }).to_string(),
    }
}

fn kept(
    tx: &mut Tx<'_>,
    row: Credential,
    sealed: Sealed,
    request: &str,
    now: i64,
) -> Result<Credential, Problem> {
    let row = Credential {
        state: "issued".to_owned(),
        draft: None,
        body: Some(sealed.body),
        digest: Some(sealed.digest.clone()),
        media_type: Some(sealed.media_type),
        issued_at: Some(now),
        ..row
    };
    let entries = status::entries(tx.conn, &row.issuer_id, &row.id)?;
    tx.log(Logged {
        issuer: row.issuer_id.clone(),
        credential: row.id.clone(),
        positions: entries
            .iter()
            .map(|(entry, _)| (entry.list, entry.position))
            .collect(),
        digest: sealed.digest.clone(),
        row: serde_json::to_value(&row).map_err(Problem::internal)?,
    });
    audit::record(
        tx.conn,
        audit::Act {
            actor: row.created_by.clone(),
            tenant: row.issuer_id.clone(),
            act: "credential.issued",
            object: row.id.clone(),
            before: String::new(),
            after: sealed.digest,
            request: request.to_owned(),
        },
        now,
    )?;
    after(tx, &row, request, now)?;
    Ok(row)
}

/// What a new badge does to the one before it: a replaced or re-issued badge
/// is withdrawn, a renewed one ends by itself.
fn after(tx: &mut Tx<'_>, row: &Credential, request: &str, now: i64) -> Result<(), Problem> {
    let (Some(earlier), Some(how)) = (&row.follows, row.follows_as.as_deref()) else {
        return Ok(());
    };
    if how == "renewal" {
        return Ok(());
    }
    let reason = if how == "reissue" {
        "reissued"
    } else {
        "replaced"
    };
    let told = super::super::withdrawing::Said {
        is_set: true,
        reason: Some(reason.to_owned()),
        actor: row.created_by.clone(),
        request: request.to_owned(),
    };
    super::super::withdrawing::say(tx, &row.issuer_id, earlier, "revocation", &told, now)?;
    if how == "reissue" {
        let holder = stops::Holder {
            credential_id: earlier.clone(),
            issuer_id: row.issuer_id.clone(),
            reason: "key compromised".to_owned(),
            newer_id: Some(row.id.clone()),
            created_at: now,
        };
        stops::tell(tx.conn, &holder)?;
    }
    Ok(())
}
