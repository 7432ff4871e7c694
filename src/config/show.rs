//! The settings as they are in effect, written as TOML.

use super::given::Given;
use super::settings::Field;
use super::{Overrides, Problems, fields};
use std::ffi::OsString;
use std::fmt::Write as _;

/// Every setting with its value and where it came from, as a settings file.
/// Secrets are shown as `***`, in comments: they may not stand in a file.
///
/// # Errors
/// [`Problems`] with what cannot be read at all, or is unknown. Values are not
/// looked at.
pub fn show(
    overrides: &Overrides,
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<String, Problems> {
    let mut problems = Vec::new();
    let given = Given::gather(overrides, variables, &mut problems);
    if !problems.is_empty() {
        return Err(Problems(problems));
    }
    let mut text = String::new();
    let mut section = "";
    for field in fields() {
        if field.section != section {
            section = field.section;
            // Writing to a string cannot fail.
            let _ = writeln!(text, "\n[{section}]");
        }
        line(&mut text, &field, &given);
    }
    Ok(text)
}

fn line(text: &mut String, field: &Field, given: &Given) {
    let name = field.name();
    let Some(raw) = given.raw(&name) else {
        return;
    };
    let (key, origin) = (field.key, &raw.origin);
    let _ = match (field.is_secret(), raw.is_set()) {
        (true, true) => writeln!(text, "# {key} = \"***\"  # {origin}"),
        (false, true) => writeln!(text, "{key} = {}  # {origin}", raw.to_toml()),
        (false, false) if field.is_list() => writeln!(text, "{key} = []  # {origin}"),
        (_, false) => writeln!(text, "# {key} is not set"),
    };
}
