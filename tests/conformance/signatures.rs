//! Signatures at the edges of what is one: the values of published vectors, in
//! `signatures/*.txt`.
//!
//! | file | taken from | how many |
//! |---|---|---|
//! | `ed25519_cctv` | C2SP/CCTV 1e3d2860, `ed25519/ed25519vectors.json` (BSD) | two of each set of flags, twelve where it holds |
//! | `*_wycheproof` | C2SP/wycheproof dac1dd47, `testvectors_v1/` (Apache-2.0): `ed25519`, `ecdsa_secp256r1_sha256_p1363`, `ecdsa_secp384r1_sha384_p1363`, `rsa_signature_2048_sha256` | all; six, four, three of each set of flags |
//!
//! One line a case: key, message and signature in hexadecimal (`-` for
//! nothing), then what the suite says of it.

use countersign::keys::PublicKey;

const CCTV: &str = include_str!("signatures/ed25519_cctv.txt");

/// The multicodec of the keys, their suite, and how many cases there are.
const WYCHEPROOF: [(&[u8], &str, usize); 4] = [
    (
        &[0xED, 0x01],
        include_str!("signatures/ed25519_wycheproof.txt"),
        151,
    ),
    (
        &[0x80, 0x24],
        include_str!("signatures/p256_wycheproof.txt"),
        75,
    ),
    (
        &[0x81, 0x24],
        include_str!("signatures/p384_wycheproof.txt"),
        56,
    ),
    (
        &[0x85, 0x24],
        include_str!("signatures/rsa_wycheproof.txt"),
        33,
    ),
];

struct Case<'l> {
    line: &'l str,
    key: Vec<u8>,
    message: Vec<u8>,
    signature: Vec<u8>,
    /// What the suite says.
    said: Vec<&'l str>,
}

impl<'l> Case<'l> {
    fn read(line: &'l str) -> Self {
        let mut parts = line.split(' ');
        let mut bytes = || hex(parts.next().expect("a part"));
        let (key, message, signature) = (bytes(), bytes(), bytes());
        Self {
            line,
            key,
            message,
            signature,
            said: parts.collect(),
        }
    }

    /// Whether the key is one, and the signature holds.
    fn holds(&self, multicodec: &[u8]) -> bool {
        PublicKey::from_multicodec(&[multicodec, &self.key].concat())
            .is_ok_and(|key| key.verify(&self.message, &self.signature).is_ok())
    }
}

fn hex(text: &str) -> Vec<u8> {
    let digits = if text == "-" { "" } else { text };
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal"))
        .collect()
}

/// What every careful check of Ed25519 refuses. A component of low order alone
/// is no reason: the equation is not multiplied by the cofactor, and holds.
const STRICTLY_REFUSED: [&str; 6] = [
    "low_order_A",
    "low_order_R",
    "non_canonical_A",
    "non_canonical_R",
    "low_order_residue",
    "reencoded_k",
];

#[test]
fn ed25519_is_strict_about_points() {
    let (mut held, mut refused) = (0, 0);
    for case in CCTV.lines().map(Case::read) {
        let flags: Vec<&str> = case.said[0].split(',').collect();
        let expected = !flags.iter().any(|flag| STRICTLY_REFUSED.contains(flag));
        assert_eq!(case.holds(&[0xED, 0x01]), expected, "{}", case.line);
        *(if expected { &mut held } else { &mut refused }) += 1;
    }
    assert_eq!((held, refused), (20, 123));
}

#[test]
fn signatures_hold_where_wycheproof_says_so() {
    for (multicodec, suite, cases) in WYCHEPROOF {
        let mut seen = 0;
        for case in suite.lines().map(Case::read) {
            // Of the "acceptable" ones none is accepted.
            let expected = case.said[0] == "valid";
            assert_eq!(case.holds(multicodec), expected, "{:.400}", case.line);
            seen += 1;
        }
        assert_eq!(seen, cases);
    }
}
