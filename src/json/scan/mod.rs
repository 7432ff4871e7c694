//! The scanner that reads a stranger's bytes before any parser does.
//!
//! **Promises.** It never recurses, so nesting cannot exhaust the stack; it
//! goes through the bytes once, and once more through names with escapes;
//! whatever it lets through is JSON (RFC 8259) in UTF-8 without a byte order
//! mark that every careful reader understands in the same way (RFC 7493),
//! within the limits L-02 to L-04.

mod number;
mod string;

use super::tree::{Text, Token};
use crate::limits;
use std::borrow::Cow;

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
    read(bytes).map(|(text, _)| text)
}

/// Checks `bytes` and returns them as text, with what is in it.
pub(super) fn read(bytes: &[u8]) -> Result<(&str, Vec<Token>), Error> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return Err(Error::Utf8);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Error::Utf8)?;
    let mut scanner = Scanner::new(text);
    scanner.run()?;
    Ok((text, scanner.tokens))
}

/// One open bracket.
struct Frame {
    is_object: bool,
    /// Where this object's names begin in [`Scanner::names`].
    names_from: usize,
    /// Where it lies in [`Scanner::tokens`].
    token: usize,
    /// How many values are in it, not counting those further in.
    values: usize,
    /// Marks of the names so far: a name without its mark here is new.
    marks: u64,
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
    /// The names in the objects that are open, as readers see them: after their
    /// escapes.
    names: Vec<Cow<'a, str>>,
    tokens: Vec<Token>,
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
            tokens: Vec::with_capacity(256),
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
            token: self.tokens.len(),
            values: 0,
            marks: 0,
        });
        // How many values there are is known when it closes.
        self.tokens.push(Token::Null);
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
                if let Some(token) = self.tokens.get_mut(frame.token) {
                    *token = if frame.is_object {
                        Token::Object(frame.values)
                    } else {
                        Token::Array(frame.values)
                    };
                }
                self.at += 1;
                Ok(self.after_value())
            }
            _ => Err(self.syntax()),
        }
    }

    fn scalar(&mut self, byte: u8) -> Result<(), Error> {
        self.count_node()?;
        let token = match byte {
            b'"' => Token::Text(self.string_value()?),
            b't' => self.word("true", Token::Bool(true))?,
            b'f' => self.word("false", Token::Bool(false))?,
            b'n' => self.word("null", Token::Null)?,
            b'-' | b'0'..=b'9' => Token::Number(self.number()?),
            _ => return Err(self.syntax()),
        };
        self.tokens.push(token);
        Ok(())
    }

    fn count_node(&mut self) -> Result<(), Error> {
        self.nodes += 1;
        if self.nodes > limits::JSON_NODES {
            return Err(Error::TooLarge);
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.values += 1;
        }
        Ok(())
    }

    fn string_value(&mut self) -> Result<Text, Error> {
        let text = self.string()?;
        let length = text.length();
        if length > limits::JSON_STRING_BYTES && length > self.longest_string_here(text.start) {
            return Err(Error::TooLarge);
        }
        Ok(text)
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
        let is_list = self.names.last().is_some_and(|name| *name == "encodedList");
        if is_list {
            limits::JSON_ENCODED_LIST_BYTES
        } else {
            limits::JSON_STRING_BYTES
        }
    }

    fn name(&mut self) -> Result<Expect, Error> {
        let opening = self.at;
        let name = self.string()?;
        self.remember_name(name, opening)?;
        if self.peek_past_space() != Some(b':') {
            return Err(self.syntax());
        }
        self.at += 1;
        Ok(Expect::Value)
    }

    fn remember_name(&mut self, name: Text, opening: usize) -> Result<(), Error> {
        if name.length() > limits::JSON_STRING_BYTES {
            return Err(Error::TooLarge);
        }
        let meant = name.meant(self.text);
        let mark = mark(&meant);
        let Some(frame) = self.frames.last_mut() else {
            return Err(self.syntax());
        };
        let open = self.names.get(frame.names_from..).unwrap_or_default();
        if open.len() >= limits::JSON_MEMBERS {
            return Err(Error::TooLarge);
        }
        let may_be_known = frame.marks & mark != 0;
        if may_be_known && open.contains(&meant) {
            return Err(Error::DuplicateKey { at: opening });
        }
        frame.marks |= mark;
        self.names.push(meant);
        self.tokens.push(Token::Text(name));
        Ok(())
    }

    fn word(&mut self, word: &str, token: Token) -> Result<Token, Error> {
        let found = self
            .bytes
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if found {
            self.at += word.len();
            Ok(token)
        } else {
            Err(self.syntax())
        }
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

/// One of 64 bits, the same for equal names.
fn mark(name: &str) -> u64 {
    let sum = match name.as_bytes() {
        [first, .., last] => usize::from(*first) + 7 * usize::from(*last),
        _ => 0,
    };
    1 << ((sum + name.len()) % 64)
}

#[cfg(test)]
mod tests;
