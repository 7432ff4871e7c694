//! `@context` and `type`: which, and in which order.

use super::{Checker, Path, Wrong};
use crate::credential::iri;
use crate::credential::kind::{CREDENTIALS_V1, CREDENTIALS_V2};
use crate::credential::model::Contexts;
use crate::json::Value;

/// Other names under which contexts of Open Badges 3.0 were published. Read,
/// never issued.
pub(crate) const OPEN_BADGES_ALIASES: [&str; 3] = [
    "https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld",
    "https://imsglobal.github.io/openbadges-specification/ob_v3p0.html",
    "https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json",
];

/// The proper names (Open Badges 3.0 §B.1 `@context`), for JSON Schema.
pub(crate) const OPEN_BADGES_PATTERN: &str =
    r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.[0-9]\.[0-9])?\.json$";

fn is_open_badges(context: &str) -> bool {
    let version = context
        .strip_prefix("https://purl.imsglobal.org/spec/ob/v3p0/context")
        .and_then(|rest| rest.strip_suffix(".json"));
    match version.map(str::as_bytes) {
        Some([]) => true,
        Some([b'-', b'3', b'.', minor, b'.', patch]) => {
            minor.is_ascii_digit() && patch.is_ascii_digit()
        }
        _ => false,
    }
}

impl Checker {
    pub(super) fn contexts(&mut self, value: &Value<'_>, wanted: Contexts, path: &Path<'_>) {
        let may_be_one = !wanted.open_badges && !self.mode.is_issue();
        let contexts = match value {
            Value::Array(contexts) => contexts.as_slice(),
            Value::String(_) if may_be_one => std::slice::from_ref(value),
            Value::Null => return self.fault(path, Wrong::Null),
            _ => return self.fault(path, Wrong::NotAnArray),
        };
        for (at, context) in contexts.iter().enumerate() {
            self.context(context, &path.item_of(value, at));
        }
        let Some(wrong) = self.order_of_contexts(contexts, wanted) else {
            return;
        };
        self.fault(path, wrong);
    }

    /// An inline context is somebody's choice that we can't judge, so it is no
    /// fault of a badge that we check.
    fn context(&mut self, context: &Value<'_>, path: &Path<'_>) {
        match context {
            Value::String(url) => self.demand(iri::is_absolute(url), path, Wrong::NotAbsolute),
            Value::Object(_) if self.mode.is_issue() => self.fault(path, Wrong::InlineContext),
            Value::Object(_) => {}
            Value::Null => self.fault(path, Wrong::Null),
            _ => self.fault(path, Wrong::WrongKind("the address of a context")),
        }
    }

    fn order_of_contexts(&self, contexts: &[Value<'_>], wanted: Contexts) -> Option<Wrong> {
        let Some((first, rest)) = contexts.split_first() else {
            return Some(Wrong::EmptyArray);
        };
        if first.as_str() != Some(wanted.version.context()) {
            let misplaced = first.as_str().is_none_or(|first| {
                is_open_badges(first) || first == CREDENTIALS_V1 || !iri::is_absolute(first)
            }) || contexts
                .iter()
                .any(|it| it.as_str() == Some(CREDENTIALS_V2));
            return Some(if misplaced {
                Wrong::FirstContext
            } else {
                Wrong::UnknownContexts
            });
        }
        if !wanted.open_badges || self.has_open_badges(rest) {
            return None;
        }
        let unknown = !self.mode.is_issue() && !rest.is_empty();
        Some(if unknown {
            Wrong::UnknownContexts
        } else {
            Wrong::OpenBadgesContext
        })
    }

    fn has_open_badges(&self, rest: &[Value<'_>]) -> bool {
        let mut urls = rest.iter().map(Value::as_str);
        if self.mode.is_issue() {
            return urls.next().flatten().is_some_and(is_open_badges);
        }
        urls.flatten()
            .any(|url| is_open_badges(url) || OPEN_BADGES_ALIASES.contains(&url))
    }

    /// `type` as a list. When checking, one string stands for a list of one.
    pub(super) fn types(
        &mut self,
        value: &Value<'_>,
        wanted: &'static [&'static [&'static str]],
        path: &Path<'_>,
    ) {
        let types = match value {
            Value::Array(types) => types.as_slice(),
            Value::String(_) if !self.mode.is_issue() => std::slice::from_ref(value),
            Value::Null => return self.fault(path, Wrong::Null),
            Value::String(_) => return self.fault(path, Wrong::NotAnArray),
            _ => return self.fault(path, Wrong::WrongKind("the name of a type")),
        };
        if !self.names_of_types(value, types, path) {
            return;
        }
        for names in wanted {
            let found = types
                .iter()
                .any(|name| name.as_str().is_some_and(|name| names.contains(&name)));
            if let (false, Some(name)) = (found, names.first()) {
                self.fault(path, Wrong::TypeLacks(name));
            }
        }
    }

    /// `type` as one string. When checking, a list is read too.
    pub(super) fn sole_type(
        &mut self,
        value: &Value<'_>,
        wanted: Option<&'static str>,
        path: &Path<'_>,
    ) {
        let types = match value {
            Value::String(_) => std::slice::from_ref(value),
            Value::Array(types) if !self.mode.is_issue() => types.as_slice(),
            Value::Array(_) => return self.fault(path, Wrong::NotOne),
            Value::Null => return self.fault(path, Wrong::Null),
            _ => return self.fault(path, Wrong::WrongKind("the name of a type")),
        };
        if let (true, Some(wanted)) = (self.names_of_types(value, types, path), wanted) {
            let found = types.iter().any(|name| name.as_str() == Some(wanted));
            self.demand(found, path, Wrong::TypeLacks(wanted));
        }
    }

    /// Whether these are names at all.
    fn names_of_types(&mut self, value: &Value<'_>, types: &[Value<'_>], path: &Path<'_>) -> bool {
        self.demand(!types.is_empty(), path, Wrong::EmptyArray);
        let mut all = !types.is_empty();
        for (at, name) in types.iter().enumerate() {
            if name.as_str().is_none_or(str::is_empty) {
                all = false;
                let path = path.item_of(value, at);
                self.fault(&path, Wrong::WrongKind("the name of a type"));
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_published_contexts_are_of_open_badges() {
        let base = "https://purl.imsglobal.org/spec/ob/v3p0/context";
        for version in ["", "-3.0.1", "-3.0.3", "-3.9.9"] {
            assert!(
                is_open_badges(&format!("{base}{version}.json")),
                "{version}"
            );
        }
        for version in [
            "-3",
            "-3.0",
            "-4.0.0",
            "-3.0.10",
            "-3.0.1-3.0.2",
            "/",
            "-3.0.x",
        ] {
            assert!(
                !is_open_badges(&format!("{base}{version}.json")),
                "{version}"
            );
        }
        for other in [
            "",
            base,
            "http://purl.imsglobal.org/spec/ob/v3p0/context.json",
        ] {
            assert!(!is_open_badges(other), "{other}");
        }
    }
}
