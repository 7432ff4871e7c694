//! Which device, and where its PIN comes from.

use std::fmt;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// Which token to use, and how.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The library that the maker of the device gives out. It is loaded into
    /// this process, so it is trusted as this process is.
    pub module: PathBuf,
    /// Which of its tokens.
    pub token: TokenName,
    /// Where the PIN comes from.
    pub pin: PinFrom,
    /// How many signatures may be made at once.
    pub sessions: usize,
}

impl Settings {
    /// As many sessions as any device has.
    pub const SESSIONS: usize = 4;
}

/// Where a PIN comes from.
#[derive(Clone)]
pub enum PinFrom {
    /// A file: its owner's only, one line. It is read when the PIN is needed, so
    /// the PIN is not kept in memory.
    File(PathBuf),
    /// The PIN itself, kept for as long as the device is used.
    Given(Zeroizing<String>),
}

impl fmt::Debug for PinFrom {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(formatter, "File({})", path.display()),
            Self::Given(_) => formatter.write_str("Given(***)"),
        }
    }
}

/// Which token of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenName {
    /// The one with this label, whichever slot it is in.
    Label(String),
    /// The one in this slot. Some modules number slots anew at each start.
    Slot(u64),
}

impl fmt::Display for TokenName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Label(label) => write!(formatter, "the token {label:?}"),
            Self::Slot(slot) => write!(formatter, "the token in slot {slot}"),
        }
    }
}
