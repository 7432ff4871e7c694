//! One strict pass from a JSON tree to RDF statements: expansion and
//! "deserialize to RDF" of JSON-LD 1.1 API §5.1 and §8.1 in one go.
//!
//! Statement order and blank node names do not matter to what follows, so
//! nothing is sorted or collected on the way. In strict mode every place where
//! the algorithms would drop something is an error instead.

mod described;
mod expand;
mod node;
mod scope;
mod value;

use described::Described;

use super::catalog::Catalog;
use super::dataset::Sink;
use super::engine::{Compiler, State};
use super::error::Error;
use super::term::Term;
use crate::json::{Value, beginning};
use json_ld::iref::IriBuf;

/// How a tree is read.
#[derive(Debug, Clone, Default)]
pub struct Mode {
    /// Name whatever the signature would not cover, instead of dropping it;
    /// contexts are addresses only; members are terms only.
    pub strict: bool,
    /// In strict mode, what to do with members that no context maps.
    pub unmapped: Unmapped,
    /// Language tags as written, not in lower case: how some other software
    /// signs.
    pub keep_language_case: bool,
    /// The address of the document, for relative IRIs (never in strict mode).
    pub base: Option<IriBuf>,
}

/// What strict mode does with a member or type that no context maps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unmapped {
    /// Refuses it.
    #[default]
    Refused,
    /// Lets it pass: for badges whose signature covers the JSON itself.
    Passed,
    /// Lets these pass, which another edition of a context knows.
    OnlyThese(&'static [&'static str]),
}

impl Unmapped {
    fn passes(self, name: &str) -> bool {
        match self {
            Self::Refused => false,
            Self::Passed => true,
            Self::OnlyThese(names) => names.contains(&name),
        }
    }
}

impl Mode {
    /// Strict: for whatever is signed or checked.
    #[must_use]
    pub fn strict() -> Self {
        Self {
            strict: true,
            ..Self::default()
        }
    }

    /// As the JSON-LD API says: for the W3C test suite.
    #[must_use]
    pub fn lax(base: Option<IriBuf>) -> Self {
        Self {
            base,
            ..Self::default()
        }
    }
}

/// The pass over one document: `'s` is the engine's tables, `'d` the document.
pub(super) struct Pass<'s, 'd, S> {
    compiler: Compiler<'s>,
    mode: &'s Mode,
    sink: &'s mut S,
    path: Vec<Step<'d>>,
    described: Described<'d>,
}

/// One step of a JSON Pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'d> {
    /// Into an object, by the name of a member.
    Member(&'d str),
    /// Into an array, by the number of an item.
    Item(usize),
}

/// The property that a value belongs to, and the context it was found in.
#[derive(Clone, Copy)]
struct Place<'s> {
    context: u16,
    term: Option<&'s Term>,
}

impl<'s, 'd, S: Sink> Pass<'s, 'd, S> {
    pub(super) fn new(
        state: &'s State,
        catalog: &'s Catalog,
        mode: &'s Mode,
        sink: &'s mut S,
    ) -> Self {
        Self {
            compiler: Compiler::new(state, catalog),
            mode,
            sink,
            path: Vec::with_capacity(32),
            described: Described::new(),
        }
    }

    /// Reads the whole document, except the member `left_out` of its top
    /// object.
    pub(super) fn document(
        mut self,
        document: &'d Value<'_>,
        left_out: Option<&str>,
    ) -> Result<(), Error> {
        let place = Place {
            context: self.compiler.empty(self.mode.base.as_ref())?,
            term: None,
        };
        match document {
            Value::Object(object) => self.top_object(object, left_out, place),
            Value::Array(items) if !self.mode.strict => {
                for item in items {
                    if let Value::Object(object) = item {
                        self.top_object(object, None, place)?;
                    }
                }
                Ok(())
            }
            _ => Err(self.shape("the document is not an object")),
        }
    }

    fn shape(&self, what: &'static str) -> Error {
        Error::Shape {
            what,
            path: self.pointer(None),
        }
    }

    fn keyword(&self, key: &str) -> Error {
        Error::Keyword {
            key: key.to_owned(),
            path: self.pointer(Some(key)),
        }
    }

    fn not_absolute(&self, value: &str) -> Error {
        Error::NotAbsolute {
            value: beginning(value, 200),
            path: self.pointer(None),
        }
    }

    /// The JSON Pointer of where the pass is, or of a member there.
    fn pointer(&self, member: Option<&str>) -> String {
        let mut pointer = String::new();
        let steps = self.path.iter().copied();
        for step in steps.chain(member.map(Step::Member)) {
            pointer.push('/');
            match step {
                Step::Member(name) => {
                    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                }
                Step::Item(at) => pointer.push_str(&at.to_string()),
            }
        }
        pointer
    }
}
