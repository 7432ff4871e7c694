//! What can go wrong in the database, by what a caller can do about it.

use super::constraint::Constraint;
use diesel::result::{DatabaseErrorKind, Error as Diesel};

/// Why the database did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule of the database says no.
    #[error("the database refuses it: {}", .0.name())]
    Refused(Constraint),
    /// There is no room left on the disk.
    #[error("the disk is full")]
    Full,
    /// Too many writes are waiting.
    #[error("too many writes are waiting")]
    Overloaded,
    /// The database is closed: the node is stopping, or could not write.
    #[error("the database is closed")]
    Closed,
    /// The database was restored from a copy and must not hand out anything
    /// before `countersign restore --resume`.
    #[error("the database was restored and waits for its operator")]
    Fenced,
    /// What is stored is not what was written.
    #[error("stored data is damaged: {0}")]
    Damaged(&'static str),
    /// The issue log cannot be written.
    #[error("the issue log cannot be written: {0}")]
    Log(std::io::Error),
    /// Something that our own code panicked over; nothing of it was kept.
    #[error("our own software failed")]
    Panicked,
    /// Anything else that the database says.
    #[error("the database fails: {0}")]
    Database(Diesel),
}

impl From<Diesel> for Error {
    fn from(error: Diesel) -> Self {
        match &error {
            Diesel::DatabaseError(DatabaseErrorKind::Unknown, info)
                if info.message().contains("database or disk is full") =>
            {
                Self::Full
            }
            Diesel::DatabaseError(_, info) => match Constraint::of_message(info.message()) {
                Some(constraint) => Self::Refused(constraint),
                None => Self::Database(error),
            },
            _ => Self::Database(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_database_says_becomes_what_a_caller_can_tell_apart() {
        let told = |message: &str| {
            Error::from(Diesel::DatabaseError(
                DatabaseErrorKind::Unknown,
                Box::new(message.to_owned()),
            ))
        };
        assert!(matches!(told("database or disk is full"), Error::Full));
        assert!(matches!(
            told("UNIQUE constraint failed: issuers.slug"),
            Error::Refused(Constraint::IssuerSlug)
        ));
        assert!(matches!(told("disk I/O error"), Error::Database(_)));
    }
}
