//! The pages of the organisations that give badges on a node.

use super::frame::{Frame, Keep, Section, page};
use super::prose::{Block, blocks};
use super::shown;
use crate::clock::Moment;
use crate::edge::designs;
use crate::edge::directory::Tenant;
use crate::edge::problem::Problem;
use crate::edge::state::State;
use crate::json::{self, Object, Value};
use crate::store::achievements;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;

/// The organisations of a node.
#[derive(Debug, Clone, Template)]
#[template(path = "issuers.html")]
pub struct IssuersPage {
    /// The frame.
    pub frame: Frame,
    /// The organisations.
    pub organisations: Vec<Card>,
}

/// Something that has a page of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its page.
    pub href: String,
    /// What it is called.
    pub name: String,
    /// A line about it.
    pub line: String,
    /// The path of its picture.
    pub picture: Option<String>,
}

/// An organisation.
#[derive(Debug, Clone, Template)]
#[template(path = "issuer.html")]
pub struct IssuerPage {
    /// The frame.
    pub frame: Frame,
    /// The path of its profile as JSON.
    pub profile: String,
    /// What it is called.
    pub name: String,
    /// What it says about itself.
    pub description: Vec<Block>,
    /// Its website.
    pub site: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Its telephone number.
    pub phone: Option<String>,
    /// Its picture, if it lies on this node.
    pub picture: Option<String>,
    /// When it was closed.
    pub closed_on: Option<String>,
    /// Its badge designs.
    pub designs: Vec<Card>,
    /// Whether there are more.
    pub has_more: bool,
    /// Its identifiers.
    pub identifiers: Vec<String>,
}

/// Most badge designs on one page.
const MOST: i64 = 200;

/// `GET /issuers`.
pub(super) async fn list(state: Data<State>) -> Result<HttpResponse, Problem> {
    let organisations = state.directory.all();
    let organisations = organisations.iter().map(|tenant| Card {
        href: format!("/issuers/{}", tenant.issuer.slug),
        name: shown::line(&tenant.issuer.name),
        line: match tenant.issuer.closed_at {
            Some(_) => "It has closed. Its badges still count.".to_owned(),
            None => String::new(),
        },
        picture: None,
    });
    let template = IssuersPage {
        frame: Frame::new(&state, "Organisations", Section::Organisations),
        organisations: organisations.collect(),
    };
    page(StatusCode::OK, Keep::Everybody, &template.frame, &template)
}

/// `GET /issuers/{slug}`.
pub(super) async fn show(state: Data<State>, slug: Path<String>) -> Result<HttpResponse, Problem> {
    let tenant = state
        .directory
        .get(&slug)
        .ok_or_else(|| Problem::not_found("organisation"))?;
    let (designs, has_more) = cards(&state, &tenant).await?;
    let template = IssuerPage::of(&state, &tenant, designs, has_more);
    page(StatusCode::OK, Keep::Everybody, &template.frame, &template)
}

async fn cards(state: &State, tenant: &Tenant) -> Result<(Vec<Card>, bool), Problem> {
    let issuer = tenant.issuer.id.clone();
    let mut found = state
        .store
        .read(move |conn| achievements::page(conn, &issuer, "", MOST + 1))
        .await
        .map_err(Problem::from)?;
    let most = usize::try_from(MOST).unwrap_or_default();
    let has_more = found.len() > most;
    found.truncate(most);
    let mut cards = Vec::new();
    for (design, version) in found
        .into_iter()
        .filter(|(design, _)| design.state == "published")
    {
        let object = designs::parsed(&version)?;
        let text = |name| object.text(name).map(shown::line).unwrap_or_default();
        cards.push(Card {
            href: format!("/achievements/{}", design.id),
            name: text("name"),
            line: text("description"),
            picture: Some(format!("/achievements/{}/image.svg", design.id)),
        });
    }
    cards.sort_by_key(|card| card.name.to_lowercase());
    Ok((cards, has_more))
}

impl IssuerPage {
    fn of(state: &State, tenant: &Tenant, designs: Vec<Card>, has_more: bool) -> Self {
        let issuer = &tenant.issuer;
        let profile = profile(&issuer.profile);
        let text = |name| profile.text(name).map(str::to_owned);
        let name = shown::line(&issuer.name);
        let closed = issuer.closed_at.and_then(|at| Moment::from_unix(at).ok());
        let picture = profile.get("image").and_then(|image| {
            let address = image.as_str().or_else(|| image.get("id")?.as_str())?;
            shown::own_picture(state, address)
        });
        Self {
            frame: Frame::new(state, &name, Section::Organisations),
            profile: match tenant.address.path.as_str() {
                "" => "/".to_owned(),
                path => path.to_owned(),
            },
            description: text("description")
                .map(|text| blocks(&text))
                .unwrap_or_default(),
            site: text("url").and_then(|url| shown::web_address(&url)),
            email: text("email").filter(|email| is_email(email)),
            phone: text("phone").map(|phone| shown::line(&phone)),
            picture,
            closed_on: closed.map(Moment::to_plain_date),
            designs,
            has_more,
            identifiers: vec![tenant.address.did.clone(), tenant.address.base.clone()],
            name,
        }
    }

    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            frame: Frame::sample("Northmarch County Council", Section::Organisations),
            profile: "/".to_owned(),
            name: "Northmarch County Council".to_owned(),
            description: blocks("Training for everybody who cares."),
            site: Some("https://northmarch.example.org/".to_owned()),
            email: Some("badges@northmarch.example.org".to_owned()),
            phone: Some("01632 960000".to_owned()),
            picture: Some("/files/00ff".to_owned()),
            closed_on: Some("1 April 2026".to_owned()),
            designs: vec![card_sample("/achievements/move")],
            has_more: true,
            identifiers: vec!["did:web:northmarch.badges.example.org".to_owned()],
        }
    }
}

impl IssuersPage {
    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            frame: Frame::sample("Organisations", Section::Organisations),
            organisations: vec![card_sample("/issuers/northmarch")],
        }
    }
}

fn card_sample(href: &str) -> Card {
    Card {
        href: href.to_owned(),
        name: "Falls".to_owned(),
        line: "What to do when somebody falls.".to_owned(),
        picture: Some("/achievements/move/image.svg".to_owned()),
    }
}

fn profile(text: &str) -> Object<'static> {
    match json::parse(text.as_bytes()) {
        Ok(Value::Object(profile)) => profile.into_owned(),
        _ => Object::new(),
    }
}

/// Plain enough for a link: one `@`, nothing that would add a header or a
/// second address.
fn is_email(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"@.-_+'".contains(&byte);
    text.bytes().all(plain)
        && text.len() <= 254
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && !host.contains('@') && host.contains('.')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_addresses_are_linked_to() {
        assert!(is_email("o'neill+badges@northmarch.example.org"));
        for text in [
            "",
            "a",
            "@a.example",
            "a@b",
            "a@b@c.example",
            "a@b.example?bcc=c@d.example",
            "a@b.example,c@d.example",
            "a b@c.example",
            "a@b.example%0a",
        ] {
            assert!(!is_email(text), "{text}");
        }
    }
}
