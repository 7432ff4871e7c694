//! What is done so that secrets in memory stay there.
//!
//! **Promises.** After [`protect_memory`] this process leaves no core dump, and
//! processes of the same user can neither trace it nor read its memory (Linux).
//!
//! **Does not:** keep memory out of swap. Locking some pages takes `unsafe`,
//! which this crate forbids; locking all of them (`mlockall`) makes every later
//! allocation fail at a limit that is 8 MiB by default. Whoever runs a node has
//! no swap, or an encrypted one. It does not help against who is root either.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Some protection could not be put in place.
#[derive(Debug, thiserror::Error)]
#[error("the memory of this process is not protected: {what} failed: {source}")]
pub struct Unprotected {
    what: &'static str,
    source: rustix::io::Errno,
}

impl Unprotected {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        "memory_unprotected"
    }
}

/// Protects the memory of this process (SEC-44): `RLIMIT_CORE` to 0, for good,
/// and on Linux `PR_SET_DUMPABLE` to 0. To be called before secrets are read.
///
/// Afterwards, parts of `/proc/self` are root's on Linux: whoever counts open
/// files there has to do so before, or be root.
///
/// # Errors
/// [`Unprotected`], which a node takes as a reason not to start.
pub fn protect_memory() -> Result<(), Unprotected> {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    setrlimit(Resource::Core, none).map_err(|source| Unprotected {
        what: "RLIMIT_CORE",
        source,
    })?;
    refuse_tracing()
}

#[cfg(target_os = "linux")]
fn refuse_tracing() -> Result<(), Unprotected> {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    set_dumpable_behavior(DumpableBehavior::NotDumpable).map_err(|source| Unprotected {
        what: "PR_SET_DUMPABLE",
        source,
    })
}

#[cfg(not(target_os = "linux"))]
const fn refuse_tracing() -> Result<(), Unprotected> {
    Ok(())
}
