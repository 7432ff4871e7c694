//! did:jwk: the identifier is a JWK in base64url; its one method is `#0`.

use super::{ControllerDocument, DidUrl, Error, Method};
use crate::json::{self, Value};
use crate::keys::{PublicKey, base64url};

/// The did:jwk of a key, from the members that make the key.
#[must_use]
pub fn did(key: &PublicKey) -> String {
    let jwk = Value::from(key.to_jwk()).to_json();
    format!("did:jwk:{}", base64url::encode(jwk.as_bytes()))
}

/// The document that the DID stands for. A key for encryption (`use` is
/// `enc`) has no method that signs, and [`PublicKey::from_jwk`] refuses it.
pub(super) fn document(url: &DidUrl<'_>) -> Result<ControllerDocument, Error> {
    let bytes = base64url::decode(url.id()).ok_or(Error::Jwk)?;
    let value = json::parse(&bytes).map_err(|_| Error::Jwk)?;
    let key = PublicKey::from_jwk(value.as_object().ok_or(Error::Jwk)?)?;
    let id = format!("{}#0", url.did());
    Ok(ControllerDocument::of_key(Method::of_key(
        id,
        url.did(),
        key,
    )))
}
