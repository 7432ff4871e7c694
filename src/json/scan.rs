//! The scanner that reads a stranger's bytes before any parser does.
//!
//! **Promises.** It never recurses, so nesting cannot exhaust the stack; it
//! looks at each byte once; whatever it lets through is JSON (RFC 8259) in
//! UTF-8 without a byte order mark that every careful reader understands in
//! the same way (RFC 7493), within the limits L-02 to L-04.

use super::plain_prefix;
use crate::limits;

/// Why bytes are not taken as JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not UTF-8, or it begins with a byte order mark.
    #[error("the text is not plain UTF-8")]
    Utf8,
    /// Not JSON.
    #[error("the text is not JSON (at byte {at})")]
    Syntax {
        /// Where reading stopped.
        at: usize,
    },
    /// One object names a member twice.
    #[error("a member is named twice (at byte {at})")]
    DuplicateKey {
        /// Where the second one begins.
        at: usize,
    },
    /// A number that readers would round differently.
    #[error("a number is too large to be read in only one way (at byte {at})")]
    Number {
        /// Where the number begins.
        at: usize,
    },
    /// Nested deeper than L-02.
    #[error("the text is nested too deeply")]
    TooDeep,
    /// More values, members or characters than L-03.
    #[error("the text has too many parts, or a part that is too long")]
    TooLarge,
}

impl Error {
    /// The stable code of the error register.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Utf8 => "utf8_invalid",
            Self::Syntax { .. } => "json_syntax",
            Self::DuplicateKey { .. } => "json_duplicate_key",
            Self::Number { .. } => "json_number",
            Self::TooDeep => "json_too_deep",
            Self::TooLarge => "json_too_large",
        }
    }

    /// Whether a limit was reached: we cannot judge, and nobody did wrong.
    #[must_use]
    pub const fn is_limit(&self) -> bool {
        matches!(self, Self::TooDeep | Self::TooLarge)
    }
}

/// Checks `bytes` and returns them as text.
///
/// # Errors
/// The first [`Error`] met.
pub fn scan(bytes: &[u8]) -> Result<&str, Error> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return Err(Error::Utf8);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Error::Utf8)?;
    Scanner::new(text).run()?;
    Ok(text)
}

/// A member name seen in an open object: where its text lies, and whether it
/// holds escapes.
struct Name {
    start: usize,
    end: usize,
    escaped: bool,
}

/// One open bracket.
struct Frame {
    is_object: bool,
    /// Where this object's names begin in [`Scanner::names`].
    names_from: usize,
}

/// What may come next.
#[derive(Clone, Copy, PartialEq)]
enum Expect {
    Value,
    ValueOrEnd,
    Name,
    NameOrEnd,
    CommaOrEnd,
    Nothing,
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    nodes: usize,
    frames: Vec<Frame>,
    names: Vec<Name>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            nodes: 0,
            frames: Vec::with_capacity(limits::JSON_DEPTH),
            names: Vec::with_capacity(64),
        }
    }

    fn run(&mut self) -> Result<(), Error> {
        let mut expect = Expect::Value;
        while let Some(byte) = self.peek_past_space() {
            expect = self.step(byte, expect)?;
        }
        if expect == Expect::Nothing {
            Ok(())
        } else {
            Err(self.syntax())
        }
    }

    fn step(&mut self, byte: u8, expect: Expect) -> Result<Expect, Error> {
        use Expect::{CommaOrEnd, Name, NameOrEnd, Nothing, Value, ValueOrEnd};
        match (byte, expect) {
            (b'{' | b'[', Value | ValueOrEnd) => self.open(byte == b'{'),
            (b'}', NameOrEnd) | (b']', ValueOrEnd) | (b'}' | b']', CommaOrEnd) => self.close(byte),
            (b',', CommaOrEnd) => {
                self.at += 1;
                Ok(match self.frames.last() {
                    Some(frame) if frame.is_object => Name,
                    _ => Value,
                })
            }
            (b'"', Name | NameOrEnd) => self.name(),
            (_, Value | ValueOrEnd) => {
                self.scalar(byte)?;
                Ok(self.after_value())
            }
            (_, Nothing | Name | NameOrEnd | CommaOrEnd) => Err(self.syntax()),
        }
    }

    fn after_value(&self) -> Expect {
        if self.frames.is_empty() {
            Expect::Nothing
        } else {
            Expect::CommaOrEnd
        }
    }

    fn open(&mut self, is_object: bool) -> Result<Expect, Error> {
        if self.frames.len() >= limits::JSON_DEPTH {
            return Err(Error::TooDeep);
        }
        self.count_node()?;
        self.at += 1;
        self.frames.push(Frame {
            is_object,
            names_from: self.names.len(),
        });
        Ok(if is_object {
            Expect::NameOrEnd
        } else {
            Expect::ValueOrEnd
        })
    }

    fn close(&mut self, byte: u8) -> Result<Expect, Error> {
        match self.frames.pop() {
            Some(frame) if frame.is_object == (byte == b'}') => {
                self.names.truncate(frame.names_from);
                self.at += 1;
                Ok(self.after_value())
            }
            _ => Err(self.syntax()),
        }
    }

    fn scalar(&mut self, byte: u8) -> Result<(), Error> {
        self.count_node()?;
        match byte {
            b'"' => self.string_value(),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            b'-' | b'0'..=b'9' => self.number(),
            _ => Err(self.syntax()),
        }
    }

    fn count_node(&mut self) -> Result<(), Error> {
        self.nodes += 1;
        if self.nodes > limits::JSON_NODES {
            return Err(Error::TooLarge);
        }
        Ok(())
    }

    fn string_value(&mut self) -> Result<(), Error> {
        let start = self.at + 1;
        let (end, _) = self.string()?;
        let length = end - start;
        if length > limits::JSON_STRING_BYTES && length > self.longest_string_here(start) {
            return Err(Error::TooLarge);
        }
        Ok(())
    }

    /// Pictures and status lists may be longer than other strings.
    fn longest_string_here(&self, start: usize) -> usize {
        let follows = |text: &str| {
            self.text
                .get(start..)
                .is_some_and(|rest| rest.starts_with(text))
        };
        if follows("data:") {
            return limits::JSON_DATA_URI_BYTES;
        }
        let is_list = self
            .names
            .last()
            .is_some_and(|name| self.slice(name.start, name.end) == "encodedList");
        if is_list {
            limits::JSON_ENCODED_LIST_BYTES
        } else {
            limits::JSON_STRING_BYTES
        }
    }

    fn name(&mut self) -> Result<Expect, Error> {
        let opening = self.at;
        let (end, escaped) = self.string()?;
        self.remember_name(opening, end, escaped)?;
        if self.peek_past_space() != Some(b':') {
            return Err(self.syntax());
        }
        self.at += 1;
        Ok(Expect::Value)
    }

    fn remember_name(&mut self, opening: usize, end: usize, escaped: bool) -> Result<(), Error> {
        let start = opening + 1;
        if end - start > limits::JSON_STRING_BYTES {
            return Err(Error::TooLarge);
        }
        let from = self.frames.last().map_or(0, |frame| frame.names_from);
        let open = self.names.get(from..).unwrap_or_default();
        if open.len() >= limits::JSON_MEMBERS {
            return Err(Error::TooLarge);
        }
        let name = Name {
            start,
            end,
            escaped,
        };
        let twice = open.iter().any(|other| self.is_same_name(other, &name));
        if twice {
            return Err(Error::DuplicateKey { at: opening });
        }
        self.names.push(name);
        Ok(())
    }

    /// Names are compared as readers see them: after their escapes.
    fn is_same_name(&self, left: &Name, right: &Name) -> bool {
        if left.escaped || right.escaped {
            return self.unescaped(left.start, left.end) == self.unescaped(right.start, right.end);
        }
        self.slice(left.start, left.end) == self.slice(right.start, right.end)
    }

    /// The text between two quotes, with its escapes resolved.
    fn unescaped(&self, start: usize, end: usize) -> String {
        serde_json::from_str(self.slice(start - 1, end + 1)).unwrap_or_default()
    }

    /// The text from `start` up to `end`, which always lie on quotes or ASCII.
    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Reads the string that opens here; returns where its closing quote is,
    /// and whether it holds escapes.
    fn string(&mut self) -> Result<(usize, bool), Error> {
        let mut at = self.at + 1;
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
        Ok((at, escaped))
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

    fn word(&mut self, word: &str) -> Result<(), Error> {
        let found = self
            .bytes
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if found {
            self.at += word.len();
            Ok(())
        } else {
            Err(self.syntax())
        }
    }

    fn number(&mut self) -> Result<(), Error> {
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

    fn judge_number(&self, start: usize, is_integer: bool) -> Result<(), Error> {
        let text = self.slice(start, self.at);
        let fits = if is_integer {
            let magnitude = text.strip_prefix('-').unwrap_or(text);
            magnitude
                .parse::<u64>()
                .is_ok_and(|magnitude| magnitude <= limits::JSON_SAFE_INTEGER)
        } else {
            text.parse::<f64>()
                .is_ok_and(|float| is_read_in_one_way(text, float))
        };
        if fits {
            Ok(())
        } else {
            Err(Error::Number { at: start })
        }
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

    fn peek_past_space(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    const fn syntax(&self) -> Error {
        Error::Syntax { at: self.at }
    }
}

/// Finite, and not a number so small that it would silently become zero.
fn is_read_in_one_way(text: &str, float: f64) -> bool {
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    let says_zero = !mantissa.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    float.is_finite() && (float != 0.0 || says_zero)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, code: &str) {
        let outcome = scan(input.as_bytes()).map_err(|error| error.code());
        assert_eq!(outcome.err().unwrap_or("fine"), code, "{input:.60}");
    }

    #[test]
    fn json_is_let_through() {
        for input in [
            "{}",
            "[]",
            "null",
            "\"\"",
            "0",
            "-0",
            "1.5e-3",
            " [1, {\"a\": [true]}]\n",
            r#"{"a":"\ud83d\ude00 \n \" \\"}"#,
            "9007199254740991",
            "1e308",
            "5e-324",
            "0e-999",
            r#"{"a":{"b":1},"b":{"a":1}}"#,
        ] {
            check(input, "fine");
        }
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for input in [
            "",
            " ",
            "{",
            "[1,]",
            "{,}",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "[1 2]",
            "{} {}",
            "nul",
            "NaN",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "// c\n1",
            "\"\t\"",
            "\"\\x\"",
            "\"\\u00g0\"",
            "]",
            "[}",
            "{]",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\\ud800\\u0041\"",
            "\"\\u0000\"",
            "\"abc",
            "'a'",
            "-",
        ] {
            check(input, "json_syntax");
        }
    }

    #[test]
    fn duplicate_members_are_refused_however_they_are_spelled() {
        check(r#"{"a":1,"a":1}"#, "json_duplicate_key");
        check(r#"{"a":1,"\u0061":1}"#, "json_duplicate_key");
        check(r#"[{"x":{"a":1,"b":2,"a":3}}]"#, "json_duplicate_key");
    }

    #[test]
    fn numbers_that_round_are_refused() {
        for input in [
            "9007199254740992",
            "-9007199254740992",
            "1e309",
            "-1e400",
            "1e-400",
            "123456789012345678901",
        ] {
            check(input, "json_number");
        }
    }

    #[test]
    fn marks_and_broken_text_are_refused() {
        assert_eq!(scan(b"\xEF\xBB\xBF{}"), Err(Error::Utf8));
        assert_eq!(scan(b"\"\xff\""), Err(Error::Utf8));
        assert_eq!(scan(b"\"\xed\xa0\x80\""), Err(Error::Utf8));
    }

    #[test]
    fn limits_end_the_scan_whatever_the_size() {
        for depth in [33, 128, 50_000, 1_000_000] {
            check(&"[".repeat(depth), "json_too_deep");
            check(&"{\"a\":".repeat(depth), "json_too_deep");
        }
        let deepest = format!(
            "{}{}",
            "[".repeat(limits::JSON_DEPTH),
            "]".repeat(limits::JSON_DEPTH)
        );
        check(&deepest, "fine");
        check(
            &format!("[{}0]", "0,".repeat(limits::JSON_NODES)),
            "json_too_large",
        );
        let members: Vec<String> = (0..=limits::JSON_MEMBERS)
            .map(|n| format!("\"k{n}\":0"))
            .collect();
        check(&format!("{{{}}}", members.join(",")), "json_too_large");
    }

    #[test]
    fn only_pictures_and_status_lists_may_be_long() {
        let long = "x".repeat(limits::JSON_STRING_BYTES + 1);
        check(&format!("{{\"a\":\"{long}\"}}"), "json_too_large");
        check(&format!("{{\"encodedList\":\"{long}\"}}"), "fine");
        check(&format!("{{\"a\":\"data:{long}\"}}"), "fine");
        check(&format!("{{\"{long}\":1}}"), "json_too_large");
    }
}
