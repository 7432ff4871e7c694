//! The public half of a key on a token: PKCS #11's `CKA_EC_PARAMS` and
//! `CKA_EC_POINT`, in the spellings that devices have for them.

use super::Error;
use crate::keys::{Algorithm, PublicKey};
use cryptoki::object::{Attribute, AttributeType, ObjectHandle};
use cryptoki::session::Session;

/// The curve by its object identifier, in DER.
const P256: &[u8] = &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P384: &[u8] = &[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22];
const ED25519: &[u8] = &[0x06, 0x03, 0x2b, 0x65, 0x70];
/// The identifier that it had before RFC 8410.
const ED25519_EARLIER: &[u8] = &[
    0x06, 0x09, 0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x0f, 0x01,
];
/// The name of PKCS #11 3.0 §2.3.5, "edwards25519" as a printable string.
const ED25519_NAME: &[u8] = b"\x13\x0cedwards25519";

/// The spellings of a curve, the most common first.
pub(super) const fn spellings(algorithm: Algorithm) -> &'static [&'static [u8]] {
    match algorithm {
        Algorithm::Ed25519 => &[ED25519, ED25519_NAME, ED25519_EARLIER],
        Algorithm::P256 => &[P256],
        Algorithm::P384 => &[P384],
        Algorithm::Rsa => &[],
    }
}

/// Reads the public key behind a handle.
pub(super) fn read(session: &Session, handle: ObjectHandle) -> Result<PublicKey, Error> {
    let wanted = [AttributeType::EcParams, AttributeType::EcPoint];
    let (mut curve, mut point) = (None, None);
    for attribute in session.get_attributes(handle, &wanted)? {
        match attribute {
            Attribute::EcParams(bytes) => curve = Some(bytes),
            Attribute::EcPoint(bytes) => point = Some(bytes),
            _ => {}
        }
    }
    match (curve, point) {
        (Some(curve), Some(point)) => public_key(&curve, &point),
        _ => Err(UNSUPPORTED),
    }
}

const UNSUPPORTED: Error = Error::Unsupported {
    what: "this kind of key",
};

fn public_key(curve: &[u8], point: &[u8]) -> Result<PublicKey, Error> {
    let algorithm = [Algorithm::Ed25519, Algorithm::P256, Algorithm::P384]
        .into_iter()
        .find(|algorithm| spellings(*algorithm).contains(&curve))
        .ok_or(UNSUPPORTED)?;
    let length = match algorithm {
        Algorithm::Ed25519 => 32,
        Algorithm::P256 => 65,
        Algorithm::P384 => 97,
        Algorithm::Rsa => return Err(UNSUPPORTED),
    };
    let point = unwrapped(point, length);
    Ok(match algorithm {
        Algorithm::Ed25519 => PublicKey::from_compressed(algorithm, point)?,
        _ => PublicKey::from_sec1(algorithm, point)?,
    })
}

/// The standard wraps the point in an OCTET STRING; some devices don't. The
/// length tells.
fn unwrapped(point: &[u8], length: usize) -> &[u8] {
    match point {
        [0x04, size, inside @ ..] if inside.len() == length && usize::from(*size) == length => {
            inside
        }
        bare => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{self, SecretKey};

    fn ed25519() -> (PublicKey, Vec<u8>) {
        let key = SecretKey::from_ed25519_seed(&[7; 32]).public().clone();
        let point = key.compressed().expect("a point");
        (key, point)
    }

    #[test]
    fn every_spelling_of_a_curve_and_a_point_is_read() {
        let (key, point) = ed25519();
        let wrapped = [&[0x04, 0x20][..], &point].concat();
        for curve in [ED25519, ED25519_NAME, ED25519_EARLIER] {
            for point in [&point, &wrapped] {
                assert_eq!(public_key(curve, point).expect("a key"), key);
            }
        }
    }

    #[test]
    fn an_uncompressed_point_is_read_bare_and_wrapped() {
        let mut chance = rand::rng();
        for (curve, algorithm) in [(P256, Algorithm::P256), (P384, Algorithm::P384)] {
            let key = SecretKey::generate(algorithm, &mut chance).expect("a key");
            let jwk = key.public().to_jwk();
            let coordinate = |name| {
                let text = jwk.text(name).expect("a coordinate");
                keys::base64url::decode(text).expect("bytes")
            };
            let bare = [&[0x04][..], &coordinate("x"), &coordinate("y")].concat();
            let size = u8::try_from(bare.len()).expect("short");
            let wrapped = [&[0x04, size][..], &bare].concat();
            for point in [bare, wrapped] {
                assert_eq!(&public_key(curve, &point).expect("a key"), key.public());
            }
        }
    }

    #[test]
    fn other_curves_and_broken_points_are_refused() {
        let (_, point) = ed25519();
        let secp256k1 = [0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a];
        for curve in [&secp256k1[..], &[], b"\x13\x0aedwards448", &ED25519[1..]] {
            let code = public_key(curve, &point).map_err(|error| error.code());
            assert_eq!(code.err(), Some("hardware_unsupported"));
        }
        let zeros = [0; 65];
        for (curve, point, expected) in [
            (ED25519, &point[1..], "key_malformed"),
            (ED25519, &zeros[..32], "key_weak"),
            (P256, &point, "key_malformed"),
            (P256, &zeros, "key_malformed"),
            (P384, &zeros, "key_malformed"),
        ] {
            let code = public_key(curve, point).map_err(|error| error.code());
            assert_eq!(code.err(), Some(expected));
        }
    }
}
