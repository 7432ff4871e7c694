//! Numbers (RFC 8259 §6), within what doubles hold (RFC 7493 §2.2).

use super::{Error, Scanner};
use crate::json::Number;
use crate::limits;

impl Scanner<'_> {
    pub(super) fn number(&mut self) -> Result<Number, Error> {
        let start = self.at;
        self.take(b"-");
        let leading_zero = self.bytes.get(self.at) == Some(&b'0');
        let whole = self.digits();
        if whole == 0 || (leading_zero && whole > 1) {
            return Err(self.syntax());
        }
        let mut is_integer = true;
        if self.take(b".") {
            is_integer = false;
            if self.digits() == 0 {
                return Err(self.syntax());
            }
        }
        if self.take(b"eE") {
            is_integer = false;
            self.take(b"+-");
            if self.digits() == 0 {
                return Err(self.syntax());
            }
        }
        self.judge_number(start, is_integer)
    }

    /// What is said has to be what every reader takes it for.
    fn judge_number(&self, start: usize, is_integer: bool) -> Result<Number, Error> {
        let text = self.text.get(start..self.at).unwrap_or_default();
        let number = if is_integer && text != "-0" {
            integer(text).map(Number::Integer)
        } else {
            let float = text.parse().ok();
            float
                .filter(|float| is_read_in_one_way(text, *float))
                .map(Number::Float)
        };
        number.ok_or(Error::Number { at: start })
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        self.at - start
    }

    fn take(&mut self, any_of: &[u8]) -> bool {
        let taken = self
            .bytes
            .get(self.at)
            .is_some_and(|byte| any_of.contains(byte));
        self.at += usize::from(taken);
        taken
    }
}

fn integer(text: &str) -> Option<i64> {
    let integer: i64 = text.parse().ok()?;
    (integer.unsigned_abs() <= limits::JSON_SAFE_INTEGER).then_some(integer)
}

/// Finite, and not a number so small that it would silently become zero.
fn is_read_in_one_way(text: &str, float: f64) -> bool {
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let says_zero = !mantissa.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    float.is_finite() && (float != 0.0 || says_zero)
}
