//! The settings file: TOML, each value with its line.

use super::nearest::nearest;
use super::problem::{Origin, Problem};
use super::raw::{Raw, Value};
use super::settings::{Field, name};
use std::io::{ErrorKind, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use zeroize::Zeroizing;

/// Its name in the data folder.
const NAME: &str = "countersign.toml";

/// No honest file is longer.
const MOST_BYTES: u64 = 1024 * 1024;

/// What the named file says, else the one in the data folder, if it is there.
pub(super) fn read(
    named: Option<PathBuf>,
    folder: &Path,
    fields: &[Field],
    problems: &mut Vec<Problem>,
) -> Vec<(String, Raw)> {
    let must_be_there = named.is_some();
    let path = named.unwrap_or_else(|| folder.join(NAME));
    match text(&path) {
        Ok(text) => parse(&path, &text, fields, problems),
        Err(error) if error.kind() == ErrorKind::NotFound && !must_be_there => Vec::new(),
        Err(error) => {
            problems.push(Problem {
                setting: String::new(),
                origin: Origin::File { path, line: None },
                wrong: format!("it cannot be read: {error}"),
                right: "Name a readable file with --config or COUNTERSIGN_CONFIG".to_owned(),
            });
            Vec::new()
        }
    }
}

fn text(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    std::fs::File::open(path)?
        .take(MOST_BYTES + 1)
        .read_to_string(&mut text)?;
    if u64::try_from(text.len()).is_ok_and(|bytes| bytes > MOST_BYTES) {
        return Err(std::io::Error::other("it is longer than 1 MiB"));
    }
    Ok(text)
}

/// The values of a text; whatever is wrong with it goes to `problems`.
pub(super) fn parse(
    path: &Path,
    text: &str,
    fields: &[Field],
    problems: &mut Vec<Problem>,
) -> Vec<(String, Raw)> {
    let mut file = File {
        path,
        text,
        fields,
        problems,
        values: Vec::new(),
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let line = error.span().unwrap_or_default();
        let said = format!("it is not TOML: {}", error.message());
        file.problem(
            "",
            &line,
            said,
            "Write `key = value` lines below [section] lines",
        );
    }
    for (key, value) in table.get_ref() {
        match value.get_ref() {
            DeValue::Table(section) => file.section(key.get_ref(), &key.span(), section),
            other => file.value("", key.get_ref(), &key.span(), other),
        }
    }
    file.values
}

struct File<'a> {
    path: &'a Path,
    text: &'a str,
    fields: &'a [Field],
    problems: &'a mut Vec<Problem>,
    values: Vec<(String, Raw)>,
}

impl File<'_> {
    fn section(&mut self, section: &str, at: &Range<usize>, table: &DeTable<'_>) {
        if !self.fields.iter().any(|field| field.section == section) {
            let known = self.fields.iter().map(|field| field.section.to_owned());
            let right = nearest(section, known, "Take the section out");
            self.problem(section, at, "there is no such section", right);
            return;
        }
        for (key, value) in table {
            let (key, at): (&str, _) = (key.get_ref(), key.span());
            self.value(section, key, &at, value.get_ref());
        }
    }

    fn value(&mut self, section: &str, key: &str, at: &Range<usize>, value: &DeValue<'_>) {
        let full = name(section, key);
        let mut fields = self.fields.iter();
        let Some(field) = fields.find(|field| field.section == section && field.key == key) else {
            let right = self.suggestion(key, &full);
            return self.problem(&full, at, "there is no such setting", right);
        };
        if field.is_secret() {
            let right = format!(
                "Put it into a file of its own ({full}_file) or into the variable {}",
                field.variable()
            );
            return self.problem(&full, at, "a secret may not stand in this file", right);
        }
        let origin = self.origin(at);
        let value = value_of(value);
        self.values.push((full, Raw { value, origin }));
    }

    /// A key may be spelled wrongly, or stand in the wrong section.
    fn suggestion(&self, key: &str, full: &str) -> String {
        let elsewhere = self.fields.iter().find(|field| field.key == key);
        if let Some(field) = elsewhere {
            return format!("The nearest name is {}", field.name());
        }
        nearest(full, self.fields.iter().map(Field::name), "Take it out")
    }

    fn origin(&self, at: &Range<usize>) -> Origin {
        let before = self.text.get(..at.start).unwrap_or_default();
        Origin::File {
            path: self.path.to_owned(),
            line: Some(before.matches('\n').count() + 1),
        }
    }

    fn problem(
        &mut self,
        setting: &str,
        at: &Range<usize>,
        wrong: impl Into<String>,
        right: impl Into<String>,
    ) {
        self.problems.push(Problem {
            setting: setting.to_owned(),
            origin: self.origin(at),
            wrong: wrong.into(),
            right: right.into(),
        });
    }
}

fn value_of(value: &DeValue<'_>) -> Value {
    if let DeValue::Array(items) = value {
        let texts: Option<Vec<_>> = items.iter().map(Spanned::get_ref).map(scalar).collect();
        return texts.map_or(Value::Other("a list of lists or tables"), Value::Many);
    }
    scalar(value).map_or_else(|| Value::Other(value.type_str()), Value::One)
}

fn scalar(value: &DeValue<'_>) -> Option<Zeroizing<String>> {
    let text = match value {
        DeValue::String(text) => text.trim().to_owned(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Boolean(truth) => truth.to_string(),
        _ => return None,
    };
    Some(Zeroizing::new(text))
}
