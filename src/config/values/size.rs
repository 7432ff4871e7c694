//! Sizes in bytes.

use std::fmt;

/// A number of bytes, written with its unit: `2 MiB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteSize(u64);

/// The units, the largest first.
const UNITS: [(&str, u64); 4] = [
    ("GiB", 1024 * 1024 * 1024),
    ("MiB", 1024 * 1024),
    ("KiB", 1024),
    ("B", 1),
];

impl ByteSize {
    /// So many bytes.
    #[must_use]
    pub const fn new(bytes: u64) -> Self {
        Self(bytes)
    }

    /// The number of bytes.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.0
    }

    /// The number of bytes as lengths are counted in memory.
    #[must_use]
    pub fn length(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }

    /// Reads `2 MiB`, `512KiB`, `100 B`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = super::rate::number_and_word(text)?;
        let (_, size) = UNITS.iter().find(|(name, _)| *name == unit)?;
        count.checked_mul(*size).map(Self)
    }
}

impl fmt::Display for ByteSize {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, size) = UNITS
            .iter()
            .find(|(_, size)| self.0 >= *size && self.0.is_multiple_of(*size))
            .unwrap_or(&("B", 1));
        write!(to, "{} {unit}", self.0 / size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_carry_their_unit() {
        for (text, bytes) in [
            ("2 MiB", 2 * 1024 * 1024),
            ("512KiB", 512 * 1024),
            ("100 B", 100),
            ("1 GiB", 1024 * 1024 * 1024),
            ("0 B", 0),
        ] {
            assert_eq!(ByteSize::parse(text).map(ByteSize::bytes), Some(bytes));
        }
        for bad in [
            "",
            "2",
            "MiB",
            "2 MB",
            "2 mib",
            "-2 MiB",
            "+2 MiB",
            "2.5 MiB",
            "2 MiB more",
            "99999999999999 GiB",
            "0x2 KiB",
        ] {
            assert_eq!(ByteSize::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn sizes_are_shown_in_the_largest_whole_unit() {
        assert_eq!(ByteSize::new(2 * 1024 * 1024).to_string(), "2 MiB");
        assert_eq!(ByteSize::new(1025).to_string(), "1025 B");
        assert_eq!(ByteSize::new(0).to_string(), "0 B");
    }
}
