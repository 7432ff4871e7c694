//! One token of one device.

use super::connection::Connection;
use super::pool::Pool;
use super::{Error, Settings};
use cryptoki::mechanism::MechanismType;
use std::fmt;
use std::sync::Arc;

/// A token that we are logged in to. Cheap to clone; all clones share its
/// sessions.
#[derive(Clone)]
pub struct Device(pub(super) Arc<Pool>);

impl Device {
    /// Loads the library, finds the token and logs in.
    ///
    /// # Errors
    /// [`Error::Module`], [`Error::NoToken`], [`Error::PinFile`], [`Error::Pin`],
    /// [`Error::PinLocked`], or whatever the library says.
    pub fn open(settings: Settings) -> Result<Self, Error> {
        let device = Self(Arc::new(Pool::new(settings)?));
        device.check()?;
        Ok(device)
    }

    /// Whether the token is there and lets us in: for a node's health.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn check(&self) -> Result<(), Error> {
        self.with(|connection| {
            connection.session().get_session_info()?;
            Ok(())
        })
    }

    pub(super) fn with<T>(
        &self,
        work: impl Fn(&mut Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.0.with(work)
    }

    /// Whether the token knows all of these ways of doing things.
    pub(super) fn knows(&self, mechanisms: &[MechanismType]) -> Result<bool, Error> {
        let known = self.0.library().get_mechanism_list(self.0.slot()?)?;
        Ok(mechanisms.iter().all(|mechanism| known.contains(mechanism)))
    }
}

impl fmt::Debug for Device {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Device({})", self.0.settings().token)
    }
}
