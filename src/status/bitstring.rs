//! The bitstring of a status list, inflated.
//!
//! Entry 0 is the left-most (most significant) bit of the first byte
//! (Bitstring Status List v1.0 §2.2, §7.1).

use super::{Error, malformed};
use crate::limits;
use std::fmt;

/// Longest entry we can hold as a number. An entry of n bits needs 2^n
/// messages (§2.1), so no document within L-03 reaches 13.
const MAX_ENTRY_BITS: u8 = 63;

/// How many bits one entry has (`statusSize`): at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntrySize(u8);

impl EntrySize {
    /// One bit: the size where nothing is said.
    pub const ONE: Self = Self(1);

    /// The size `bits`, unless it is 0 or more than 63.
    #[must_use]
    pub fn new(bits: u64) -> Option<Self> {
        u8::try_from(bits)
            .ok()
            .filter(|bits| (1..=MAX_ENTRY_BITS).contains(bits))
            .map(Self)
    }

    /// The number of bits.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0 as u64
    }

    /// How many values an entry can have: 2 for one bit.
    #[must_use]
    pub const fn values(self) -> u64 {
        1 << self.0
    }
}

impl From<EntrySize> for i64 {
    fn from(size: EntrySize) -> Self {
        Self::from(size.0)
    }
}

/// The inflated bits of a status list.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitstring {
    pub(super) bytes: Vec<u8>,
}

impl fmt::Debug for Bitstring {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Bitstring({} bytes)", self.bytes.len())
    }
}

impl Bitstring {
    /// The fewest entries a list may have, so that one of them hides among the
    /// others (§6.1).
    pub const MIN_ENTRIES: u64 = (limits::BITSTRING_MIN_BYTES * 8) as u64;

    /// A list of so many entries, none of them set.
    ///
    /// # Errors
    /// [`Error::ListLength`] below [`Self::MIN_ENTRIES`], [`Error::Bomb`] above
    /// what readers (we too) inflate.
    pub fn new(entries: u64, size: EntrySize) -> Result<Self, Error> {
        if entries < Self::MIN_ENTRIES {
            return Err(Error::ListLength);
        }
        let bytes = entries
            .checked_mul(size.bits())
            .and_then(|bits| usize::try_from(bits.div_ceil(8)).ok())
            .filter(|bytes| *bytes <= limits::BITSTRING_MAX_BYTES)
            .ok_or(Error::Bomb)?;
        Ok(Self {
            bytes: vec![0; bytes],
        })
    }

    /// The value of the entry `index` (§3.2): 0 is "not set".
    ///
    /// # Errors
    /// [`Error::ListLength`] if the list has too few entries of this size,
    /// [`Error::Range`] if it ends before the entry does.
    pub fn read(&self, index: u64, size: EntrySize) -> Result<u64, Error> {
        let start = self.position(index, size)?;
        (start..start + size.bits()).try_fold(0, |value, at| {
            let byte = usize::try_from(at / 8)
                .ok()
                .and_then(|byte| self.bytes.get(byte))
                .ok_or(Error::Range)?;
            Ok(value << 1 | u64::from(byte >> (7 - at % 8) & 1))
        })
    }

    /// Gives the entry `index` a value.
    ///
    /// # Errors
    /// As [`Self::read`], and [`Error::Malformed`] for a value that an entry of
    /// this size cannot have.
    pub fn set(&mut self, index: u64, size: EntrySize, value: u64) -> Result<(), Error> {
        if value >= size.values() {
            return Err(malformed("status"));
        }
        let start = self.position(index, size)?;
        for offset in 0..size.bits() {
            let at = start + offset;
            let byte = usize::try_from(at / 8)
                .ok()
                .and_then(|byte| self.bytes.get_mut(byte))
                .ok_or(Error::Range)?;
            let mask = 0x80 >> (at % 8);
            if value >> (size.bits() - 1 - offset) & 1 == 1 {
                *byte |= mask;
            } else {
                *byte &= !mask;
            }
        }
        Ok(())
    }

    /// Sets the entry `index` back to 0.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn clear(&mut self, index: u64, size: EntrySize) -> Result<(), Error> {
        self.set(index, size, 0)
    }

    /// How many whole entries of this size the list has.
    #[must_use]
    pub const fn entries(&self, size: EntrySize) -> u64 {
        self.bits() / size.bits()
    }

    const fn bits(&self) -> u64 {
        self.bytes.len() as u64 * 8
    }

    /// The first bit of an entry that lies in the list with all its bits.
    fn position(&self, index: u64, size: EntrySize) -> Result<u64, Error> {
        if self.entries(size) < Self::MIN_ENTRIES {
            return Err(Error::ListLength);
        }
        if index >= self.entries(size) {
            return Err(Error::Range);
        }
        index.checked_mul(size.bits()).ok_or(Error::Range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn size(bits: u64) -> EntrySize {
        EntrySize::new(bits).expect("a size")
    }

    #[test]
    fn the_first_entry_is_the_left_most_bit() {
        for (index, byte, value) in [
            (0, 0, 0b1000_0000),
            (7, 0, 0b0000_0001),
            (8, 1, 0b1000_0000),
            (131_071, 16_383, 0b0000_0001),
        ] {
            let mut bytes = vec![0; limits::BITSTRING_MIN_BYTES];
            bytes[byte] = value;
            let list = Bitstring { bytes };
            for other in [0, 7, 8, 131_071] {
                assert_eq!(
                    list.read(other, EntrySize::ONE),
                    Ok(u64::from(other == index))
                );
            }
        }
    }

    #[test]
    fn an_entry_of_several_bits_is_read_from_left_to_right() {
        let mut bytes = vec![0; limits::BITSTRING_MIN_BYTES * 5];
        bytes[0] = 0b0000_0011;
        bytes[1] = 0b0110_1100;
        let list = Bitstring { bytes };
        assert_eq!(list.read(4, size(2)), Ok(0b01));
        assert_eq!(list.read(5, size(2)), Ok(0b10));
        assert_eq!(list.read(6, size(2)), Ok(0b11));
        assert_eq!(list.read(2, size(4)), Ok(0b0110));
        assert_eq!(list.read(3, size(4)), Ok(0b1100));
        assert_eq!(list.read(2, size(3)), Ok(0b110), "across two bytes");
        assert_eq!(list.read(3, size(3)), Ok(0b110));
        assert_eq!(list.read(1, size(5)), Ok(0b01_101));
    }

    #[test]
    fn an_entry_beyond_the_end_is_out_of_range() {
        let list = Bitstring::new(131_072, EntrySize::ONE).expect("a list");
        for index in [131_072, 131_073, u64::MAX / 2, u64::MAX] {
            assert_eq!(list.read(index, EntrySize::ONE), Err(Error::Range));
        }
        let mut list = Bitstring::new(131_072, size(2)).expect("a list");
        assert_eq!(list.read(131_071, size(2)), Ok(0));
        assert_eq!(list.read(131_072, size(2)), Err(Error::Range));
        assert_eq!(list.set(131_072, size(2), 1), Err(Error::Range));
        assert_eq!(
            list.set(0, size(2), 4).map_err(|e| e.code()),
            Err("MALFORMED_VALUE_ERROR")
        );
    }

    #[test]
    fn too_few_entries_to_hide_among_are_refused() {
        assert_eq!(
            Bitstring::new(131_071, EntrySize::ONE),
            Err(Error::ListLength)
        );

        let long_enough_for_one_bit = Bitstring {
            bytes: vec![0; 16 * 1024],
        };
        assert_eq!(
            long_enough_for_one_bit.read(0, size(2)),
            Err(Error::ListLength)
        );
        let entries_131071 = Bitstring {
            bytes: vec![0; 131_071],
        };
        assert_eq!(entries_131071.read(0, size(8)), Err(Error::ListLength));
        let entries_131072 = Bitstring {
            bytes: vec![0; 131_072],
        };
        assert_eq!(entries_131072.read(131_071, size(8)), Ok(0));
    }

    #[test]
    fn no_list_is_made_that_readers_would_not_inflate() {
        let bytes = limits::BITSTRING_MAX_BYTES as u64;
        assert_eq!(
            Bitstring::new(bytes * 8 + 1, EntrySize::ONE),
            Err(Error::Bomb)
        );
        assert_eq!(Bitstring::new(u64::MAX, size(63)), Err(Error::Bomb));
    }

    #[test]
    fn sizes_of_no_bits_or_too_many_are_none() {
        for bits in [0, 64, 65, 256, 257, u64::MAX] {
            assert_eq!(EntrySize::new(bits), None);
        }
        assert_eq!(size(63).values(), 1 << 63);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_was_set_is_read_and_nothing_else(
            bits in 1_u64..=8,
            writes in prop::collection::vec((0_u64..131_072, any::<u64>()), 1..40),
        ) {
            let size = size(bits);
            let mut list = Bitstring::new(131_072, size).expect("a list");
            let mut expected = std::collections::BTreeMap::new();
            for (index, value) in writes {
                let value = value % size.values();
                list.set(index, size, value).expect("in range");
                expected.insert(index, value);
            }
            let list = Bitstring::decode(&list.encode().expect("text")).expect("a list");
            for (index, value) in &expected {
                prop_assert_eq!(list.read(*index, size), Ok(*value));
                for neighbour in [index.wrapping_sub(1), index + 1] {
                    if neighbour < 131_072 && !expected.contains_key(&neighbour) {
                        prop_assert_eq!(list.read(neighbour, size), Ok(0));
                    }
                }
            }
        }
    }
}
