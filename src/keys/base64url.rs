//! Base64url as JOSE wants it (RFC 7515 §2): no padding, no stray bits, no
//! line breaks, so that bytes have exactly one spelling.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Decodes, if `text` is the one spelling of some bytes.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Encodes.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_one_spelling() {
        assert_eq!(decode("_-8"), Some(vec![0xff, 0xef]));
        assert_eq!(encode(&[0xff, 0xef]), "_-8");
        for other in ["_-8=", "/+8", "_-9", "_-8\n", " _-8", "_", "_-8A="] {
            assert_eq!(decode(other), None, "{other:?}");
        }
    }
}
