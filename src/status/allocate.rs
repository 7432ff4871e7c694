//! Which position of a status list the next badge gets (SEC-60, REL-10).
//!
//! A position is in the badge, for everybody to read. If positions were given
//! in order, two badges would tell which was awarded first, and how many a
//! list has. If they were drawn by chance, somebody would have to remember
//! which are gone. So the store keeps one number for a list, how many
//! positions were given, and the positions are those of a permutation that
//! only the list's key knows: counter 0 has one place, counter 1 another.
//!
//! The permutation is a Feistel network over 17 bits, 8 on the left and 9 on
//! the right, with HMAC-SHA256 as round function. It needs no table, and each
//! step can be taken back, so no two counters share a position.
//!
//! **Promises.** For one key, each counter below [`POSITIONS`] has one position
//! below [`POSITIONS`], and each position one counter. **It is the same for
//! ever**: a change here, however small, would give positions away a second
//! time, and withdraw badges of other people. The tests hold golden values; if
//! one fails, the code is wrong. Another permutation needs another name, and
//! lists that say which they use.
//!
//! **Does not** count, keep the key, or know about a list that was restored
//! from an old backup: the store moves the counter past whatever was given.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// Positions of a list: 2^17, the fewest among which a badge hides (Bitstring
/// Status List v1.0 §6.1), and what we make.
pub const POSITIONS: u32 = 1 << (LEFT_BITS + RIGHT_BITS);

const LEFT_BITS: u32 = 8;
const RIGHT_BITS: u32 = 9;
const LEFT_MASK: u32 = (1 << LEFT_BITS) - 1;
const RIGHT_MASK: u32 = (1 << RIGHT_BITS) - 1;

/// Two more than NIST SP 800-38G has for its networks (FF1), because the
/// halves are small. An even number: both halves change equally often.
const ROUNDS: u8 = 12;

/// Sets these HMACs apart from any other use of the key.
const PURPOSE: &[u8] = b"countersign status position 1";

/// The order in which one list gives its positions.
pub struct Permutation {
    key: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for Permutation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Permutation(secret)")
    }
}

impl Permutation {
    /// The order that belongs to a list's key: 32 bytes by chance, one key for
    /// each list, as secret as the order of awards is.
    ///
    /// ```
    /// use countersign::status::Permutation;
    /// let order = Permutation::new(&[7; 32]);
    /// let position = order.position(0).expect("below 131,072");
    /// assert_eq!(order.counter(position), Some(0));
    /// assert_eq!(order.position(131_072), None, "the list is full");
    /// ```
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self {
            key: Zeroizing::new(*key),
        }
    }

    /// The position of the badge that is number `counter` (from 0), or nothing
    /// if the list is full.
    #[must_use]
    pub fn position(&self, counter: u32) -> Option<u32> {
        let (mut left, mut right) = halves(counter)?;
        for round in 0..ROUNDS {
            self.turn(round, &mut left, &mut right)?;
        }
        Some(left << RIGHT_BITS | right)
    }

    /// The number of the badge that has `position`, or nothing if there is no
    /// such position.
    #[must_use]
    pub fn counter(&self, position: u32) -> Option<u32> {
        let (mut left, mut right) = halves(position)?;
        for round in (0..ROUNDS).rev() {
            self.turn(round, &mut left, &mut right)?;
        }
        Some(left << RIGHT_BITS | right)
    }

    /// One round: changes one half by what the other says. Done again, it is
    /// undone.
    fn turn(&self, round: u8, left: &mut u32, right: &mut u32) -> Option<()> {
        if round.is_multiple_of(2) {
            *left ^= self.mix(round, *right)? & LEFT_MASK;
        } else {
            *right ^= self.mix(round, *left)? & RIGHT_MASK;
        }
        Some(())
    }

    /// The first four bytes of an HMAC. Never nothing: any key length will do.
    fn mix(&self, round: u8, half: u32) -> Option<u32> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.as_slice()).ok()?;
        mac.update(PURPOSE);
        mac.update(&[round]);
        mac.update(&half.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        digest.first_chunk().copied().map(u32::from_be_bytes)
    }
}

fn halves(number: u32) -> Option<(u32, u32)> {
    (number < POSITIONS).then_some((number >> RIGHT_BITS, number & RIGHT_MASK))
}

#[cfg(test)]
mod tests {
    use super::super::Bitstring;
    use super::*;

    fn keys() -> [[u8; 32]; 3] {
        [
            [0; 32],
            std::array::from_fn(|at| u8::try_from(at).expect("small")),
            [0xff; 32],
        ]
    }

    fn first(key: &[u8; 32], count: u32) -> Vec<u32> {
        let order = Permutation::new(key);
        (0..count)
            .map(|counter| order.position(counter).expect("in range"))
            .collect()
    }

    /// PT-06.
    #[test]
    fn every_position_is_given_exactly_once() {
        for key in keys() {
            let order = Permutation::new(&key);
            let mut given = vec![false; POSITIONS as usize];
            for counter in 0..POSITIONS {
                let position = order.position(counter).expect("in range");
                let place = given.get_mut(position as usize).expect("in the list");
                assert!(!std::mem::replace(place, true), "{position} twice");
            }
            assert!(given.into_iter().all(|is_given| is_given));
        }
    }

    #[test]
    fn a_position_leads_back_to_its_counter() {
        for key in keys() {
            let order = Permutation::new(&key);
            for counter in (0..POSITIONS).step_by(61).chain([1, POSITIONS - 1]) {
                let position = order.position(counter).expect("in range");
                assert_eq!(order.counter(position), Some(counter));
                let counter_of = order.counter(counter).expect("in range");
                assert_eq!(order.position(counter_of), Some(counter));
            }
        }
    }

    /// Never change these numbers: they are positions of badges that exist.
    #[test]
    fn the_order_never_changes() {
        let [zeros, ascending, ones] = keys();
        for (key, counters) in [
            (zeros, GOLDEN_ZEROS),
            (ascending, GOLDEN_ASCENDING),
            (ones, GOLDEN_ONES),
        ] {
            let order = Permutation::new(&key);
            for (counter, position) in counters {
                assert_eq!(order.position(counter), Some(position), "of {counter}");
            }
        }
    }

    /// The sum of a whole order, so that a change in a corner is seen too.
    #[test]
    fn the_whole_order_never_changes() {
        use sha2::Digest as _;
        let [_, ascending, _] = keys();
        let mut sum = Sha256::new();
        for position in first(&ascending, POSITIONS) {
            sum.update(position.to_be_bytes());
        }
        let sum = sum.finalize();
        let hex: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, GOLDEN_SUM);
    }

    #[test]
    fn a_full_list_gives_nothing() {
        let order = Permutation::new(&[7; 32]);
        for number in [POSITIONS, POSITIONS + 1, 1 << 31, u32::MAX] {
            assert_eq!(order.position(number), None);
            assert_eq!(order.counter(number), None);
        }
    }

    #[test]
    fn a_list_has_as_many_positions_as_the_standard_asks_for() {
        assert_eq!(u64::from(POSITIONS), Bitstring::MIN_ENTRIES);
    }

    #[test]
    fn another_key_is_another_order() {
        let mut near = [0; 32];
        near[31] = 1;
        let pairs = first(&[0; 32], 1_000)
            .into_iter()
            .zip(first(&near, 1_000))
            .filter(|(left, right)| left == right)
            .count();
        assert!(pairs <= 3, "{pairs} of 1,000 positions are the same");
    }

    /// 1,000 positions in 50 drawers of equal size: with 49 degrees of freedom
    /// chi-square is below 85.4 in 999 of 1,000 honest draws.
    #[test]
    fn the_first_positions_are_spread_evenly() {
        for key in keys() {
            let mut drawers = [0_u32; 50];
            for position in first(&key, 1_000) {
                drawers[(position * 50 / POSITIONS) as usize] += 1;
            }
            let chi_square: f64 = drawers
                .into_iter()
                .map(|count| (f64::from(count) - 20.0).powi(2) / 20.0)
                .sum();
            assert!(chi_square < 85.4, "{chi_square}");
            assert!(chi_square > 24.0, "too even for chance: {chi_square}");
        }
    }

    /// Of two badges awarded one after the other, neither place says so.
    #[test]
    fn neighbours_do_not_stay_neighbours() {
        for key in keys() {
            let places = first(&key, 10_000);
            let pairs = || places.windows(2).map(|pair| (pair[0], pair[1]));
            let close = pairs().filter(|(a, b)| a.abs_diff(*b) <= 64).count();
            // Chance: about one pair in a thousand.
            assert!(close < 30, "{close} pairs are close");
            let rising = pairs().filter(|(a, b)| a < b).count();
            assert!((4_700..5_300).contains(&rising), "{rising} pairs rise");
        }
    }

    #[test]
    fn a_counter_changes_every_bit_of_its_position_half_the_time() {
        let order = Permutation::new(&[0x5a; 32]);
        for bit in 0..17 {
            let mut flips = [0_u32; 17];
            for counter in 0..1_000 {
                let here = order.position(counter).expect("in range");
                let there = order.position(counter ^ 1 << bit).expect("in range");
                for (at, count) in flips.iter_mut().enumerate() {
                    *count += (here ^ there) >> at & 1;
                }
            }
            for count in flips {
                assert!((400..600).contains(&count), "bit {bit}: {count}");
            }
        }
    }

    #[test]
    fn the_key_is_not_printed() {
        assert_eq!(
            format!("{:?}", Permutation::new(&[7; 32])),
            "Permutation(secret)"
        );
    }

    const GOLDEN_ZEROS: [(u32, u32); 6] = [
        (0, 10_977),
        (1, 69_190),
        (2, 55_757),
        (511, 17_128),
        (512, 88_422),
        (131_071, 94_501),
    ];
    const GOLDEN_ASCENDING: [(u32, u32); 6] = [
        (0, 52_141),
        (1, 40_669),
        (2, 14_276),
        (511, 73_207),
        (512, 9_301),
        (131_071, 33_061),
    ];
    const GOLDEN_ONES: [(u32, u32); 6] = [
        (0, 37_084),
        (1, 60_547),
        (2, 62_801),
        (511, 69_401),
        (512, 120_376),
        (131_071, 103_522),
    ];
    const GOLDEN_SUM: &str = "9a6d5d66cf9e5103f5ac0cc569893d59400611d164e2f065cd0f01e7911a03ff";
}
