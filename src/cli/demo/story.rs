//! The story: two organisations give badges, check each other's, save one in a
//! picture, catch a changed one, and withdraw one.
//!
//! **Promises.** Everything goes over HTTP, as it would between strangers.
//! What does not end as it should is our own fault, and ends the demo.

use super::client::unexpected;
use super::member::{Given, Member, Organisation, text};
use super::place::Place;
use crate::cli::failure::Failure;
use crate::cli::{files, node};
use std::path::Path;
use std::time::Duration;
use tokio::time::Instant;

const COUNCIL: &str = include_str!("council.json");
const UNIVERSITY: &str = include_str!("university.json");

/// What the check of a badge is to say.
const CURRENT: [&str; 2] = ["current", "current-no-expiry"];

/// The two organisations after the story.
pub(super) struct Story {
    pub(super) council: Member,
    pub(super) university: Member,
}

fn read(text: &'static str) -> Result<Organisation<'static>, Failure> {
    serde_json::from_str(text).map_err(|error| unexpected("the demo's own data", &error))
}

impl Story {
    /// Two nodes, each with an organisation that gives its badges.
    pub(super) async fn begin(council: Place, university: Place) -> Result<Self, Failure> {
        let wishes = [read(COUNCIL)?, read(UNIVERSITY)?];
        let [council_wish, university_wish] = &wishes;
        node::say("\n1. Two organisations, each with a node of its own\n")?;
        let mut council = Member::join("The council", council, council_wish).await?;
        let mut university = Member::join("The university", university, university_wish).await?;
        for member in [&council, &university] {
            node::say(&format!("   {:<52} {}\n", member.name, member.place.base))?;
        }
        node::say("\n2. They give badges, each with the organisation's digital seal\n")?;
        for (member, organisation) in [
            (&mut council, council_wish),
            (&mut university, university_wish),
        ] {
            for wish in &organisation.badges {
                let given = member.give(wish).await?;
                node::say(&format!("   {:<20} gets {}\n", given.to, given.what))?;
            }
        }
        Ok(Self {
            council,
            university,
        })
    }

    /// Each checks the other's badges: one by the file, one by the link.
    pub(super) async fn check_each_other(&self) -> Result<(), Failure> {
        node::say("\n3. Each checks a badge of the other, which it has never met\n")?;
        let course = self.council.badge("course")?;
        let sent = (BADGE, course.text.clone().into_bytes());
        told(&self.university, course.what, sent, &CURRENT).await?;
        let award = self.university.badge("educator-award")?;
        told(&self.council, award.what, by_link(award), &CURRENT).await
    }

    /// What others fetch to check, as a folder for checks without a network.
    pub(super) async fn keep_documents(&self, folder: &Path) -> Result<(), Failure> {
        for member in [&self.council, &self.university] {
            let host = member.place.client.authority.replace(':', "%3A");
            let host = folder.join("documents").join(host);
            for (path, file) in [
                ("/.well-known/did.json", ".well-known/did.json"),
                ("/status/1", "status/1.json"),
            ] {
                let reply = member.place.client.get(path, None).await?;
                let file = host.join(file);
                let parent = file.parent().unwrap_or(&host);
                std::fs::create_dir_all(parent)
                    .map_err(|error| Failure::unwritable(parent, error))?;
                files::write(Some(&file), reply.done(path)?)?;
            }
        }
        Ok(())
    }

    /// A badge travels inside its picture.
    pub(super) async fn save(&self, folder: &Path) -> Result<(), Failure> {
        node::say("\n4. A badge is saved inside its picture\n")?;
        let award = self.council.badge("award")?;
        for (form, media_type) in [("svg", "image/svg+xml"), ("png", "image/png")] {
            let bytes = self.council.picture(award, form).await?;
            let path = folder.join(format!("award.{form}"));
            files::write(Some(&path), &bytes)?;
            let what = path.display().to_string();
            told(&self.university, &what, (media_type, bytes), &CURRENT).await?;
        }
        Ok(())
    }

    /// Somebody changes a grade.
    pub(super) async fn change(&self, folder: &Path) -> Result<(), Failure> {
        node::say("\n5. Somebody changes a grade from Merit to Distinction\n")?;
        let badge = self.council.badge("apprenticeship")?;
        let changed = badge.text.replace("\"Merit\"}", "\"Distinction\"}");
        if changed == badge.text {
            return Err(unexpected("the demo", &"there was no grade to change"));
        }
        files::write(Some(&folder.join("genuine.json")), badge.text.as_bytes())?;
        files::write(Some(&folder.join("changed.json")), changed.as_bytes())?;
        let sent = (BADGE, changed.into_bytes());
        told(&self.university, "changed.json", sent, &["changed"]).await
    }

    /// The council withdraws a badge; the university sees it.
    pub(super) async fn withdraw(&self) -> Result<(), Failure> {
        node::say("\n6. The council withdraws a badge, and the university checks it again\n")?;
        let badge = self.council.badge("apprenticeship")?;
        let now = || {
            let body = format!(r#"{{"credential":{},"maxStatusAge":0}}"#, badge.text);
            ("application/json", body.into_bytes())
        };
        told(
            &self.university,
            "the apprenticeship badge, before",
            now(),
            &CURRENT,
        )
        .await?;
        let began = Instant::now();
        self.council.withdraw(badge, "given in error").await?;
        wait_until_withdrawn(&self.university, now).await?;
        let took = began.elapsed().as_millis();
        told(
            &self.university,
            "the apprenticeship badge, after",
            now(),
            &["withdrawn"],
        )
        .await?;
        node::say(&format!("   It took {took} ms until others saw it.\n"))
    }
}

const BADGE: &str = "application/vc+ld+json";

fn by_link(badge: &Given) -> (&'static str, Vec<u8>) {
    let body = serde_json::json!({ "link": badge.link }).to_string();
    ("application/json", body.into_bytes())
}

/// Checks something, and says what came out; anything but what is expected
/// ends the demo.
async fn told(
    by: &Member,
    what: &str,
    sent: (&str, Vec<u8>),
    expected: &[&str],
) -> Result<(), Failure> {
    let report = by.check(sent).await?;
    let outcome = text(&report, "outcome")?;
    let headline = text(&report, "headline")?;
    node::say(&format!("   {} checks {what}\n     {headline}\n", by.who))?;
    if expected.contains(&outcome) {
        return Ok(());
    }
    let wanted = expected.join(" or ");
    Err(unexpected(
        what,
        &format!("the check says {outcome}, not {wanted}: {report}"),
    ))
}

/// A withdrawal is published right after it was answered, by the node's jobs.
async fn wait_until_withdrawn(
    by: &Member,
    sent: impl Fn() -> (&'static str, Vec<u8>),
) -> Result<(), Failure> {
    const TRIES: u32 = 12;
    const LONGEST: Duration = Duration::from_secs(1);
    let mut pause = Duration::from_millis(20);
    for _ in 0..TRIES {
        let report = by.check(sent()).await?;
        if text(&report, "outcome")? == "withdrawn" {
            return Ok(());
        }
        tokio::time::sleep(pause).await;
        pause = LONGEST.min(pause * 2);
    }
    Err(unexpected(
        "the withdrawal",
        &"others did not see it within seconds",
    ))
}
