//! What the one who checks decides.

use crate::trust::TrustFile;

/// Choices of the one who checks. The default is strict where the standards
/// leave a choice that matters for safety.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Loopback issuers over plain http are allowed.
    pub dev: bool,
    /// A status list of somebody else than the issuer counts as unknown.
    pub own_status_lists_only: bool,
    /// Do not ask for a newer copy of the badge.
    pub skip_refresh: bool,
    /// The person it should be about: an e-mail address, an identifier or a
    /// name.
    pub recipient: Option<String>,
    /// The challenge a presentation must answer.
    pub challenge: Option<String>,
    /// Whom a presentation must be for.
    pub domain: Option<String>,
    /// A presentation of nothing counts as one: it tells who somebody is, and
    /// no more (VC Data Model 2.0 §4.13 lets `verifiableCredential` be absent).
    pub empty_presentations: bool,
    /// Whom we recognise.
    pub trust: Option<TrustFile>,
}
