//! A node of one's own, as somebody with a browser sees it.

use crate::browser::Client;
use crate::council::Issuer;
use crate::support::{self, Unusual};
use countersign::edge::clock::Clock;
use serde_json::{Value, json};

/// A node that runs until it is dropped.
pub(crate) struct Node {
    /// Asks it without a token.
    pub(crate) client: Client,
    /// Its address.
    pub(crate) base: String,
    /// Its clock.
    pub(crate) clock: Clock,
    inner: support::Node,
}

impl Node {
    /// Starts a node.
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts a node with settings.
    pub(crate) fn start_with(settings: &'static [(&'static str, &'static str)]) -> Self {
        let inner = support::Node::unusual(&Unusual {
            settings,
            ..Unusual::default()
        });
        Self {
            client: Client::new(inner.address().port()),
            base: inner.base().to_owned(),
            clock: inner.clock.clone(),
            inner,
        }
    }

    /// Makes an organisation.
    pub(crate) fn issuer(&self, slug: &str, name: &str) -> Issuer {
        self.issuer_with(&json!({
            "slug": slug,
            "profile": { "type": "Profile", "name": name, "url": "https://council.example.org/" },
        }))
    }

    /// Makes an organisation as the API describes it.
    pub(crate) fn issuer_with(&self, new: &Value) -> Issuer {
        let slug = new["slug"].as_str().expect("a slug").to_owned();
        let operator = self.client.with_token(&self.inner.operator);
        operator.post("/api/v1/issuers", new).expect(201);
        let ask = json!({ "issuer": slug, "role": "administrator", "name": "test", "days": 30 });
        let made = operator.post("/api/v1/tokens", &ask).expect(201).value();
        let administrator = made["token"].as_str().expect("a token");
        Issuer::new(&self.client, slug, administrator)
    }

    /// The path of an address of this node.
    pub(crate) fn path_of<'u>(&self, address: &'u str) -> &'u str {
        address
            .strip_prefix(self.base.as_str())
            .expect("an address of this node")
    }
}
