//! Roles, and what each may do: one pure table.
//!
//! **Promises.** What is not in the table is not allowed. Running a node gives
//! no right to issue in somebody's name, and who asks for a badge does not
//! approve it.

/// Who somebody is to a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Runs the node: makes issuers, stops and restarts things.
    Operator,
    /// Runs one issuer: its profile, keys and tokens.
    Administrator,
    /// Makes badge designs, gives and withdraws badges.
    Officer,
    /// Approves what an officer asked for.
    Approver,
    /// Reads everything of one issuer, changes nothing.
    Auditor,
    /// Calls the VC-API profile with test suites.
    Tester,
}

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Make issuers, and see them all.
    ManageNode,
    /// Stop and restart issuing and fetching on the whole node.
    StopNode,
    /// Change an issuer's profile and settings.
    ManageIssuer,
    /// See an issuer's profile, settings and keys.
    SeeIssuer,
    /// Add, use and revoke an issuer's keys.
    ManageKeys,
    /// Make and end an issuer's tokens.
    ManageTokens,
    /// Make and change badge designs.
    ManageAchievements,
    /// See badge designs with their policies.
    SeeAchievements,
    /// Give badges, renew and replace them.
    Issue,
    /// Withdraw badges, pause and resume them.
    Revoke,
    /// Approve badges that wait.
    Approve,
    /// See an issuer's badges.
    SeeCredentials,
    /// Share a badge by link or code.
    Share,
    /// Read the audit of one issuer.
    ReadAudit,
    /// Read the audit of the node.
    ReadNodeAudit,
    /// Use the VC-API profile.
    UseVcApi,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] = [
        Self::Operator,
        Self::Administrator,
        Self::Officer,
        Self::Approver,
        Self::Auditor,
        Self::Tester,
    ];

    /// The word in the database and the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Administrator => "administrator",
            Self::Officer => "officer",
            Self::Approver => "approver",
            Self::Auditor => "auditor",
            Self::Tester => "tester",
        }
    }

    /// The role of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether it is a role of the node, not of one issuer.
    #[must_use]
    pub const fn is_of_node(self) -> bool {
        matches!(self, Self::Operator)
    }

    /// What it may do.
    #[must_use]
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Operator => &[P::ManageNode, P::StopNode, P::ReadNodeAudit],
            Self::Administrator => &[
                P::ManageIssuer,
                P::SeeIssuer,
                P::ManageKeys,
                P::ManageTokens,
                P::ManageAchievements,
                P::SeeAchievements,
                P::SeeCredentials,
                P::ReadAudit,
            ],
            Self::Officer => &[
                P::SeeIssuer,
                P::ManageAchievements,
                P::SeeAchievements,
                P::Issue,
                P::Revoke,
                P::SeeCredentials,
                P::Share,
            ],
            Self::Approver => &[
                P::SeeIssuer,
                P::SeeAchievements,
                P::Approve,
                P::Revoke,
                P::SeeCredentials,
            ],
            Self::Auditor => &[
                P::SeeIssuer,
                P::SeeAchievements,
                P::SeeCredentials,
                P::ReadAudit,
            ],
            Self::Tester => &[P::UseVcApi],
        }
    }

    /// Whether it may do something.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }
}

impl Permission {
    /// Whether it is about the whole node, not one issuer.
    #[must_use]
    pub const fn is_of_node(self) -> bool {
        matches!(
            self,
            Self::ManageNode | Self::StopNode | Self::ReadNodeAudit
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_a_node_gives_no_right_over_badges() {
        for permission in [
            Permission::Issue,
            Permission::Revoke,
            Permission::Approve,
            Permission::ManageKeys,
            Permission::SeeCredentials,
            Permission::UseVcApi,
        ] {
            assert!(!Role::Operator.may(permission), "{permission:?}");
        }
    }

    #[test]
    fn nobody_both_asks_and_approves() {
        for role in Role::ALL {
            assert!(
                !(role.may(Permission::Issue) && role.may(Permission::Approve)),
                "{role:?}"
            );
        }
    }

    #[test]
    fn an_auditor_changes_nothing() {
        for permission in Role::Auditor.permissions() {
            let reads = matches!(
                permission,
                Permission::SeeIssuer
                    | Permission::SeeAchievements
                    | Permission::SeeCredentials
                    | Permission::ReadAudit
            );
            assert!(reads, "{permission:?}");
        }
    }

    #[test]
    fn roles_of_an_issuer_have_no_right_over_the_node() {
        for role in Role::ALL.into_iter().filter(|role| !role.is_of_node()) {
            assert!(
                role.permissions().iter().all(|one| !one.is_of_node()),
                "{role:?}"
            );
            assert_eq!(Role::named(role.name()), Some(role));
        }
        assert_eq!(Role::named("root"), None);
    }
}
