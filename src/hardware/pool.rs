//! The sessions with one token: so many, each used by one thread at a time, and
//! opened anew when it is lost.

use super::connection::Connection;
use super::secret_file::read_secret_file;
use super::{Error, PinFrom, Settings, TokenName};
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error as Cryptoki, RvError};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A place for a session, empty until it is needed.
type Seat = Mutex<Option<Connection>>;

pub(super) struct Pool {
    settings: Settings,
    library: Pkcs11,
    first: Seat,
    others: Vec<Seat>,
    next: AtomicUsize,
    is_pin_refused: AtomicBool,
}

impl Pool {
    /// Loads the library. It is never unloaded: others in this process may use
    /// it too.
    pub(super) fn new(settings: Settings) -> Result<Self, Error> {
        let library = Pkcs11::new(&settings.module).map_err(|error| unusable(&settings, &error))?;
        let others = (1..settings.sessions).map(|_| Seat::default()).collect();
        Ok(Self {
            first: Seat::default(),
            others,
            settings,
            library,
            next: AtomicUsize::new(0),
            is_pin_refused: AtomicBool::new(false),
        })
    }

    pub(super) const fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(super) const fn library(&self) -> &Pkcs11 {
        &self.library
    }

    /// Does `work` in a session. If the session turns out to be lost, `work` is
    /// done once more in a new one: nothing here does harm when done twice.
    pub(super) fn with<T>(
        &self,
        work: impl Fn(&mut Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut seat = self.seat();
        let was_there = seat.is_some();
        match self.in_seat(&mut seat, &work) {
            Err(error) if error.is_lost() && was_there => self.in_seat(&mut seat, &work),
            answer => answer,
        }
    }

    fn in_seat<T>(
        &self,
        seat: &mut Option<Connection>,
        work: impl Fn(&mut Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut connection = match seat.take() {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let answer = work(&mut connection);
        if answer.is_ok() {
            *seat = Some(connection);
        } // Else something may be left unfinished in the session.
        answer
    }

    /// A seat that is free, else the next in turn.
    fn seat(&self) -> MutexGuard<'_, Option<Connection>> {
        let mut seats = std::iter::once(&self.first).chain(&self.others);
        if let Some(free) = seats.clone().find_map(|seat| seat.try_lock().ok()) {
            return free;
        }
        let turn = self.next.fetch_add(1, Ordering::Relaxed) % (1 + self.others.len());
        let seat = seats.nth(turn).unwrap_or(&self.first);
        // Whoever panicked had taken the session out.
        seat.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connect(&self) -> Result<Connection, Error> {
        let threads = CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK);
        match self.library.initialize(threads) {
            Ok(()) | Err(Cryptoki::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
            Err(error) => return Err(unusable(&self.settings, &error)),
        }
        let slot = self.slot()?;
        let session = self.library.open_rw_session(slot)?;
        self.log_in(slot, &session)?;
        Ok(Connection::new(session))
    }

    /// The slot of the token, looked for each time: a token may come back in
    /// another.
    pub(super) fn slot(&self) -> Result<Slot, Error> {
        let mut found = Vec::new();
        for slot in self.library.get_slots_with_token()? {
            let is_it = match &self.settings.token {
                TokenName::Slot(number) => slot.id() == *number,
                TokenName::Label(label) => {
                    let token = self.library.get_token_info(slot)?;
                    token.token_initialized() && token.label() == label
                }
            };
            if is_it {
                found.push(slot);
            }
        }
        match found.as_slice() {
            [slot] => Ok(*slot),
            [] => Err(Error::NoToken {
                token: self.settings.token.to_string(),
            }),
            _ => Err(Error::Ambiguous {
                name: self.settings.token.to_string(),
            }),
        }
    }

    /// Logs in, for all sessions of this process with the token. Three wrong
    /// PINs lock most devices, and a node that is started again and again would
    /// lock it soon: so a PIN that was refused is not tried again, and the last
    /// try is left to people.
    fn log_in(&self, slot: Slot, session: &Session) -> Result<(), Error> {
        if self.is_pin_refused.load(Ordering::Relaxed) {
            return Err(Error::Pin);
        }
        let token = self.library.get_token_info(slot)?;
        if token.user_pin_locked() || token.user_pin_final_try() {
            return Err(Error::PinLocked);
        }
        let mut line = match &self.settings.pin {
            PinFrom::File(path) => read_secret_file(path)?,
            PinFrom::Given(pin) => pin.clone(),
        };
        let pin = AuthPin::from(std::mem::take(&mut *line));
        match session.login(UserType::User, Some(&pin)) {
            Ok(()) | Err(Cryptoki::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(()),
            Err(error) => {
                let error = Error::from(error);
                if matches!(error, Error::Pin) {
                    self.is_pin_refused.store(true, Ordering::Relaxed);
                }
                Err(error)
            }
        }
    }
}

fn unusable(settings: &Settings, error: &Cryptoki) -> Error {
    Error::Module {
        path: settings.module.clone(),
        why: error.to_string(),
    }
}
