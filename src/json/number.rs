//! JSON numbers, as ECMAScript reads and prints them (RFC 8785 §3.2.2.3).

use serde::{Serialize, Serializer};

/// A finite JSON number. Integers are within ±(2^53 − 1): the scanner refuses
/// others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// Written without fraction and exponent.
    Integer(i64),
    /// Written with a fraction or an exponent.
    Float(f64),
}

impl Number {
    /// The number as a double.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Integer(integer) => integer as f64,
            Self::Float(float) => float,
        }
    }

    /// The number as an integer, if it is one; `42.0` is.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        const SAFE: f64 = 9_007_199_254_740_991.0;
        match self {
            Self::Integer(integer) => Some(integer),
            Self::Float(float) if float.fract() == 0.0 && float.abs() <= SAFE => Some(float as i64),
            Self::Float(_) => None,
        }
    }

    /// Appends the shortest form that reads back as the same double, as
    /// ECMAScript's `Number::toString` prints it.
    pub fn write_ecmascript(self, out: &mut String) {
        match self {
            Self::Integer(integer) => out.push_str(&integer.to_string()),
            Self::Float(float) => out.push_str(ryu_js::Buffer::new().format_finite(float)),
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Integer(integer) => serializer.serialize_i64(*integer),
            Self::Float(float) => serializer.serialize_f64(*float),
        }
    }
}
