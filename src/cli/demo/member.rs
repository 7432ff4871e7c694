//! An organisation of the demo: what it is, and what it does on its node.

use super::client::{Call, unexpected};
use super::place::Place;
use crate::cli::failure::Failure;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

/// An organisation as its file describes it.
#[derive(Debug, Deserialize)]
pub(super) struct Organisation<'a> {
    /// The last part of its addresses.
    pub(super) slug: &'a str,
    #[serde(borrow)]
    profile: &'a RawValue,
    #[serde(borrow)]
    designs: Vec<Design<'a>>,
    #[serde(borrow)]
    pub(super) badges: Vec<Wish<'a>>,
}

#[derive(Debug, Deserialize)]
struct Design<'a> {
    slug: &'a str,
    #[serde(borrow)]
    achievement: &'a RawValue,
    #[serde(borrow)]
    policy: &'a RawValue,
}

/// A badge that somebody is to get.
#[derive(Debug, Deserialize)]
pub(super) struct Wish<'a> {
    /// What the demo calls its file.
    pub(super) name: &'a str,
    /// Who gets it.
    pub(super) to: &'a str,
    /// What for.
    pub(super) what: &'a str,
    #[serde(borrow)]
    ask: &'a RawValue,
}

/// A badge that somebody has.
#[derive(Debug)]
pub(super) struct Given {
    pub(super) id: String,
    pub(super) design: String,
    pub(super) name: &'static str,
    pub(super) to: &'static str,
    pub(super) what: &'static str,
    /// The badge itself.
    pub(super) text: String,
    /// The link that shows it.
    pub(super) link: String,
}

/// An organisation on its node.
pub(super) struct Member {
    /// What the story calls it.
    pub(super) who: &'static str,
    pub(super) name: String,
    pub(super) slug: &'static str,
    pub(super) place: Place,
    /// A token of somebody who gives badges.
    pub(super) officer: String,
    pub(super) badges: Vec<Given>,
}

impl Member {
    /// Makes what is not there yet: the organisation, its people, its badge
    /// designs.
    pub(super) async fn join(
        who: &'static str,
        place: Place,
        organisation: &Organisation<'static>,
    ) -> Result<Self, Failure> {
        let name = make_issuer(&place, organisation).await?;
        let officer = make_people(&place, organisation.slug).await?;
        let member = Self {
            who,
            name,
            slug: organisation.slug,
            place,
            officer,
            badges: Vec::new(),
        };
        for design in &organisation.designs {
            member.make_design(design).await?;
        }
        Ok(member)
    }

    async fn make_design(&self, design: &Design<'_>) -> Result<(), Failure> {
        let (client, all) = (&self.place.client, self.path("achievements"));
        let officer = Some(self.officer.as_str());
        let path = format!("{all}/{}", design.slug);
        if client.get(&path, officer).await?.status == 200 {
            return Ok(());
        }
        // The node draws one.
        let picture = format!("{}/achievements/{}/image.svg", self.place.base, design.slug);
        let achievement = design.achievement.get().replace("{picture}", &picture);
        let body = format!(
            r#"{{"slug":"{}","achievement":{achievement},"policy":{}}}"#,
            design.slug, design.policy
        );
        let made = client.post(&all, officer, body).await?;
        made.done("a badge design").map(drop)
    }

    /// Gives a badge, and shares it by a link.
    pub(super) async fn give(&mut self, wish: &Wish<'static>) -> Result<&Given, Failure> {
        let (client, officer) = (&self.place.client, Some(self.officer.as_str()));
        let all = self.path("credentials");
        let given = client.post(&all, officer, wish.ask.get()).await?;
        let given = given.json("giving a badge")?;
        let id = text(&given, "id")?.to_owned();
        let badge = client.get(&format!("{all}/{id}/file"), officer).await?;
        let badge = badge.done("downloading a badge")?.to_vec();
        let share = format!("{all}/{id}/shares");
        let link = client.post(&share, officer, r#"{"kind":"link"}"#).await?;
        let link = link.json("sharing a badge")?;
        self.badges.push(Given {
            design: text(&given, "achievement")?.to_owned(),
            id,
            name: wish.name,
            to: wish.to,
            what: wish.what,
            text: String::from_utf8(badge).map_err(|error| unexpected("a badge", &error))?,
            link: text(&link, "address")?.to_owned(),
        });
        self.badge(wish.name)
    }

    /// A badge that was given.
    pub(super) fn badge(&self, name: &str) -> Result<&Given, Failure> {
        let found = self.badges.iter().find(|badge| badge.name == name);
        found.ok_or_else(|| unexpected("the demo", &format!("it gave no {name} badge")))
    }

    /// A badge inside its picture.
    pub(super) async fn picture(&self, badge: &Given, form: &str) -> Result<Vec<u8>, Failure> {
        let path = self.path(&format!("credentials/{}/file?form={form}", badge.id));
        let reply = self.place.client.get(&path, Some(&self.officer)).await?;
        reply.done("a picture with a badge").map(<[u8]>::to_vec)
    }

    /// Withdraws a badge.
    pub(super) async fn withdraw(&self, badge: &Given, reason: &str) -> Result<(), Failure> {
        let path = self.path(&format!("credentials/{}/revocation", badge.id));
        let body = json!({ "reason": reason }).to_string();
        let reply = self
            .place
            .client
            .post(&path, Some(&self.officer), body)
            .await?;
        reply.done("withdrawing a badge").map(drop)
    }

    /// Checks what it was handed, on its own node.
    pub(super) async fn check(&self, sent: (&str, Vec<u8>)) -> Result<Value, Failure> {
        let call = Call {
            path: "/api/v1/checks",
            sent: Some(sent),
            ..Call::default()
        };
        self.place.client.send(call).await?.json("a check")
    }

    /// A path of this organisation in the API.
    pub(super) fn path(&self, rest: &str) -> String {
        format!("/api/v1/issuers/{}/{rest}", self.slug)
    }
}

/// A member of an answer that is a text.
pub(super) fn text<'v>(value: &'v Value, name: &str) -> Result<&'v str, Failure> {
    let found = value.get(name).and_then(Value::as_str);
    found.ok_or_else(|| unexpected("an answer", &format!("it has no {name}")))
}

async fn make_issuer(place: &Place, organisation: &Organisation<'_>) -> Result<String, Failure> {
    let operator = Some(place.operator.as_str());
    let all = place.client.get("/api/v1/issuers", operator).await?;
    let all = all.json("the organisations")?;
    let known = all.get("items").and_then(Value::as_array);
    let is_it = |one: &&Value| one.get("slug").and_then(Value::as_str) == Some(organisation.slug);
    if let Some(issuer) = known.and_then(|known| known.iter().find(is_it)) {
        return text(issuer, "name").map(str::to_owned);
    }
    let body = format!(
        r#"{{"slug":"{}","root":true,"profile":{}}}"#,
        organisation.slug, organisation.profile
    );
    let made = place.client.post("/api/v1/issuers", operator, body).await?;
    let made = made.json("an organisation")?;
    text(&made, "name").map(str::to_owned)
}

/// An administrator, who lets an officer give badges; the officer's token.
async fn make_people(place: &Place, slug: &str) -> Result<String, Failure> {
    let body = json!({ "issuer": slug, "role": "administrator", "name": "demo", "days": 30 });
    let (client, operator) = (&place.client, Some(place.operator.as_str()));
    let made = client
        .post("/api/v1/tokens", operator, body.to_string())
        .await?;
    let administrator = made.json("an administrator")?;
    let administrator = text(&administrator, "token")?;
    let body = json!({ "role": "officer", "name": "demo", "days": 30 });
    let path = format!("/api/v1/issuers/{slug}/tokens");
    let made = client
        .post(&path, Some(administrator), body.to_string())
        .await?;
    let officer = made.json("an officer")?;
    text(&officer, "token").map(str::to_owned)
}
