//! Organisations, designs and badges with good defaults, made by the API
//! itself.

use super::client::{Answer, Request};
use super::node::Node;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

/// An organisation with everybody in it.
#[derive(Debug, Clone)]
pub struct Office {
    /// The last part of its addresses.
    pub slug: String,
    /// `/api/v1/issuers/{slug}`.
    pub path: String,
    /// Runs it.
    pub administrator: String,
    /// Gives badges.
    pub officer: String,
    /// Approves badges.
    pub approver: String,
    /// Reads.
    pub auditor: String,
    /// Tries out.
    pub tester: String,
}

/// A word that no other thing of this process has.
pub fn fresh(word: &str) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("{word}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// What an organisation is made from.
pub fn new_issuer(slug: &str) -> Value {
    json!({
        "slug": slug,
        "profile": {
            "name": "Northmarch County Council",
            "url": "https://northmarch.example.org",
            "email": "badges@northmarch.example.org",
        },
    })
}

/// What a design is made from.
pub fn new_design(slug: &str) -> Value {
    json!({
        "slug": slug,
        "achievement": {
            "name": "Safeguarding basics",
            "description": "An online course about keeping people safe.",
            "criteria": { "narrative": "Finish all five units." },
        },
        "policy": { "validityMonths": 12, "approvals": ["automatic"] },
    })
}

/// What a badge is made from.
pub fn new_badge(design: &str) -> Value {
    json!({
        "achievement": design,
        "subject": { "name": "Saffron Velvetine" },
    })
}

impl Node {
    /// An organisation with the usual settings.
    #[track_caller]
    pub fn office(&self) -> Office {
        self.office_with(&json!({}))
    }

    /// An organisation that differs from the usual one in these members.
    #[track_caller]
    pub fn office_with(&self, members: &Value) -> Office {
        let slug = fresh("council");
        let mut issuer = new_issuer(&slug);
        merge(&mut issuer, members);
        self.post("/api/v1/issuers")
            .token(&self.operator)
            .json(&issuer)
            .expect(201);
        let path = format!("/api/v1/issuers/{slug}");
        let administrator = self
            .post("/api/v1/tokens")
            .token(&self.operator)
            .json(&json!({ "issuer": slug, "role": "administrator", "name": "Head" }))
            .expect(201)
            .word("token");
        let staff = |role: &str| self.staff(&path, &administrator, role);
        Office {
            officer: staff("officer"),
            approver: staff("approver"),
            auditor: staff("auditor"),
            tester: staff("tester"),
            administrator,
            slug,
            path,
        }
    }

    /// A token of an organisation.
    #[track_caller]
    pub fn staff(&self, path: &str, administrator: &str, role: &str) -> String {
        self.post(&format!("{path}/tokens"))
            .token(administrator)
            .json(&json!({ "role": role, "name": role }))
            .expect(201)
            .word("token")
    }

    /// A design with the usual policy; its slug.
    #[track_caller]
    pub fn design(&self, office: &Office) -> String {
        self.design_with(office, &json!({}))
    }

    /// A design that differs from the usual one in these members; its slug.
    #[track_caller]
    pub fn design_with(&self, office: &Office, members: &Value) -> String {
        let slug = fresh("design");
        let mut design = new_design(&slug);
        merge(&mut design, members);
        self.post(&format!("{}/achievements", office.path))
            .token(&office.officer)
            .json(&design)
            .expect(201);
        slug
    }

    /// A request for a badge.
    pub fn order(&self, office: &Office, badge: &Value) -> Request {
        self.post(&format!("{}/credentials", office.path))
            .token(&office.officer)
            .json(badge)
    }

    /// A badge with the usual content.
    #[track_caller]
    pub fn badge(&self, office: &Office, design: &str) -> Badge {
        Badge::of(&self.order(office, &new_badge(design)).expect(201))
    }

    /// An organisation, a design and a badge.
    #[track_caller]
    pub fn given(&self) -> (Office, String, Badge) {
        let office = self.office();
        let design = self.design(&office);
        let badge = self.badge(&office, &design);
        (office, design, badge)
    }

    /// A request about a badge.
    pub fn about(&self, office: &Office, badge: &Badge, what: &str) -> Request {
        self.post(&format!("{}/credentials/{}/{what}", office.path, badge.id))
            .token(&office.officer)
            .text("{}")
    }
}

/// A badge that was given.
#[derive(Debug, Clone)]
pub struct Badge {
    /// Its id in the API.
    pub id: String,
    /// Its address.
    pub address: String,
    /// The badge itself, as it was handed out.
    pub bytes: Vec<u8>,
    /// All that was answered.
    pub answer: Value,
}

impl Badge {
    /// The badge of an answer.
    #[track_caller]
    pub fn of(answer: &Answer) -> Self {
        Self::of_raw(serde_json::from_slice(&answer.body).expect("JSON"))
    }

    /// The badges of a list.
    #[track_caller]
    pub fn all_of(answer: &Answer) -> Vec<Self> {
        #[derive(Deserialize)]
        struct List<'a> {
            #[serde(borrow)]
            items: Vec<&'a RawValue>,
        }
        let list: List<'_> = serde_json::from_slice(&answer.body).expect("a list");
        list.items.into_iter().map(Self::of_raw).collect()
    }

    fn of_raw(raw: &RawValue) -> Self {
        #[derive(Deserialize)]
        struct Given<'a> {
            id: String,
            address: String,
            #[serde(borrow)]
            credential: Option<&'a RawValue>,
            token: Option<String>,
        }
        let given: Given<'_> = serde_json::from_str(raw.get()).expect("a badge");
        let text = given.credential.map(RawValue::get).map(str::to_owned);
        Self {
            id: given.id,
            address: given.address,
            bytes: text.or(given.token).unwrap_or_default().into_bytes(),
            answer: serde_json::from_str(raw.get()).expect("JSON"),
        }
    }

    /// The badge as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).expect("a badge in JSON")
    }
}

/// The first proof of what is sealed in JSON.
#[track_caller]
pub fn proof(sealed: &Value) -> Value {
    match &sealed["proof"] {
        Value::Array(proofs) => proofs[0].clone(),
        proof => proof.clone(),
    }
}

/// The key that sealed.
#[track_caller]
pub fn method(sealed: &Value) -> String {
    let method = proof(sealed)["verificationMethod"].clone();
    method.as_str().expect("a method").to_owned()
}

/// Puts members into an object, deeply.
fn merge(into: &mut Value, members: &Value) {
    match (into, members) {
        (Value::Object(into), Value::Object(members)) => {
            for (name, value) in members {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (into, value) => *into = value.clone(),
    }
}
