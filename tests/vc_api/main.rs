//! The VC-API profile of a whole node.

#![expect(unreachable_pub, reason = "one binary of several files")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it stands"
)]

mod callers;
mod issuing;
mod node;
mod presenting;
mod strangers;
mod withdrawing;

use serde_json::{Value, json};

/// A credential that is no badge.
fn plain() -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:uuid:4a7a8f3c-2a08-4d7a-9c55-3d9d5a0f1b11",
        "type": ["VerifiableCredential"],
        "issuer": "did:example:somebody",
        "credentialSubject": {"id": "did:example:alice", "name": "Alice"}
    })
}
