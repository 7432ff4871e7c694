//! The files of badge designs and organisations, as they are written.

use crate::clock::Moment;
use crate::edge::address::is_slug;
use crate::edge::problem::{Code, Fault, Problem};
use crate::edge::wire::JsonObject;
use crate::json::Object;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A badge design of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// What its owner calls it.
    pub code: String,
    /// The Open Badges Achievement.
    pub achievement: Object<'static>,
    /// How the service treats it.
    pub policy: Object<'static>,
    /// The code of the organisation whose it is.
    pub organisation: String,
}

impl Source {
    /// The last part of its address here: as in its own address, else its code
    /// in small letters.
    #[must_use]
    pub fn slug(&self) -> Option<String> {
        let id = self.achievement.text("id").unwrap_or_default();
        let is_address = id.starts_with("https://") || id.starts_with("http://");
        let last = id.rsplit('/').next().filter(|_| is_address);
        let code = self.code.to_ascii_lowercase();
        [last.unwrap_or_default(), &code]
            .into_iter()
            .find(|slug| is_slug(slug))
            .map(str::to_owned)
    }
}

/// An organisation of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Organisation {
    /// What designs call it.
    pub code: String,
    /// Its identifier where it comes from.
    pub id: String,
    /// The Open Badges Profile.
    pub profile: Object<'static>,
    /// When it was closed, in seconds since 1970.
    pub closed_at: Option<i64>,
    /// Whether its badges are for trying things out.
    pub test_only: bool,
}

/// The last part of an organisation's addresses here: as in its did:web, else
/// its code in small letters.
#[must_use]
pub fn organisation_slug(code: &str, id: Option<&str>) -> Option<String> {
    let in_did = id
        .filter(|id| id.starts_with("did:web:") && id.matches(':').count() > 2)
        .and_then(|id| id.rsplit(':').next());
    let code = code.to_ascii_lowercase();
    [in_did.unwrap_or_default(), &code]
        .into_iter()
        .find(|slug| is_slug(slug))
        .map(str::to_owned)
}

#[derive(Deserialize)]
struct DesignFile {
    achievements: Vec<DesignEntry>,
}

#[derive(Deserialize)]
struct DesignEntry {
    code: String,
    achievement: JsonObject,
    policy: JsonObject,
}

#[derive(Deserialize)]
struct OrganisationFile {
    issuers: Vec<OrganisationEntry>,
}

#[derive(Deserialize)]
struct OrganisationEntry {
    code: String,
    profile: JsonObject,
    #[serde(default)]
    service: Service,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Service {
    closed_on: Option<String>,
    test_only: bool,
}

/// Reads a file of badge designs.
///
/// # Errors
/// `schema_invalid` with everything that is wrong.
pub fn designs(text: &[u8]) -> Result<Vec<Source>, Problem> {
    let file: DesignFile = read(text, "the file of badge designs")?;
    all_of(file.achievements, |entry| {
        let policy = entry.policy.parse()?;
        let organisation = policy.text("issuer").map(str::to_owned);
        let source = Source {
            organisation: organisation
                .ok_or_else(|| Problem::faulty("/policy/issuer", "the code of an organisation"))?,
            achievement: entry.achievement.parse()?,
            code: entry.code.clone(),
            policy,
        };
        match source.slug() {
            Some(slug) => Ok((slug, source)),
            None => Err(Problem::faulty(
                "/code",
                "small letters, digits and single dashes, at most 64",
            )),
        }
    })
}

/// Reads a file of organisations.
///
/// # Errors
/// As [`designs`].
pub fn organisations(text: &[u8]) -> Result<Vec<Organisation>, Problem> {
    let file: OrganisationFile = read(text, "the file of organisations")?;
    all_of(file.issuers, |entry| {
        let profile = entry.profile.parse()?;
        let organisation = Organisation {
            id: profile.text("id").unwrap_or_default().to_owned(),
            closed_at: entry.service.closed_on.as_deref().map(day).transpose()?,
            test_only: entry.service.test_only,
            code: entry.code.clone(),
            profile,
        };
        Ok((organisation.code.clone(), organisation))
    })
}

fn read<T: serde::de::DeserializeOwned>(text: &[u8], what: &str) -> Result<T, Problem> {
    serde_json::from_slice(text).map_err(|error| {
        Problem::new(
            Code::SCHEMA_INVALID,
            format!("{what} cannot be read: {error}"),
        )
    })
}

fn day(text: &str) -> Result<i64, Problem> {
    let moment = Moment::parse(text).or_else(|_| Moment::parse(&format!("{text}T00:00:00Z")));
    moment
        .map(Moment::as_unix)
        .map_err(|_| Problem::faulty("/service/closedOn", "a day like 2026-11-21"))
}

/// Anything with a code, for telling where something is wrong.
trait Coded {
    fn code(&self) -> &str;
}

impl Coded for DesignEntry {
    fn code(&self) -> &str {
        &self.code
    }
}

impl Coded for OrganisationEntry {
    fn code(&self) -> &str {
        &self.code
    }
}

/// Every entry by its name here, or everything that is wrong with any of them;
/// a name that is there twice is wrong, too.
fn all_of<E: Coded, T>(
    entries: Vec<E>,
    one: impl Fn(&E) -> Result<(String, T), Problem>,
) -> Result<Vec<T>, Problem> {
    let (mut found, mut names, mut faults) = (Vec::new(), BTreeSet::new(), Vec::new());
    for entry in entries {
        match one(&entry) {
            Ok((name, value)) => {
                if !names.insert(name) {
                    faults.push(Fault {
                        at: entry.code().to_owned(),
                        detail: "it is there twice".to_owned(),
                    });
                }
                found.push(value);
            }
            Err(problem) => faults.extend(faults_of(entry.code(), &problem)),
        }
    }
    if faults.is_empty() {
        return Ok(found);
    }
    Err(Problem::new(Code::SCHEMA_INVALID, "a file cannot be loaded").with_faults(faults))
}

/// What is wrong with something, each with its code before the place.
pub(super) fn faults_of(code: &str, problem: &Problem) -> Vec<Fault> {
    if problem.faults.is_empty() {
        return vec![Fault {
            at: code.to_owned(),
            detail: problem.detail.clone(),
        }];
    }
    let faults = problem.faults.iter().map(|fault| Fault {
        at: format!("{code} {}", fault.at),
        detail: fault.detail.clone(),
    });
    faults.collect()
}
