//! Texts that are made, not read: names by chance for addresses and
//! references, bytes in hexadecimal.
//!
//! **Does not** have chance of its own: a generator is an argument.

use rand_core::CryptoRng;

/// Letters and digits that are not taken for one another when read aloud or
/// copied by hand: no `i`, `l`, `o`, `u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// 128 bits of chance in 26 characters: nobody guesses the address of a badge.
#[must_use]
pub fn random_id(chance: &mut dyn CryptoRng) -> String {
    const LENGTH: usize = 26;
    letters(chance, LENGTH)
}

/// A code that can be read out over the telephone: `b7k-4pd-2hx`. It has 45
/// bits; how often one may try is limited.
#[must_use]
pub fn random_code(chance: &mut dyn CryptoRng) -> String {
    const GROUPS: usize = 3;
    const LETTERS: usize = 3;
    let groups: Vec<String> = (0..GROUPS).map(|_| letters(chance, LETTERS)).collect();
    groups.join("-")
}

/// The code as it is kept, however it was typed: capitals, blanks and dashes
/// do not matter. `None` if it cannot be a code.
///
/// ```
/// use countersign::text::read_code;
/// assert_eq!(read_code(" B7K 4PD-2HX").as_deref(), Some("b7k-4pd-2hx"));
/// assert_eq!(read_code("B7K-4PD"), None);
/// ```
#[must_use]
pub fn read_code(typed: &str) -> Option<String> {
    const LENGTH: usize = 9;
    let letters: Vec<char> = typed
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .take(LENGTH + 1)
        .map(|letter| match letter.to_ascii_lowercase() {
            // What people hear or see instead.
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect();
    let is_code = letters.len() == LENGTH
        && letters
            .iter()
            .all(|letter| u8::try_from(*letter).is_ok_and(|byte| ALPHABET.contains(&byte)));
    is_code.then(|| {
        let groups: Vec<String> = letters
            .chunks(3)
            .map(|group| group.iter().collect())
            .collect();
        groups.join("-")
    })
}

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn letters(chance: &mut dyn CryptoRng, count: usize) -> String {
    let mut bytes = vec![0_u8; count];
    chance.fill_bytes(&mut bytes);
    bytes
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_long_plain_and_never_the_same() {
        let mut chance = rand::rng();
        let (one, other) = (random_id(&mut chance), random_id(&mut chance));
        assert_ne!(one, other);
        assert_eq!(one.len(), 26);
        assert!(one.bytes().all(|byte| ALPHABET.contains(&byte)), "{one}");
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = random_code(&mut rand::rng());
        assert_eq!(code.len(), 11);
        for typed in [
            code.clone(),
            code.to_uppercase(),
            code.replace('-', ""),
            code.replace('-', " "),
            format!("  {code} "),
        ] {
            assert_eq!(read_code(&typed).as_ref(), Some(&code), "{typed}");
        }
        assert_eq!(read_code("O0I-1L1-000").as_deref(), Some("001-111-000"));
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for typed in [
            "",
            "b7k",
            "b7k-4pd-2hxx",
            "b7k-4pd-2h!",
            "b7k-4pd-2hü",
            "uuu-uuu-uuu",
        ] {
            assert_eq!(read_code(typed), None, "{typed}");
        }
    }
}
