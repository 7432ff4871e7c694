//! What a badge says, for people. There are facts only of a badge whose seal
//! holds: they are made from [`Verified`], which only a check can make.

use super::own::{Design, Own};
use crate::clock::Moment;
use crate::edge::state::State;
use crate::verify::{Check, Report, State as Found, Verified};
use crate::web::prose::{Block, blocks};
use crate::web::shown;

/// What a badge says.
#[derive(Debug, Clone)]
pub struct Facts {
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub description: Vec<Block>,
    /// The person's name, if the badge carries it.
    pub person: Option<String>,
    /// Who gave it.
    pub giver: Giver,
    /// Its picture, if it lies on this node.
    pub picture: Option<Picture>,
    /// When it was first awarded.
    pub awarded: Option<String>,
    /// From when it counts, if that is another day.
    pub from: Option<String>,
    /// Until when it lasts.
    pub until: Option<String>,
    /// How well it went.
    pub results: Vec<(String, String)>,
    /// What the person had to do.
    pub criteria: Vec<Block>,
    /// Standards that it meets.
    pub standards: Vec<String>,
    /// What they did.
    pub evidence: Vec<Shown>,
    /// Who supports it.
    pub supporters: Vec<String>,
    /// What its design says beside that.
    pub design: Design,
    /// Its design's page, if it is on this node.
    pub design_page: Option<String>,
}

/// Who gave a badge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Giver {
    /// The name: ours for it if we have one, else the one it gives itself.
    pub name: String,
    /// Its host.
    pub host: Option<String>,
    /// Its page on this node.
    pub page: Option<String>,
    /// Whether it gives its badges on this node.
    pub is_ours: bool,
}

/// A picture on this node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its path.
    pub path: String,
    /// What is to be seen on it.
    pub caption: String,
}

/// Something that the person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What it is called.
    pub name: String,
    /// In a few sentences.
    pub narrative: Vec<Block>,
}

impl Facts {
    /// Reads what a badge says.
    #[must_use]
    pub fn of(state: &State, report: &Report, verified: &Verified, own: Option<&Own>) -> Self {
        let text = |text: &Option<String>| text.as_deref().map(shown::line);
        let name = text(&verified.name).unwrap_or_else(|| "A badge without a name".to_owned());
        let awarded = date(verified.awarded.as_deref());
        let from =
            date(verified.valid_from.as_deref()).filter(|from| Some(from) != awarded.as_ref());
        Self {
            description: verified
                .description
                .as_deref()
                .map(blocks)
                .unwrap_or_default(),
            person: text(&verified.subject_name),
            giver: giver(state, verified),
            picture: picture(state, verified, &name),
            awarded,
            from,
            until: date(verified.valid_until.as_deref()),
            results: results(verified),
            criteria: verified.criteria.as_deref().map(blocks).unwrap_or_default(),
            standards: standards(verified),
            evidence: evidence(verified),
            supporters: supporters(report),
            design: own.map(|own| own.design.clone()).unwrap_or_default(),
            design_page: design_slug(state, verified).map(|slug| format!("/achievements/{slug}")),
            name,
        }
    }

    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        let line = |text: &str| vec![Block::Paragraph(text.to_owned())];
        Self {
            name: "Moving and handling people: practical check".to_owned(),
            description: line("Can help people move safely."),
            person: Some("Saffron Velvetine".to_owned()),
            giver: Giver {
                name: "Northmarch County Council".to_owned(),
                host: Some("northmarch.badges.example.org".to_owned()),
                page: Some("/issuers/northmarch".to_owned()),
                is_ours: true,
            },
            picture: Some(Picture {
                path: "/achievements/move/image.svg".to_owned(),
                caption: "Two hands and a sling".to_owned(),
            }),
            awarded: Some("12 November 2024".to_owned()),
            from: Some("18 November 2026".to_owned()),
            until: Some("18 November 2027".to_owned()),
            results: vec![("Practice".to_owned(), "Safe and independent".to_owned())],
            criteria: vec![Block::List(vec!["Attend the practical day.".to_owned()])],
            standards: vec!["Care Certificate: Health and safety".to_owned()],
            evidence: vec![Shown {
                name: "Practical check".to_owned(),
                narrative: line("Seen with a hoist."),
            }],
            supporters: vec!["“University of Aldermere”".to_owned()],
            design: Design {
                does_not_mean: Some("It is not registration.".to_owned()),
                ..Design::default()
            },
            design_page: Some("/achievements/move".to_owned()),
        }
    }

    /// Whether the end date has passed is for the verdict; this is its text.
    #[must_use]
    pub fn lasts(&self) -> String {
        match &self.until {
            Some(until) => format!("Until {until}"),
            None => "It has no end date".to_owned(),
        }
    }
}

fn date(text: Option<&str>) -> Option<String> {
    text.and_then(|text| Moment::parse(text).ok())
        .map(Moment::to_plain_date)
}

/// Names of our own organisations are taken from our own list.
fn giver(state: &State, verified: &Verified) -> Giver {
    let id = verified.issuer_id.as_deref().unwrap_or_default();
    let tenants = state.directory.all();
    let ours = tenants
        .iter()
        .find(|tenant| tenant.address.did == id || tenant.address.base == id);
    match ours {
        Some(tenant) => Giver {
            name: shown::line(&tenant.issuer.name),
            host: Some(state.address.authority().to_owned()),
            page: Some(format!("/issuers/{}", tenant.issuer.slug)),
            is_ours: true,
        },
        None => Giver {
            name: verified
                .issuer_name
                .as_deref()
                .map(shown::line)
                .unwrap_or_default(),
            host: shown::host_of(state, id),
            page: None,
            is_ours: false,
        },
    }
}

/// A remote picture is never asked for: whoever serves it would see who checks.
fn picture(state: &State, verified: &Verified, name: &str) -> Option<Picture> {
    let given = verified.particulars.picture.as_ref();
    let path = given
        .and_then(|picture| shown::own_picture(state, &picture.address))
        .or_else(|| {
            let slug = design_slug(state, verified)?;
            Some(format!("/achievements/{slug}/image.svg"))
        })?;
    let caption = given
        .and_then(|picture| picture.caption.as_deref())
        .map(shown::line)
        .filter(|caption| !caption.is_empty())
        .unwrap_or_else(|| format!("Picture of the badge {name}"));
    Some(Picture { path, caption })
}

fn design_slug<'v>(state: &State, verified: &'v Verified) -> Option<&'v str> {
    let path = state.address.path_of(verified.achievement_id.as_deref()?)?;
    let slug = path.strip_prefix("/achievements/")?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (!slug.is_empty() && slug.bytes().all(is_plain)).then_some(slug)
}

fn results(verified: &Verified) -> Vec<(String, String)> {
    let grades = verified.particulars.results.iter();
    grades
        .map(|grade| {
            let of = grade.of.as_deref().map(shown::line);
            (
                of.unwrap_or_else(|| "Result".to_owned()),
                shown::line(&grade.value),
            )
        })
        .collect()
}

fn standards(verified: &Verified) -> Vec<String> {
    let standards = verified.particulars.standards.iter();
    standards
        .map(|standard| match &standard.framework {
            Some(framework) => shown::line(&format!("{framework}: {}", standard.name)),
            None => shown::line(&standard.name),
        })
        .collect()
}

fn evidence(verified: &Verified) -> Vec<Shown> {
    let all = verified.particulars.evidence.iter();
    all.map(|one| Shown {
        name: one.name.as_deref().map(shown::line).unwrap_or_default(),
        narrative: one.narrative.as_deref().map(blocks).unwrap_or_default(),
    })
    .filter(|one| !one.name.is_empty() || !one.narrative.is_empty())
    .collect()
}

/// Endorsements that hold; others are in the technical details.
fn supporters(report: &Report) -> Vec<String> {
    if report.finding(Check::Endorsements).state == Found::NotReached {
        return Vec::new();
    }
    let holding = report
        .endorsements
        .iter()
        .filter(|endorsement| endorsement.finding.state == Found::Holds && !endorsement.is_own);
    holding
        .map(|endorsement| {
            let who = endorsement
                .endorser_name
                .as_deref()
                .or(endorsement.endorser.as_deref())
                .unwrap_or("Somebody");
            match endorsement.comment.as_deref() {
                Some(comment) => shown::line(&format!("“{who}” says: {comment}")),
                None => shown::line(&format!("“{who}”")),
            }
        })
        .collect()
}
