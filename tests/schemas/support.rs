//! What the tests of schemas share: compiled schemas, published vectors, and
//! ways to change a document.

use countersign::credential::schema::{SCHEMAS, Schema};
use countersign::credential::shape::check;
use countersign::json::{Object, Value};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

pub(crate) const FULL_BADGE: &str = include_str!("../../src/credential/full_badge.json");

/// A validator for each schema; compiled once for all tests.
static VALIDATORS: LazyLock<Vec<(&Schema, jsonschema::Validator)>> = LazyLock::new(|| {
    SCHEMAS
        .iter()
        .map(|schema| {
            let document = serde_json::from_str(&schema.file_text()).expect("JSON");
            let validator = jsonschema::draft202012::options()
                .should_validate_formats(true)
                .build(&document)
                .expect(schema.file);
            (schema, validator)
        })
        .collect()
});

pub(crate) struct Schemas(&'static [(&'static Schema, jsonschema::Validator)]);

impl Schemas {
    pub(crate) fn new() -> Self {
        Self(VALIDATORS.as_slice())
    }

    /// For each schema that `of` picks: its file, what it says, what the shape
    /// check says.
    pub(crate) fn verdicts(
        &self,
        document: &Value<'_>,
        of: impl Fn(&Schema) -> bool,
    ) -> Vec<(&'static str, bool, bool)> {
        let plain: serde_json::Value = serde_json::from_str(&document.to_json()).expect("JSON");
        self.0
            .iter()
            .filter(|(schema, _)| of(schema))
            .map(|(schema, validator)| {
                let accepted = check(document, schema.class, schema.mode).is_empty();
                (schema.file, validator.is_valid(&plain), accepted)
            })
            .collect()
    }

    #[track_caller]
    pub(crate) fn agree(&self, document: &Value<'_>, what: &str) {
        self.agree_where(document, what, |_| true);
    }

    #[track_caller]
    pub(crate) fn agree_on_badges(&self, document: &Value<'_>, what: &str) -> usize {
        self.agree_where(document, what, |schema| {
            schema.file.starts_with("achievement-credential")
        })
    }

    /// How many accept it.
    #[track_caller]
    fn agree_where(&self, document: &Value<'_>, what: &str, of: impl Fn(&Schema) -> bool) -> usize {
        let mut accepted = 0;
        for (file, by_schema, by_check) in self.verdicts(document, of) {
            let schema = SCHEMAS
                .iter()
                .find(|schema| schema.file == file)
                .expect(file);
            assert!(
                by_schema == by_check,
                "{file} says {by_schema} for {what}, the check finds {:?}",
                check(document, schema.class, schema.mode)
            );
            accepted += usize::from(by_check);
        }
        accepted
    }

    pub(crate) fn accepting(&self, document: &Value<'_>) -> Vec<&'static str> {
        self.verdicts(document, |_| true)
            .into_iter()
            .filter(|(_, by_schema, by_check)| *by_schema && *by_check)
            .map(|(file, ..)| file)
            .collect()
    }
}

/// Published data beside the project, which is not part of it.
fn shared() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["../shared", "../../shared"]
        .iter()
        .map(|beside| root.join(beside))
        .find(|path| path.is_dir())
}

/// The text of a file of the published data.
pub(crate) fn shared_file(name: &str) -> Option<String> {
    let text = shared().and_then(|path| std::fs::read_to_string(path.join(name)).ok());
    if text.is_none() {
        println!("skipped: {name} is not here");
    }
    text
}

/// Every JSON file under these folders of the published vectors.
pub(crate) fn vectors(folders: &[&str]) -> Vec<(String, String)> {
    let Some(shared) = shared() else {
        println!("skipped: the published vectors are not here");
        return Vec::new();
    };
    let mut found = Vec::new();
    for folder in folders {
        collect(&shared.join("vectors").join(folder), &mut found);
    }
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, found);
        } else if let Ok(text) = std::fs::read_to_string(&path)
            && (name.ends_with(".json") || text.starts_with('{'))
        {
            found.push((name, text));
        }
    }
}

/// The pointer of every place in `document`, and whether it is a member.
pub(crate) fn places(document: &Value<'_>) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    walk(document, "", &mut found);
    found
}

fn walk(value: &Value<'_>, pointer: &str, found: &mut Vec<(String, bool)>) {
    let mut add = |name: &str, member: &Value<'_>, is_member| {
        let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        walk(member, &pointer, found);
        found.push((pointer, is_member));
    };
    match value {
        Value::Object(object) => object.iter().for_each(|(name, it)| add(name, it, true)),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(at, it)| add(&at.to_string(), it, false));
        }
        _ => {}
    }
}

pub(crate) fn at<'v, 'a>(document: &'v Value<'a>, pointer: &str) -> Option<&'v Value<'a>> {
    steps(pointer).try_fold(document, |value, step| match value {
        Value::Object(object) => object.get(&step),
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}

/// `document` with one place changed.
pub(crate) fn change<'a>(
    document: &Value<'a>,
    pointer: &str,
    how: impl Fn(&mut Value<'a>),
) -> Value<'a> {
    let mut changed = document.clone();
    let place = steps(pointer).fold(&mut changed, |value, step| match value {
        Value::Object(object) => object.get_mut(&step).expect("a member"),
        Value::Array(items) => &mut items[step.parse::<usize>().expect("an index")],
        _ => panic!("nothing at {pointer}"),
    });
    how(place);
    changed
}

/// `document` with one member under another name, or gone.
pub(crate) fn rename<'a>(
    document: &Value<'a>,
    pointer: &str,
    to: Option<&'static str>,
) -> Value<'a> {
    let (parent, _) = pointer.rsplit_once('/').expect("a pointer");
    let name = steps(pointer).last().expect("a name");
    change(document, parent, |place| {
        let object: &mut Object<'a> = place.as_object_mut().expect("an object");
        let value = object.remove(&name).expect("a member");
        if let Some(to) = to {
            object.set(to, value);
        }
    })
}

fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
}
