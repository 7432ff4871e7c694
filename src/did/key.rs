//! did:key: the identifier is the key. It cannot be rotated or revoked, so it
//! suits holders and tests, not institutions.

use super::{ControllerDocument, DidUrl, Error, Method};
use crate::keys::{PublicKey, cached_from_multibase};

/// The did:key of a key; RSA has none that we write.
///
/// ```
/// use countersign::{did, keys::PublicKey};
/// let key = PublicKey::from_multibase("z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi")?;
/// let did = did::key::did(&key);
/// assert_eq!(did.as_deref(), Some("did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"));
/// # Ok::<(), countersign::keys::Error>(())
/// ```
#[must_use]
pub fn did(key: &PublicKey) -> Option<String> {
    Some(format!("did:key:{}", key.to_multibase()?))
}

/// The id of the one method of that DID.
#[must_use]
pub fn method_id(key: &PublicKey) -> Option<String> {
    let multibase = key.to_multibase()?;
    Some(format!("did:key:{multibase}#{multibase}"))
}

/// The document that the DID stands for (did:key §3.1.1).
pub(super) fn document(url: &DidUrl<'_>) -> Result<ControllerDocument, Error> {
    let key = cached_from_multibase(url.id())?;
    let id = format!("{}#{}", url.did(), url.id());
    Ok(ControllerDocument::of_key(Method::of_key(
        id,
        url.did(),
        key,
    )))
}
