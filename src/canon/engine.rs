//! Compiles contexts once and remembers them.
//!
//! `json-ld` processes each combination of contexts a single time; what it
//! says is flattened into tables ([`Compiled`]). **Promise.** Memory is
//! bounded: after [`limits::COMPILED_CONTEXTS`] tables the engine starts anew,
//! because which types meet in one document is the stranger's choice.

use super::catalog::{Catalog, Edition};
use super::dataset::Sink;
use super::error::Error;
use super::pass::{Mode, Pass};
use super::term::{Compiled, KnownIri, Numbers, Scoped};
use crate::json::Value;
use crate::limits;
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use json_ld::Process as _;
use json_ld::context_processing::Options;
use json_ld::iref::IriBuf;
use json_ld::syntax::Context as LocalContext;
use std::hash::BuildHasher as _;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::task::{Context as TaskContext, Poll, Waker};

/// Reads JSON trees as JSON-LD.
pub struct Engine {
    catalog: Catalog,
    state: RwLock<Arc<State>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Engine").finish_non_exhaustive()
    }
}

/// The engine for one edition of the shipped contexts, shared by the process.
#[must_use]
pub fn engine(edition: Edition) -> &'static Engine {
    static NEWEST: OnceLock<Engine> = OnceLock::new();
    static APRIL_2025: OnceLock<Engine> = OnceLock::new();
    let cell = match edition {
        Edition::Newest => &NEWEST,
        Edition::April2025 => &APRIL_2025,
    };
    cell.get_or_init(|| Engine::new(Catalog::shipped(edition)))
}

impl Engine {
    /// An engine that knows the contexts of `catalog` and no others.
    #[must_use]
    pub fn new(catalog: Catalog) -> Self {
        Self {
            catalog,
            state: RwLock::new(Arc::new(State::new())),
        }
    }

    /// Makes one pass over `document` and hands its statements to `sink`. The
    /// member `left_out` of the top object is not read.
    ///
    /// # Errors
    /// [`Error`]: the first thing that is refused.
    pub fn read<S: Sink>(
        &self,
        document: &Value<'_>,
        left_out: Option<&str>,
        mode: &Mode,
        sink: &mut S,
    ) -> Result<(), Error> {
        let state = self.state();
        Pass::new(&state, &self.catalog, mode, sink).document(document, left_out)
    }

    /// The current tables; a full state is replaced by an empty one first.
    fn state(&self) -> Arc<State> {
        let state = Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner));
        if state.has_room() {
            return state;
        }
        let fresh = Arc::new(State::new());
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&fresh);
        fresh
    }
}

/// The compiled contexts, each in a slot that never moves.
pub(super) struct State {
    slots: Box<[OnceLock<Compiled>]>,
    taken: AtomicUsize,
    combinations: RwLock<HashTable<Combination>>,
    hasher: DefaultHashBuilder,
    transitions: RwLock<HashMap<Transition, u16>>,
    numbers: Mutex<Numbering>,
}

/// A list of context addresses, on an active context or on none, and what came
/// of it.
struct Combination {
    active: Option<u16>,
    addresses: Vec<String>,
    made: u16,
}

/// The IRIs of RDF itself, known under their places in this list.
pub(super) const RDF: [&str; 4] = [
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#first",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil",
];

/// From which context, through which scoped one, as that of a property or of a
/// type.
#[derive(PartialEq, Eq, Hash)]
struct Transition {
    from: u16,
    scope: u32,
    is_type: bool,
}

#[derive(Default)]
struct Numbering {
    iris: HashMap<Arc<str>, u32>,
    scopes: u32,
}

impl Numbers for Numbering {
    fn iri(&mut self, text: &str) -> KnownIri {
        if let Some((text, number)) = self.iris.get_key_value(text) {
            return KnownIri {
                number: *number,
                text: Arc::clone(text),
            };
        }
        let text: Arc<str> = text.into();
        let number = u32::try_from(self.iris.len()).unwrap_or(u32::MAX);
        self.iris.insert(Arc::clone(&text), number);
        KnownIri { number, text }
    }

    fn scope(&mut self) -> u32 {
        self.scopes += 1;
        self.scopes
    }
}

/// How a local context is put on an active one.
#[derive(Clone, Copy)]
pub(super) enum Manner {
    /// Written into the document.
    Embedded,
    /// Scoped to a property: may override protected terms.
    Property,
    /// Scoped to a type: does not reach below the node.
    Type,
}

impl State {
    fn new() -> Self {
        let mut numbers = Numbering::default();
        for iri in RDF {
            numbers.iri(iri);
        }
        // One document may need this many slots more than the cache keeps.
        let size = limits::COMPILED_CONTEXTS + limits::COMPILATIONS_PER_DOCUMENT;
        Self {
            slots: (0..size).map(|_| OnceLock::new()).collect(),
            taken: AtomicUsize::new(0),
            combinations: RwLock::default(),
            hasher: DefaultHashBuilder::default(),
            transitions: RwLock::default(),
            numbers: Mutex::new(numbers),
        }
    }

    fn has_room(&self) -> bool {
        self.taken.load(Ordering::Relaxed) < limits::COMPILED_CONTEXTS
    }

    /// Looked up for every document, so nothing is copied to do it.
    fn combination(&self, active: Option<u16>, addresses: &[&str]) -> Option<u16> {
        let hash = self.hasher.hash_one((active, addresses));
        let known = self
            .combinations
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        known
            .find(hash, |known| {
                known.active == active && known.addresses == addresses
            })
            .map(|known| known.made)
    }

    fn remember_combination(&self, active: Option<u16>, addresses: &[&str], made: u16) {
        let hasher = |known: &Combination| {
            let addresses: Vec<&str> = known.addresses.iter().map(String::as_str).collect();
            self.hasher.hash_one((known.active, addresses.as_slice()))
        };
        let combination = Combination {
            active,
            addresses: addresses.iter().map(ToString::to_string).collect(),
            made,
        };
        let hash = hasher(&combination);
        let mut known = self
            .combinations
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        known.insert_unique(hash, combination, hasher);
    }

    pub(super) fn context(&self, at: u16) -> Option<&Compiled> {
        self.slots.get(usize::from(at)).and_then(OnceLock::get)
    }
}

/// Finds or compiles contexts for one document, within its budget.
pub(super) struct Compiler<'s> {
    pub(super) state: &'s State,
    pub(super) catalog: &'s Catalog,
    left: usize,
}

impl<'s> Compiler<'s> {
    pub(super) const fn new(state: &'s State, catalog: &'s Catalog) -> Self {
        Self {
            state,
            catalog,
            left: limits::COMPILATIONS_PER_DOCUMENT,
        }
    }

    pub(super) fn context(&self, at: u16) -> Result<&'s Compiled, Error> {
        self.state.context(at).ok_or(Error::ContextLimit)
    }

    /// The context of a document, before any `@context`.
    pub(super) fn empty(&mut self, base: Option<&IriBuf>) -> Result<u16, Error> {
        if base.is_none() {
            return self.addresses(None, &[]);
        }
        let source = json_ld::Context::new(base.cloned());
        self.store(source, None)
    }

    /// The contexts at `addresses`, put on `active` in order.
    pub(super) fn addresses(
        &mut self,
        active: Option<u16>,
        addresses: &[&str],
    ) -> Result<u16, Error> {
        if let Some(known) = self.state.combination(active, addresses) {
            return Ok(known);
        }
        let mut entries = Vec::new();
        for address in addresses {
            let unknown = || Error::UnknownContext {
                url: (*address).to_owned(),
            };
            if !self.catalog.holds(address) {
                return Err(unknown());
            }
            let reference =
                json_ld::iref::IriRefBuf::new((*address).to_owned()).map_err(|_| unknown())?;
            entries.push(json_ld::syntax::ContextEntry::IriRef(reference));
        }
        let local = LocalContext::Many(entries);
        let made = self.process(active, &local, None, Manner::Embedded)?;
        self.state.remember_combination(active, addresses, made);
        Ok(made)
    }

    /// A context written into the document (never in strict mode).
    pub(super) fn inline(
        &mut self,
        active: u16,
        local: &LocalContext,
        base: Option<IriBuf>,
    ) -> Result<u16, Error> {
        self.process(Some(active), local, base, Manner::Embedded)
    }

    /// The context below a property, or of a node of a type.
    pub(super) fn scoped(
        &mut self,
        from: u16,
        scoped: &'s Scoped,
        owner: u16,
        is_type: bool,
    ) -> Result<u16, Error> {
        let frequent = if is_type {
            &scoped.as_type
        } else {
            &scoped.as_property
        };
        if from == owner
            && let Some(known) = frequent.get()
        {
            return Ok(*known);
        }
        let key = Transition {
            from,
            scope: scoped.number,
            is_type,
        };
        let manner = if is_type {
            Manner::Type
        } else {
            Manner::Property
        };
        let found = self.remembered(key, |compiler| {
            compiler.process(Some(from), &scoped.local, scoped.base_url.clone(), manner)
        })?;
        if from == owner {
            frequent.get_or_init(|| found);
        }
        Ok(found)
    }

    fn remembered(
        &mut self,
        key: Transition,
        compile: impl FnOnce(&mut Self) -> Result<u16, Error>,
    ) -> Result<u16, Error> {
        let transitions = &self.state.transitions;
        let known = transitions
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .copied();
        if let Some(known) = known {
            return Ok(known);
        }
        let made = compile(self)?;
        transitions
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, made);
        Ok(made)
    }

    /// JSON-LD 1.1 API §4.1, Context Processing Algorithm, by `json-ld`.
    fn process(
        &mut self,
        active: Option<u16>,
        local: &LocalContext,
        base: Option<IriBuf>,
        manner: Manner,
    ) -> Result<u16, Error> {
        self.left = self.left.checked_sub(1).ok_or(Error::ContextLimit)?;
        let options = Options {
            override_protected: matches!(manner, Manner::Property),
            propagate: !matches!(manner, Manner::Type),
            ..Options::default()
        };
        let empty = Mutex::new(json_ld::Context::default());
        let (source, previous) = match active {
            Some(at) => {
                let compiled = self.context(at)?;
                (&compiled.source, compiled.previous)
            }
            None => (&empty, None),
        };
        let processed = {
            let source = source.lock().unwrap_or_else(PoisonError::into_inner);
            ready(local.process_full(&mut (), &source, self.catalog.loader(), base, options, ()))
                .ok_or(Error::Unsupported {
                    feature: "a context that has to be waited for",
                })?
                .map_err(|error| Error::ContextConflict {
                    why: error.code().to_string(),
                })?
                .into_processed()
        };
        let previous = match processed.previous_context() {
            Some(_) => previous.or(active),
            None => None,
        };
        self.store(processed, previous)
    }

    fn store(&self, source: json_ld::Context, previous: Option<u16>) -> Result<u16, Error> {
        let compiled = {
            let mut numbers = self
                .state
                .numbers
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            Compiled::new(source, previous, &mut *numbers)
        };
        let at = self.state.taken.fetch_add(1, Ordering::Relaxed);
        let slot = self.state.slots.get(at).ok_or(Error::ContextLimit)?;
        slot.set(compiled).map_err(|_| Error::ContextLimit)?;
        u16::try_from(at).map_err(|_| Error::ContextLimit)
    }
}

/// The result of a future that never waits: the loader answers at once.
fn ready<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut TaskContext::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}
