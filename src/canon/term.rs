//! A context, compiled: what each term means, in a flat table.

use hashbrown::HashMap;
use json_ld::syntax::{ContainerKind, Keyword, Nullable};
use json_ld::{Id, Term as LdTerm, Type, ValidId};
use std::sync::{Arc, Mutex, OnceLock};

/// An IRI that a context names, with its number in the engine's table: equal
/// IRIs have equal numbers.
#[derive(Debug, Clone)]
pub(super) struct KnownIri {
    pub(super) number: u32,
    pub(super) text: Arc<str>,
}

/// What a term stands for.
#[derive(Debug, Clone)]
pub(super) enum Meaning {
    /// Mapped to null: dropped from the statements.
    Nothing,
    /// An alias of a keyword.
    Keyword(Keyword),
    /// A property or type.
    Iri(KnownIri),
    /// A blank node, or something that is no IRI.
    NoIri,
}

/// How plain values of a term are read.
#[derive(Debug, Clone)]
pub(super) enum Coercion {
    None,
    Id,
    Vocab,
    Json,
    Datatype(KnownIri),
}

/// Which containers a term has.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Containers {
    pub(super) list: bool,
    pub(super) graph: bool,
    pub(super) language: bool,
    /// `@index`, `@id` or `@type` maps, which the pass refuses.
    pub(super) other_map: bool,
}

/// A compiled term.
pub(super) struct Term {
    pub(super) meaning: Meaning,
    pub(super) prefix: bool,
    pub(super) reverse: bool,
    pub(super) nest: bool,
    pub(super) coercion: Coercion,
    pub(super) containers: Containers,
    /// `Some(None)`: explicitly without a language.
    pub(super) language: Option<Option<Box<str>>>,
    pub(super) scoped: Option<Box<Scoped>>,
}

/// A context that applies below one term.
pub(super) struct Scoped {
    pub(super) local: json_ld::syntax::Context,
    pub(super) base_url: Option<json_ld::iref::IriBuf>,
    /// Unique within the engine's state.
    pub(super) number: u32,
    /// The context below this term when nothing was reverted first; the most
    /// frequent transition.
    pub(super) as_property: OnceLock<u16>,
    /// The context of a node of this type.
    pub(super) as_type: OnceLock<u16>,
}

/// A compiled context.
pub(super) struct Compiled {
    pub(super) terms: HashMap<Box<str>, Term>,
    /// The terms that are aliases of keywords; few, and asked for often.
    aliases: Vec<Alias>,
    lengths: Lengths,
    pub(super) vocabulary: Option<Box<str>>,
    pub(super) base: Option<json_ld::iref::IriBuf>,
    pub(super) default_language: Option<Box<str>>,
    /// The context to return to below a node whose type brought this one.
    pub(super) previous: Option<u16>,
    /// What `json-ld` made of it, to go on from.
    pub(super) source: Mutex<json_ld::Context>,
}

/// A bit for each length that aliases have, up to 63: by it most names are told
/// to be none. Of all keywords, and of those that are looked for in each object.
#[derive(Default)]
struct Lengths {
    any: u64,
    id: u64,
    types: u64,
    values: u64,
}

impl Lengths {
    fn of(aliases: &[Alias]) -> Self {
        let mut lengths = Self::default();
        for alias in aliases {
            let bit = length_bit(&alias.name);
            lengths.any |= bit;
            match alias.keyword {
                Keyword::Id => lengths.id |= bit,
                Keyword::Type => lengths.types |= bit,
                Keyword::Value | Keyword::List | Keyword::Set => lengths.values |= bit,
                _ => {}
            }
        }
        lengths
    }

    const fn of_keyword(&self, keyword: Keyword) -> u64 {
        match keyword {
            Keyword::Id => self.id,
            Keyword::Type => self.types,
            Keyword::Value | Keyword::List | Keyword::Set => self.values,
            _ => self.any,
        }
    }
}

/// A term that is another name of a keyword.
struct Alias {
    name: Box<str>,
    /// [`packed`] of the name.
    packed: u64,
    keyword: Keyword,
}

impl Alias {
    fn new(name: &str, keyword: Keyword) -> Self {
        Self {
            name: name.into(),
            packed: packed(name),
            keyword,
        }
    }

    fn is(&self, name: &str, packed: u64) -> bool {
        self.name.len() == name.len()
            && self.packed == packed
            && (name.len() <= 8 || *self.name == *name)
    }
}

/// The first and the last four bytes of a name as a number: different for names
/// of one length up to eight.
fn packed(name: &str) -> u64 {
    let bytes = name.as_bytes();
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            (u64::from(u32::from_le_bytes(*first)) << 32) | u64::from(u32::from_le_bytes(*last))
        }
        _ => bytes
            .iter()
            .fold(0, |packed, byte| (packed << 8) | u64::from(*byte)),
    }
}

/// `@` and letters: reserved for keywords of the future, so such terms and
/// mappings are ignored (JSON-LD 1.1 API §4.2.2 steps 5 and 14.2.2).
pub(super) fn looks_like_keyword(name: &str) -> bool {
    name.strip_prefix('@')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// Hands out numbers while a context is compiled.
pub(super) trait Numbers {
    fn iri(&mut self, text: &str) -> KnownIri;
    fn scope(&mut self) -> u32;
}

impl Compiled {
    pub(super) fn new(
        source: json_ld::Context,
        previous: Option<u16>,
        numbers: &mut impl Numbers,
    ) -> Self {
        let mut terms: HashMap<Box<str>, Term> = HashMap::new();
        for binding in source.definitions().iter() {
            if let json_ld::context::BindingRef::Normal(key, definition) = binding
                && !looks_like_keyword(key.as_str())
            {
                terms.insert(key.as_str().into(), compile(definition, numbers));
            }
        }
        let aliases: Vec<Alias> = terms
            .iter()
            .filter_map(|(name, term)| match term.meaning {
                Meaning::Keyword(keyword) => Some(Alias::new(name, keyword)),
                _ => None,
            })
            .collect();
        Self {
            terms,
            lengths: Lengths::of(&aliases),
            aliases,
            vocabulary: source.vocabulary().map(|term| term.as_str().into()),
            base: source.base_iri().cloned(),
            default_language: source.default_language().map(|tag| tag.as_str().into()),
            previous,
            source: Mutex::new(source),
        }
    }
}

impl Compiled {
    /// The keyword that a member name is, or is an alias of.
    pub(super) fn keyword(&self, name: &str) -> Option<Keyword> {
        if name.starts_with('@') {
            return Keyword::try_from(name).ok();
        }
        if self.lengths.any & length_bit(name) == 0 {
            return None;
        }
        let packed = packed(name);
        let alias = self.aliases.iter().find(|alias| alias.is(name, packed));
        alias.map(|alias| alias.keyword)
    }

    /// Whether a member name is `wanted`, or an alias of it.
    pub(super) fn is_keyword(&self, name: &str, wanted: Keyword) -> bool {
        let may_be = self.lengths.of_keyword(wanted) & length_bit(name) != 0;
        (may_be || name.starts_with('@')) && self.keyword(name) == Some(wanted)
    }

    /// Whether a member name makes its object a value, a list or a set.
    pub(super) fn makes_a_value(&self, name: &str) -> bool {
        let may_be = self.lengths.values & length_bit(name) != 0;
        (may_be || name.starts_with('@'))
            && matches!(
                self.keyword(name),
                Some(Keyword::Value | Keyword::List | Keyword::Set)
            )
    }
}

fn length_bit(name: &str) -> u64 {
    1 << name.len().min(63)
}

fn compile(
    definition: &json_ld::context::NormalTermDefinition,
    numbers: &mut impl Numbers,
) -> Term {
    let mut containers = Containers::default();
    for kind in definition.container.iter() {
        match kind {
            ContainerKind::List => containers.list = true,
            ContainerKind::Graph => containers.graph = true,
            ContainerKind::Language => containers.language = true,
            ContainerKind::Id | ContainerKind::Index | ContainerKind::Type => {
                containers.other_map = true;
            }
            ContainerKind::Set => {}
        }
    }
    Term {
        meaning: meaning(definition.value.as_ref(), numbers),
        prefix: definition.prefix,
        reverse: definition.reverse_property,
        nest: definition.nest.is_some(),
        coercion: coercion(definition.typ.as_ref(), numbers),
        containers,
        language: definition.language.as_ref().map(|language| match language {
            Nullable::Null => None,
            Nullable::Some(tag) => Some(tag.as_str().into()),
        }),
        scoped: definition.context.as_ref().map(|local| {
            Box::new(Scoped {
                local: (**local).clone(),
                base_url: definition.base_url.clone(),
                number: numbers.scope(),
                as_property: OnceLock::new(),
                as_type: OnceLock::new(),
            })
        }),
    }
}

fn meaning(value: Option<&LdTerm>, numbers: &mut impl Numbers) -> Meaning {
    match value {
        None | Some(LdTerm::Null) => Meaning::Nothing,
        Some(LdTerm::Keyword(keyword)) => Meaning::Keyword(*keyword),
        Some(LdTerm::Id(Id::Valid(ValidId::Iri(iri)))) => Meaning::Iri(numbers.iri(iri.as_str())),
        // The Open Badges context gives `awardedDate` the datatype
        // `xsd:dateTime` without defining `xsd`; such names are kept as written.
        Some(LdTerm::Id(Id::Invalid(text))) if super::iri::is_absolute(text) => {
            Meaning::Iri(numbers.iri(text))
        }
        Some(LdTerm::Id(_)) => Meaning::NoIri,
    }
}

fn coercion(typ: Option<&Type>, numbers: &mut impl Numbers) -> Coercion {
    match typ {
        None | Some(Type::None) => Coercion::None,
        Some(Type::Id) => Coercion::Id,
        Some(Type::Vocab) => Coercion::Vocab,
        Some(Type::Json) => Coercion::Json,
        Some(Type::Iri(iri)) => Coercion::Datatype(numbers.iri(iri.as_str())),
    }
}
