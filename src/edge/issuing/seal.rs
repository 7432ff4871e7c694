//! Step 3: the very bytes that were kept are linted again and signed.

use super::draft;
use crate::clock::Moment;
use crate::edge::directory::Tenant;
use crate::edge::issuer_settings::SealName;
use crate::edge::problem::{Code, Problem};
use crate::edge::state::State;
use crate::issue::{self, Method};
use crate::json::{self, Value};
use crate::store::Error;
use crate::store::credentials::{Credential, Sealed};
use crate::text::hex;
use sha2::{Digest as _, Sha256};

/// Signs a badge that was reserved. The same row gives the same bytes.
///
/// # Errors
/// `issue_mismatch` if our own check does not find it authentic; `signer_down`;
/// [`Problem::internal`] if what was kept cannot be read or no longer passes.
pub fn seal(state: &State, tenant: &Tenant, row: &Credential) -> Result<Sealed, Problem> {
    fail::fail_point!("issuing.before_seal", |_| std::process::abort());
    let text = row.draft.as_deref().ok_or(Error::Damaged("a draft"))?;
    let object = match json::parse(text.as_bytes()) {
        Ok(Value::Object(object)) => object.into_owned(),
        _ => return Err(Error::Damaged("a draft").into()),
    };
    let created = Moment::from_unix(row.sealed_at).map_err(Problem::internal)?;
    let ready = draft::lint(state, tenant, &object, created)?;
    let key = tenant
        .keys
        .iter()
        .find(|key| key.id == row.key_id)
        .ok_or(Error::Damaged("the key of a badge"))?;
    let name = SealName::named(&row.seal).ok_or(Error::Damaged("the seal of a badge"))?;
    let method = Method {
        seal: name.seal(),
        verification_method: tenant.method_id(key)?,
        created,
    };
    let signer = state.keyring.signer(&tenant.issuer, key)?;
    let signed = issue::sign(ready, &*signer, &method).map_err(failed)?;
    let body = signed.text().into_owned();
    fail::fail_point!("issuing.after_seal", |_| std::process::abort());
    Ok(Sealed {
        digest: hex(&Sha256::digest(&body)),
        media_type: signed.media_type().to_owned(),
        body,
    })
}

fn failed(error: issue::Error) -> Problem {
    match error {
        issue::Error::Mismatch { .. } => {
            tracing::error!(%error, "a badge did not pass our own check");
            Problem::new(Code::ISSUE_MISMATCH, "nothing was issued")
        }
        issue::Error::TooLarge => Problem::new(
            Code::PAYLOAD_TOO_LARGE,
            "the badge would be larger than other nodes read",
        ),
        error => Problem::internal(error),
    }
}
