//! An organisation on a node: makes designs, gives, shares and withdraws badges
//! over HTTP.

use crate::browser::{Client, Reply};
use serde_json::{Value, json};

/// An organisation.
#[derive(Debug, Clone)]
pub(crate) struct Issuer {
    /// The last part of its addresses.
    pub(crate) slug: String,
    /// Asks as somebody who gives badges.
    pub(crate) officer: Client,
}

/// A badge that was given.
#[derive(Debug, Clone)]
pub(crate) struct Badge {
    /// The last part of its address.
    pub(crate) id: String,
    /// Its address.
    pub(crate) address: String,
    /// The badge, byte for byte.
    pub(crate) text: String,
}

impl Issuer {
    pub(crate) fn new(client: &Client, slug: String, administrator: &str) -> Self {
        let administrator = client.with_token(administrator);
        let path = format!("/api/v1/issuers/{slug}/tokens");
        let ask = json!({ "role": "officer", "name": "test", "days": 30 });
        let made = administrator.post(&path, &ask).expect(201).value();
        let officer = client.with_token(made["token"].as_str().expect("a token"));
        Self { slug, officer }
    }

    /// A path of the API below this organisation.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/api/v1/issuers/{}{rest}", self.slug)
    }

    /// A plain design.
    pub(crate) fn design(&self, slug: &str, name: &str) {
        self.design_with(
            slug,
            &json!({
                "name": name,
                "description": "An online course.",
                "criteria": { "narrative": "Finish all five units." },
            }),
            &json!({ "validityMonths": 12 }),
        );
    }

    /// A design as the API describes it.
    pub(crate) fn design_with(&self, slug: &str, achievement: &Value, policy: &Value) {
        let new = json!({ "slug": slug, "achievement": achievement, "policy": policy });
        self.officer
            .post(&self.path("/achievements"), &new)
            .expect(201);
    }

    /// Gives a badge to a person.
    pub(crate) fn give(&self, design: &str, person: &str) -> Badge {
        self.give_with(&json!({ "achievement": design, "subject": { "name": person } }))
    }

    /// Gives a badge as the API describes it.
    pub(crate) fn give_with(&self, new: &Value) -> Badge {
        let reply = self.officer.post(&self.path("/credentials"), new);
        Badge::read(&reply.expect(201))
    }

    /// Shares a badge, and gives the address to hand on.
    pub(crate) fn share(&self, badge: &Badge, kind: &str) -> String {
        let made = self.share_until(badge, kind, None);
        made["address"].as_str().expect("an address").to_owned()
    }

    /// Shares a badge until a moment.
    pub(crate) fn share_until(&self, badge: &Badge, kind: &str, stops_at: Option<&str>) -> Value {
        let path = self.path(&format!("/credentials/{}/shares", badge.id));
        let ask = json!({ "kind": kind, "stopsAt": stops_at });
        self.officer.post(&path, &ask).expect(201).value()
    }

    /// Withdraws a badge.
    pub(crate) fn withdraw(&self, badge: &Badge, reason: &str) {
        let path = self.path(&format!("/credentials/{}/revocation", badge.id));
        self.officer
            .post(&path, &json!({ "reason": reason }))
            .expect(200);
    }
}

impl Badge {
    fn read(reply: &Reply) -> Self {
        #[derive(serde::Deserialize)]
        struct Given {
            id: String,
            address: String,
            credential: Option<Box<serde_json::value::RawValue>>,
            token: Option<String>,
        }
        let given: Given = serde_json::from_slice(&reply.body).expect("a badge");
        let text = given.credential.map(|raw| raw.get().to_owned());
        Self {
            id: given.id,
            address: given.address,
            text: text.or(given.token).expect("the badge itself"),
        }
    }
}
