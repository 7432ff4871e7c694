//! All values that were given, from every source: the defaults, then the file,
//! then variables, then options; the later wins.

use super::Overrides;
use super::file;
use super::nearest::nearest;
use super::problem::{Origin, Problem, Wrong};
use super::raw::Raw;
use super::settings::Field;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// What begins a variable that is ours.
const PREFIX: &str = "COUNTERSIGN_";

/// The variable that names the file.
const FILE_VARIABLE: &str = "COUNTERSIGN_CONFIG";

/// Variables of the project's own tests.
const OF_TESTS: [&str; 3] = ["LONG", "SHARED", "WRITE_SCHEMAS"];

/// Container platforms set variables like `COUNTERSIGN_SERVICE_HOST` and
/// `COUNTERSIGN_PORT_8080_TCP` for a service of our name.
const OF_PLATFORMS: [&str; 2] = ["SERVICE_", "PORT"];

/// The values by name.
pub(super) struct Given {
    values: BTreeMap<String, Raw>,
}

impl Given {
    /// Gathers what every source gives; what is wrong goes to `problems`.
    pub(super) fn gather(
        overrides: &Overrides,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let fields = super::fields();
        let mut given = Self {
            values: BTreeMap::new(),
        };
        for field in &fields {
            let raw = Raw::text(field.default, field.is_list(), Origin::Default);
            given.values.insert(field.name(), raw);
        }
        let (file_variable, variables) = from_variables(&fields, variables, problems);
        let options = from_options(overrides, problems);
        let folder = options
            .iter()
            .chain(&variables)
            .find(|(name, _)| name == "database.folder")
            .map_or(super::database::FOLDER.to_owned(), |(_, raw)| plain(raw));
        let named = overrides.config.clone().or(file_variable);
        given.add(file::read(named, &PathBuf::from(folder), &fields, problems));
        given.add(variables);
        given.add(options);
        given.develop(overrides.dev);
        given
    }

    fn add(&mut self, values: Vec<(String, Raw)>) {
        self.values.extend(values);
    }

    /// What `--dev` stands for, where nobody said otherwise.
    fn develop(&mut self, dev: bool) {
        if !dev {
            return;
        }
        if self.origin("environment") == Origin::Default {
            self.develop_with("environment", "development");
        }
        if !self.raw("http.base_url").is_some_and(Raw::is_set)
            && let Some(port) = self.port()
        {
            self.develop_with("http.base_url", &format!("http://localhost:{port}"));
        }
    }

    fn develop_with(&mut self, name: &str, text: &str) {
        let raw = Raw::text(text, false, Origin::Option("--dev"));
        self.values.insert(name.to_owned(), raw);
    }

    /// The port that the node will listen on, if it can be told.
    fn port(&self) -> Option<u16> {
        let listen = plain(self.raw("http.listen")?);
        let (_, port) = listen.rsplit_once(':')?;
        port.parse().ok().filter(|port| *port != 0)
    }

    pub(super) fn raw(&self, name: &str) -> Option<&Raw> {
        self.values.get(name)
    }

    /// Where the value of a setting came from.
    pub(super) fn origin(&self, name: &str) -> Origin {
        self.raw(name)
            .map_or(Origin::Default, |raw| raw.origin.clone())
    }

    /// A problem with the value of a setting.
    pub(super) fn problem(&self, name: &str, wrong: Wrong) -> Problem {
        Problem {
            setting: name.to_owned(),
            origin: self.origin(name),
            wrong: wrong.wrong,
            right: wrong.right,
        }
    }
}

fn plain(raw: &Raw) -> String {
    match &raw.value {
        super::raw::Value::One(text) => text.to_string(),
        _ => String::new(),
    }
}

type Values = Vec<(String, Raw)>;

/// The values of our variables, and the file that one of them may name.
fn from_variables(
    fields: &[Field],
    variables: impl IntoIterator<Item = (OsString, OsString)>,
    problems: &mut Vec<Problem>,
) -> (Option<PathBuf>, Values) {
    let mut named = None;
    let mut values = Values::new();
    for (variable, value) in variables {
        let Some(variable) = variable.to_str().filter(|name| name.starts_with(PREFIX)) else {
            continue;
        };
        if variable == FILE_VARIABLE {
            named = Some(PathBuf::from(value)).filter(|path| !path.as_os_str().is_empty());
            continue;
        }
        match one_variable(fields, variable, value.to_str()) {
            Ok(Some(pair)) => values.push(pair),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    (named, values)
}

fn one_variable(
    fields: &[Field],
    variable: &str,
    value: Option<&str>,
) -> Result<Option<(String, Raw)>, Problem> {
    let origin = Origin::Variable(variable.to_owned());
    let rest = variable.trim_start_matches(PREFIX);
    let Some(field) = fields.iter().find(|field| field.variable() == variable) else {
        let is_others =
            OF_TESTS.contains(&rest) || OF_PLATFORMS.iter().any(|prefix| rest.starts_with(prefix));
        if is_others {
            return Ok(None);
        }
        let known = fields.iter().map(Field::variable);
        return Err(Problem {
            setting: String::new(),
            origin,
            wrong: "there is no such setting".to_owned(),
            right: nearest(variable, known, "Unset it"),
        });
    };
    let Some(value) = value else {
        return Err(Problem {
            setting: field.name(),
            origin,
            wrong: "it is not UTF-8".to_owned(),
            right: "Write it in UTF-8".to_owned(),
        });
    };
    Ok(Some((
        field.name(),
        Raw::text(value, field.is_list(), origin),
    )))
}

/// The values of the options.
fn from_options(overrides: &Overrides, problems: &mut Vec<Problem>) -> Values {
    let mut values = Values::new();
    let mut add = |name: &str, text: Option<&str>, option| {
        if let Some(text) = text {
            let raw = Raw::text(text, false, Origin::Option(option));
            values.push((name.to_owned(), raw));
        }
    };
    match overrides.data.as_deref().map(std::path::Path::to_str) {
        Some(None) => problems.push(Problem {
            setting: "database.folder".to_owned(),
            origin: Origin::Option("--data"),
            wrong: "its name is not UTF-8".to_owned(),
            right: "Give the folder a name in UTF-8".to_owned(),
        }),
        Some(text) => add("database.folder", text, "--data"),
        None => {}
    }
    add("http.listen", overrides.listen.as_deref(), "--listen");
    add("http.base_url", overrides.base_url.as_deref(), "--base-url");
    values
}
