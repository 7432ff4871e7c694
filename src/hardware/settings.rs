//! Which device, and where its PIN lies.

use std::fmt;
use std::path::PathBuf;

/// Which token to use, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The library that the maker of the device gives out. It is loaded into
    /// this process, so it is trusted as this process is.
    pub module: PathBuf,
    /// Which of its tokens.
    pub token: TokenName,
    /// The file with the PIN: its owner's only, one line.
    pub pin_file: PathBuf,
    /// How many signatures may be made at once.
    pub sessions: usize,
}

impl Settings {
    /// As many sessions as any device has.
    pub const SESSIONS: usize = 4;
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
