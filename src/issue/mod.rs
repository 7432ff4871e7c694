//! Issues credentials: `Draft` --lint--> `Ready` --sign--> `Signed`.
//!
//! [`Draft::parse`] takes a badge, an endorsement or a status list as somebody
//! wrote it. [`lint()`] looks at all of it and tells everything that is wrong
//! at once. [`sign()`] seals what passed, and then checks the very bytes it
//! made by the path that strangers' badges take.
//!
//! **Promises.** [`sign()`] takes [`Ready`] by value, and `Ready` cannot be
//! copied: one lint buys one signature. What is signed is what was linted.
//! What the check does not find authentic is never handed out.
//!
//! **Does not** keep keys, choose identifiers, hand out status list indexes or
//! publish anything.
//!
//! ```
//! use countersign::clock::Moment;
//! use countersign::issue::{Draft, Method, Seal, Settings, lint, sign};
//! use countersign::keys::SecretKey;
//! use countersign::{did, proof::Suite};
//!
//! let key = SecretKey::from_ed25519_seed(&[7; 32]);
//! let controller = did::key::did(key.public()).ok_or("no did:key")?;
//! let mut draft = Draft::parse(br#"{
//!     "@context": ["https://www.w3.org/ns/credentials/v2",
//!                  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
//!     "id": "urn:uuid:5e9fc6e2-6d4a-4a3a-8a52-3f3d8f7b9a10",
//!     "type": ["VerifiableCredential", "OpenBadgeCredential"],
//!     "issuer": {"type": ["Profile"], "name": "Example Council"},
//!     "validFrom": "2026-11-25T12:00:00Z",
//!     "credentialSubject": {
//!         "id": "urn:uuid:0d6b1f7c-6f2e-4b8e-9d5c-1a2b3c4d5e6f",
//!         "type": ["AchievementSubject"],
//!         "achievement": {
//!             "id": "https://badges.example.org/achievements/first-aid",
//!             "type": ["Achievement"],
//!             "name": "First aid",
//!             "description": "One day of first aid.",
//!             "criteria": {"narrative": "Attend the day."}
//!         }
//!     }
//! }"#)?;
//! draft.set_issuer(&controller);
//!
//! let now = Moment::parse("2026-11-25T12:00:00Z")?;
//! let seal = Seal::Embedded(Suite::EddsaRdfc2022);
//! let settings = Settings::new(controller, seal);
//! let (ready, warnings) = lint(draft, &settings, now).map_err(|broken| format!("{broken:?}"))?;
//! assert!(warnings.is_empty());
//! let method = Method {
//!     seal,
//!     verification_method: did::key::method_id(key.public()).ok_or("no did:key")?,
//!     created: now,
//! };
//! let badge = sign(ready, &key, &method)?;
//! assert!(badge.text().contains("proofValue"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod claims;
mod draft;
mod error;
pub mod lint;
mod ready;
#[cfg(test)]
mod samples;
mod self_check;
mod sign;
mod signed;

pub use draft::{Draft, NotADraft};
pub use error::Error;
pub use ready::{Ready, Seal, Settings, lint};
pub use sign::{Disclosure, Method, sign, sign_for_disclosure};
pub use signed::Signed;
