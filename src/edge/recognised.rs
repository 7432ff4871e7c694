//! Whom a node recognises by itself: the organisations that it seals for.
//!
//! **Does not** know anybody else; lists of others come on top of it.

use super::state::State;
use crate::clock::Moment;
use crate::trust::{Entry, OrganisationName, Status, TrustFile};

/// The node's own organisations, as a checker's list. A badge of anybody else
/// is then of an organisation that is not recognised, and one that goes by the
/// name of one of ours is found out.
#[must_use]
pub fn own(state: &State) -> TrustFile {
    let tenants = state.directory.all();
    let entries = tenants.iter().map(|tenant| {
        let moment = |seconds| Moment::from_unix(seconds).ok();
        let (status, since) = match tenant.issuer.closed_at {
            Some(at) => (Status::Closed, moment(at)),
            None => (Status::Own, moment(tenant.issuer.created_at)),
        };
        Entry {
            code: tenant.issuer.id.clone(),
            ids: vec![tenant.address.did.clone(), tenant.address.base.clone()],
            name: Some(OrganisationName::new(&tenant.issuer.name)),
            status,
            since,
            review_due: None,
            how_checked: None,
        }
    });
    TrustFile {
        entries: entries.collect(),
        ..TrustFile::default()
    }
}
