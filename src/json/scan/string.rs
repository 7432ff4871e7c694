//! Strings (RFC 8259 §7).

use super::{Error, Scanner};
use crate::json::plain_prefix;
use crate::json::tree::Text;

impl Scanner<'_> {
    /// Reads the string that opens here.
    pub(super) fn string(&mut self) -> Result<Text, Error> {
        let start = self.at + 1;
        let mut at = start;
        let mut escaped = false;
        loop {
            at += plain_prefix(self.bytes.get(at..).unwrap_or_default());
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    at = self.escape(at)?;
                }
                _ => return Err(Error::Syntax { at }),
            }
        }
        self.at = at + 1;
        Ok(Text {
            start,
            end: at,
            escaped,
        })
    }

    /// Reads one escape; lone surrogates and NUL are refused.
    fn escape(&self, at: usize) -> Result<usize, Error> {
        match self.bytes.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 2),
            Some(b'u') => match self.hex4(at + 2)? {
                0 | 0xDC00..=0xDFFF => Err(Error::Syntax { at }),
                0xD800..=0xDBFF => {
                    let low_follows = self.bytes.get(at + 6..at + 8) == Some(b"\\u")
                        && matches!(self.hex4(at + 8)?, 0xDC00..=0xDFFF);
                    if low_follows {
                        Ok(at + 12)
                    } else {
                        Err(Error::Syntax { at })
                    }
                }
                _ => Ok(at + 6),
            },
            _ => Err(Error::Syntax { at }),
        }
    }

    fn hex4(&self, at: usize) -> Result<u32, Error> {
        self.bytes
            .get(at..at + 4)
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .ok_or(Error::Syntax { at })
    }
}
