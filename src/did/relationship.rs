//! What a key may be used for (Controlled Identifiers 1.0 §2.3).

/// A verification relationship: the purpose under which a document lists a
/// method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relationship {
    /// To make claims: badges, endorsements, status lists.
    AssertionMethod,
    /// To prove who one is: presentations.
    Authentication,
    /// To use a capability.
    CapabilityInvocation,
    /// To hand a capability on.
    CapabilityDelegation,
    /// To agree on secrets; never to sign.
    KeyAgreement,
}

impl Relationship {
    /// Every relationship.
    pub const ALL: [Self; 5] = [
        Self::AssertionMethod,
        Self::Authentication,
        Self::CapabilityInvocation,
        Self::CapabilityDelegation,
        Self::KeyAgreement,
    ];

    /// The relationships of a key that signs.
    pub const SIGNING: [Self; 4] = [
        Self::AssertionMethod,
        Self::Authentication,
        Self::CapabilityInvocation,
        Self::CapabilityDelegation,
    ];

    /// The member of a document, and the `proofPurpose` of a proof.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AssertionMethod => "assertionMethod",
            Self::Authentication => "authentication",
            Self::CapabilityInvocation => "capabilityInvocation",
            Self::CapabilityDelegation => "capabilityDelegation",
            Self::KeyAgreement => "keyAgreement",
        }
    }
}
