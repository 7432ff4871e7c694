//! What loading would do, before anything is kept.

use super::mapping::{self, Here};
use super::source::{Organisation, Source, faults_of, organisation_slug};
use crate::edge::designs::{self, Design};
use crate::edge::documents;
use crate::edge::founding::{self, Founding};
use crate::edge::issuer_settings::IssuerSettings;
use crate::edge::pictures;
use crate::edge::problem::{Code, Fault, Problem};
use crate::edge::state::State;
use crate::picture::{self, Picture};
use crate::store::achievements::{self, Version};
use crate::store::files::File;
use crate::store::issuers::Issuer;
use std::collections::{BTreeMap, HashMap};

/// What is to be loaded.
#[derive(Debug, Default)]
pub struct Order {
    /// The badge designs.
    pub designs: Vec<Source>,
    /// The organisations, if there is a file of them.
    pub organisations: Vec<Organisation>,
    /// The code of the node's own organisation.
    pub own: String,
    /// Pictures, by the code of their design in small letters.
    pub pictures: HashMap<String, Vec<u8>>,
}

/// What becomes of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new here.
    New,
    /// It is here in another form and gets a new version.
    Changed,
    /// It is here already.
    Same,
}

/// An organisation that designs are loaded for.
#[derive(Debug)]
pub struct PlannedOrganisation {
    /// Its code in the file.
    pub code: String,
    /// `New` or `Same`.
    pub fate: Fate,
    /// When it was closed, if it is to be closed now.
    pub closes_at: Option<i64>,
    /// Its row.
    pub issuer: Issuer,
    pub(super) settings: IssuerSettings,
    /// Its identifier here.
    pub id: String,
}

/// A design that is loaded.
#[derive(Debug)]
pub struct PlannedDesign {
    /// Its code in the file.
    pub code: String,
    /// What becomes of it.
    pub fate: Fate,
    /// The path of its issuer.
    pub issuer: String,
    /// Its version.
    pub version: Version,
    /// Its picture.
    pub file: Option<File>,
}

/// Everything that loading would do.
#[derive(Debug)]
pub struct Plan {
    /// The organisations.
    pub organisations: Vec<PlannedOrganisation>,
    /// The designs, in the order of the file.
    pub designs: Vec<PlannedDesign>,
}

impl Plan {
    /// Whether everything is here already.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let designs = self.designs.iter().all(|design| design.fate == Fate::Same);
        let is_settled =
            |one: &PlannedOrganisation| one.fate == Fate::Same && one.closes_at.is_none();
        designs && self.organisations.iter().all(is_settled)
    }
}

/// Says what loading would do. Nothing is changed.
///
/// # Errors
/// `schema_invalid` with everything that is wrong; `state_conflict` if a path
/// is another organisation's.
pub async fn plan(state: &State, order: &Order) -> Result<Plan, Problem> {
    let now = state.clock.unix();
    let organisations = organisations(state, order, now)?;
    let known = order
        .organisations
        .iter()
        .filter_map(|one| Some((one.id.clone(), organisations.get(&one.code)?.id.clone())))
        .collect();
    let (mut designs, mut faults) = (Vec::new(), Vec::new());
    for source in &order.designs {
        let planned = match organisations.get(&source.organisation) {
            Some(owner) => design(state, order, source, (owner, &known)).await,
            None => Err(Problem::internal("an organisation was not planned")),
        };
        match planned {
            Ok(planned) => designs.push(planned),
            Err(problem) if problem.code == Code::INTERNAL => return Err(problem),
            Err(problem) => faults.extend(faults_of(&source.code, &problem)),
        }
    }
    if !faults.is_empty() {
        return Err(refused(faults));
    }
    Ok(Plan {
        organisations: organisations.into_values().collect(),
        designs,
    })
}

fn refused(faults: Vec<Fault>) -> Problem {
    Problem::new(Code::SCHEMA_INVALID, "nothing was loaded").with_faults(faults)
}

/// The organisations that designs name, and those that are named as creators.
fn organisations(
    state: &State,
    order: &Order,
    now: i64,
) -> Result<BTreeMap<String, PlannedOrganisation>, Problem> {
    let mut planned = BTreeMap::new();
    let mut faults = Vec::new();
    let creators = order.designs.iter().filter_map(|source| {
        let creator = source.achievement.get("creator")?.as_object()?.text("id")?;
        let known = order.organisations.iter().find(|one| one.id == creator)?;
        Some(known.code.as_str())
    });
    let owners = order
        .designs
        .iter()
        .map(|source| source.organisation.as_str());
    for code in owners.chain(creators) {
        if planned.contains_key(code) {
            continue;
        }
        match organisation(state, order, code, now) {
            Ok(one) => {
                planned.insert(code.to_owned(), one);
            }
            Err(problem) if problem.code == Code::INTERNAL => return Err(problem),
            Err(problem) => faults.extend(faults_of(code, &problem)),
        }
    }
    faults.sort_by(|one, other| one.at.cmp(&other.at));
    faults.dedup();
    if faults.is_empty() {
        Ok(planned)
    } else {
        Err(refused(faults))
    }
}

fn organisation(
    state: &State,
    order: &Order,
    code: &str,
    now: i64,
) -> Result<PlannedOrganisation, Problem> {
    let described = order.organisations.iter().find(|one| one.code == code);
    let is_own = order.own == code;
    let slug = organisation_slug(code, described.map(|one| one.id.as_str()))
        .ok_or_else(|| Problem::faulty("/code", "it makes no path"))?;
    let root = state
        .directory
        .all()
        .into_iter()
        .find(|tenant| tenant.issuer.is_root && is_own);
    let here = root.or_else(|| state.directory.get(&slug));
    let closed_at = described
        .and_then(|one| one.closed_at)
        .filter(|at| *at <= now);
    if let Some(tenant) = here {
        return Ok(PlannedOrganisation {
            code: code.to_owned(),
            fate: Fate::Same,
            closes_at: closed_at.filter(|_| tenant.issuer.is_open()),
            issuer: tenant.issuer.clone(),
            settings: tenant.settings.clone(),
            id: tenant.id().to_owned(),
        });
    }
    let described = described.ok_or_else(|| {
        Problem::new(
            Code::NOT_FOUND,
            "it is not on this node; name a file that describes it with --issuers",
        )
    })?;
    let settings = IssuerSettings {
        test_only: described.test_only,
        ..IssuerSettings::default()
    };
    let new = Founding {
        slug: slug.clone(),
        profile: described.profile.clone(),
        is_root: is_own,
        id_form: "did",
        settings: settings.clone(),
    };
    let issuer = founding::issuer(state, new, now)?;
    let address = state.address.issuer(&slug, is_own);
    Ok(PlannedOrganisation {
        code: code.to_owned(),
        fate: Fate::New,
        closes_at: closed_at,
        id: documents::issuer_id(&issuer, &address).to_owned(),
        issuer,
        settings,
    })
}

async fn design(
    state: &State,
    order: &Order,
    source: &Source,
    (owner, known): (&PlannedOrganisation, &HashMap<String, String>),
) -> Result<PlannedDesign, Problem> {
    let slug = source
        .slug()
        .ok_or_else(|| Problem::faulty("/code", "it makes no path"))?;
    let picture = match order.pictures.get(&source.code.to_ascii_lowercase()) {
        Some(bytes) => Some(made_anew(bytes.clone()).await?),
        None => None,
    };
    let here = Here {
        node: &state.address,
        slug: &slug,
        issuer: &owner.id,
        known,
    };
    let policy = mapping::policy(source, picture.as_ref().map(Picture::digest)).to_json();
    let path = slug.clone();
    let found = state
        .store
        .read(move |conn| achievements::find_public(conn, &path))
        .await
        .map_err(Problem::from)?;
    let latest = match &found {
        Some((design, _)) if design.issuer_id != owner.issuer.id => {
            return Err(Problem::new(
                Code::STATE_CONFLICT,
                format!("another organisation has a badge design at {slug}"),
            ));
        }
        Some((_, latest)) => latest.number,
        None => 0,
    };
    let new = Design {
        slug: &slug,
        achievement: mapping::achievement(source, here),
        policy: &policy,
    };
    let version = designs::version(state, &owner.issuer.id, new, latest + 1)?;
    Ok(PlannedDesign {
        code: source.code.clone(),
        fate: match &found {
            None => Fate::New,
            Some((_, latest)) if latest.digest == version.digest => Fate::Same,
            Some(_) => Fate::Changed,
        },
        issuer: owner.issuer.slug.clone(),
        file: picture.map(|picture| pictures::row(&owner.issuer.id, picture, version.created_at)),
        version,
    })
}

async fn made_anew(bytes: Vec<u8>) -> Result<Picture, Problem> {
    tokio::task::spawn_blocking(move || picture::sanitise(&bytes))
        .await
        .map_err(Problem::internal)?
        .map_err(|error| pictures::refused(&error))
}
