//! The page of a badge design, and of what somebody has to do to get it.

use super::check::{Design, Giver, Picture};
use super::frame::{Frame, Keep, Section, page};
use super::prose::{Block, blocks};
use super::shown;
use crate::edge::designs;
use crate::edge::problem::Problem;
use crate::edge::state::State;
use crate::json::{Object, Value};
use crate::store::achievements::{self, Achievement, Version};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

/// A badge design.
#[derive(Debug, Clone, Template)]
#[template(path = "achievement.html")]
pub struct AchievementPage {
    /// The frame.
    pub frame: Frame,
    /// The last part of its address.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub giver: Giver,
    /// Its picture.
    pub picture: Picture,
    /// What it shows.
    pub description: Vec<Block>,
    /// How to get it.
    pub criteria: Vec<Block>,
    /// What else its design says.
    pub design: Design,
    /// The results that somebody can get.
    pub results: Vec<(String, String)>,
    /// Standards that it meets.
    pub standards: Vec<String>,
    /// Whether it is given no more.
    pub is_retired: bool,
    /// The version.
    pub version: i64,
    /// Its identifier.
    pub id: String,
}

/// What somebody has to do to get a badge.
#[derive(Debug, Clone, Template)]
#[template(path = "criteria.html")]
pub struct CriteriaPage {
    /// The design.
    pub of: AchievementPage,
    /// The frame.
    pub frame: Frame,
}

/// `GET /achievements/{id}`.
pub(super) async fn show(state: Data<State>, id: Path<String>) -> Result<HttpResponse, Problem> {
    let template = find(&state, id.into_inner()).await?;
    page(StatusCode::OK, Keep::Everybody, &template.frame, &template)
}

/// `GET /achievements/{id}/criteria`.
pub(super) async fn criteria(
    state: Data<State>,
    id: Path<String>,
) -> Result<HttpResponse, Problem> {
    let of = find(&state, id.into_inner()).await?;
    let title = format!("How to get the badge {}", of.name);
    let frame = Frame::new(&state, &title, Section::Organisations);
    let template = CriteriaPage { of, frame };
    page(StatusCode::OK, Keep::Everybody, &template.frame, &template)
}

async fn find(state: &State, id: String) -> Result<AchievementPage, Problem> {
    let found = state
        .store
        .read(move |conn| achievements::find_public(conn, &id))
        .await
        .map_err(Problem::from)?;
    let (row, version) = found.ok_or_else(|| Problem::not_found("badge design"))?;
    AchievementPage::of(state, row, &version)
}

impl AchievementPage {
    fn of(state: &State, row: Achievement, version: &Version) -> Result<Self, Problem> {
        let object = designs::parsed(version)?;
        let name = text(&object, "name").unwrap_or_else(|| "A badge without a name".to_owned());
        let tenant = state.directory.by_id(&row.issuer_id);
        let giver = tenant.map_or_else(Giver::default, |tenant| Giver {
            name: shown::line(&tenant.issuer.name),
            host: Some(state.address.authority().to_owned()),
            page: Some(format!("/issuers/{}", tenant.issuer.slug)),
            is_ours: true,
        });
        let criteria = object.get("criteria");
        let narrative = criteria.and_then(|criteria| criteria.get("narrative"));
        Ok(Self {
            frame: Frame::new(state, &name, Section::Organisations),
            giver,
            picture: picture(&object, &row.id, &name),
            description: longer(object.get("description")),
            criteria: longer(narrative),
            design: Design::read(&version.policy),
            results: results(&object),
            standards: standards(&object),
            is_retired: row.state == "retired",
            version: version.number,
            id: state.address.achievement(&row.id),
            slug: row.id,
            name,
        })
    }

    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        let facts = super::check::Facts::sample();
        Self {
            frame: Frame::sample(&facts.name, Section::Organisations),
            slug: "move".to_owned(),
            name: facts.name,
            giver: facts.giver,
            picture: Picture {
                path: "/achievements/move/image.svg".to_owned(),
                caption: "Two hands and a sling".to_owned(),
            },
            description: facts.description,
            criteria: facts.criteria,
            design: Design::read(
                r#"{"assessmentMethod":"observed-practice","validityMonths":12,"assessedBy":"A college","whatItDoesNotMean":"It is no licence."}"#,
            ),
            results: vec![("Practice".to_owned(), "Safe, Not yet safe".to_owned())],
            standards: facts.standards,
            is_retired: true,
            version: 2,
            id: "https://northmarch.badges.example.org/achievements/move".to_owned(),
        }
    }
}

impl CriteriaPage {
    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            of: AchievementPage::sample(),
            frame: Frame::sample("How to get the badge", Section::Organisations),
        }
    }
}

fn plain(value: Option<&Value<'_>>) -> Option<String> {
    value.and_then(Value::as_str).map(str::to_owned)
}

fn text(object: &Object<'_>, name: &str) -> Option<String> {
    let text = shown::line(object.text(name)?);
    (!text.is_empty()).then_some(text)
}

fn longer(value: Option<&Value<'_>>) -> Vec<Block> {
    plain(value).map(|text| blocks(&text)).unwrap_or_default()
}

/// The design's picture is at an address of ours, whatever the design says.
fn picture(object: &Object<'_>, slug: &str, name: &str) -> Picture {
    let caption = object
        .get("image")
        .and_then(Value::as_object)
        .and_then(|image| text(image, "caption"));
    Picture {
        path: format!("/achievements/{slug}/image.svg"),
        caption: caption.unwrap_or_else(|| format!("Picture of the badge {name}")),
    }
}

fn all<'v, 'a>(object: &'v Object<'a>, name: &str) -> impl Iterator<Item = &'v Object<'a>> {
    let values = object.get(name).map_or(&[][..], Value::one_or_many);
    values.iter().filter_map(Value::as_object)
}

fn results(object: &Object<'_>) -> Vec<(String, String)> {
    all(object, "resultDescription")
        .map(|one| {
            let levels: Vec<String> = all(one, "rubricCriterionLevel")
                .filter_map(|level| text(level, "name"))
                .collect();
            let allowed = one.get("allowedValue").map_or(&[][..], Value::one_or_many);
            let allowed = allowed.iter().filter_map(Value::as_str).map(shown::line);
            let values: Vec<String> = levels.into_iter().chain(allowed).collect();
            let range = || {
                let (low, high) = (text(one, "valueMin")?, text(one, "valueMax")?);
                Some(format!("{low} to {high}"))
            };
            let values = if values.is_empty() {
                range().unwrap_or_else(|| "Yes".to_owned())
            } else {
                values.join(", ")
            };
            (
                text(one, "name").unwrap_or_else(|| "Result".to_owned()),
                values,
            )
        })
        .collect()
}

fn standards(object: &Object<'_>) -> Vec<String> {
    all(object, "alignment")
        .filter_map(|one| {
            let name = text(one, "targetName")?;
            Some(match text(one, "targetFramework") {
                Some(framework) => format!("{framework}: {name}"),
                None => name,
            })
        })
        .collect()
}
