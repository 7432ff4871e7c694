//! The rules of the database by their names.
//!
//! PostgreSQL tells the name of a rule that was broken, SQLite the columns of a
//! unique one; both are known here, and a test holds them to the migrations.

/// A rule that callers tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    /// Two issuers cannot have one path.
    IssuerSlug,
    /// A node has one root issuer.
    OneRootIssuer,
    /// One key never serves two purposes or issuers.
    KeyThumbprint,
    /// The name of a key is taken.
    KeyId,
    /// One active key for each algorithm.
    OneActiveKey,
    /// The path of a badge design is taken.
    AchievementId,
    /// A position of a status list is given once.
    StatusEntry,
    /// One open list for each purpose.
    OneOpenList,
    /// The identifier of a badge is taken.
    CredentialId,
    /// A badge has one newer badge.
    FollowedOnce,
    /// The key of a request is in use.
    IdempotencyKey,
    /// Two tokens cannot be the same.
    TokenDigest,
    /// A share has this token.
    ShareToken,
    /// A row that another one names is missing.
    Missing,
    /// A rule about the values of one row.
    Values,
}

/// (rule, its name, what SQLite says of it).
const KNOWN: [(Constraint, &str, &str); 14] = [
    (
        Constraint::IssuerSlug,
        "issuers_slug_unique",
        "issuers.slug",
    ),
    (
        Constraint::OneRootIssuer,
        "issuers_one_root",
        "issuers.is_root",
    ),
    (
        Constraint::KeyThumbprint,
        "issuer_keys_thumbprint_unique",
        "issuer_keys.thumbprint",
    ),
    (
        Constraint::KeyId,
        "issuer_keys_pk",
        "issuer_keys.issuer_id, issuer_keys.id",
    ),
    (
        Constraint::OneActiveKey,
        "issuer_keys_one_active",
        "issuer_keys.issuer_id, issuer_keys.purpose, issuer_keys.algorithm",
    ),
    (
        Constraint::AchievementId,
        "achievements_pk",
        "achievements.id",
    ),
    // SQLite names whichever of two rules it looks at first.
    (
        Constraint::AchievementId,
        "achievements_tenant_unique",
        "achievements.issuer_id, achievements.id",
    ),
    (
        Constraint::StatusEntry,
        "status_entries_given_once",
        "status_entries.issuer_id, status_entries.list, status_entries.position",
    ),
    (
        Constraint::OneOpenList,
        "status_lists_one_open",
        "status_lists.issuer_id, status_lists.purpose",
    ),
    (Constraint::CredentialId, "credentials_pk", "credentials.id"),
    (
        Constraint::FollowedOnce,
        "credentials_followed_once",
        "credentials.follows",
    ),
    (
        Constraint::IdempotencyKey,
        "idempotency_keys_unique",
        "idempotency_keys.tenant, idempotency_keys.key",
    ),
    (
        Constraint::TokenDigest,
        "tokens_digest_unique",
        "tokens.digest",
    ),
    (Constraint::ShareToken, "shares_pk", "shares.token"),
];

impl Constraint {
    /// The name in the migrations.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "foreign key",
            Self::Values => "check",
            _ => KNOWN
                .iter()
                .find(|(known, _, _)| *known == self)
                .map_or("", |(_, name, _)| *name),
        }
    }

    /// The rule that a message of the database is about.
    pub(super) fn of_message(message: &str) -> Option<Self> {
        if message.starts_with("FOREIGN KEY constraint failed") {
            return Some(Self::Missing);
        }
        if message.starts_with("CHECK constraint failed") {
            return Some(Self::Values);
        }
        let columns = message.strip_prefix("UNIQUE constraint failed: ")?;
        KNOWN
            .iter()
            .find(|(_, name, known)| *known == columns || columns.contains(name))
            .map(|(constraint, _, _)| *constraint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing;
    use diesel::RunQueryDsl as _;
    use diesel::sql_types::Text;

    #[derive(diesel::QueryableByName)]
    struct Definition {
        #[diesel(sql_type = Text)]
        sql: String,
    }

    #[test]
    fn every_rule_has_its_name_in_the_migrations() {
        let mut conn = testing::connection();
        let definitions: Vec<Definition> =
            diesel::sql_query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
                .load(&mut conn)
                .expect("the schema");
        for (_, name, columns) in KNOWN {
            let named = definitions.iter().find(|one| one.sql.contains(name));
            let definition = named.unwrap_or_else(|| panic!("no rule {name}"));
            for column in columns.split(", ") {
                let (_, column) = column.split_once('.').expect("table.column");
                assert!(definition.sql.contains(column), "{name} has no {column}");
            }
        }
    }

    #[test]
    fn a_broken_rule_is_recognised_by_what_sqlite_says() {
        let mut conn = testing::connection();
        let insert = "INSERT INTO issuers (id, slug, is_root, name, profile, id_form, settings, data_key, state, version, created_at, updated_at) VALUES (?, ?, ?, 'A', '{}', 'did', '{}', x'00', 'open', 1, 0, 0)";
        let mut add = |id: &str, slug: &str, root: i64| {
            diesel::sql_query(insert)
                .bind::<Text, _>(id)
                .bind::<Text, _>(slug)
                .bind::<diesel::sql_types::BigInt, _>(root)
                .execute(&mut conn)
                .map_err(super::super::Error::from)
        };
        add("a", "a", 1).expect("an issuer");
        for (id, slug, root, expected) in [
            ("b", "a", 0, Constraint::IssuerSlug),
            ("b", "b", 1, Constraint::OneRootIssuer),
            ("b", "b", 2, Constraint::Values),
        ] {
            match add(id, slug, root) {
                Err(super::super::Error::Refused(found)) => assert_eq!(found, expected),
                other => panic!("{expected:?}: {other:?}"),
            }
        }
    }
}
