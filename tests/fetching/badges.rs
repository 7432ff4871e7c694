//! An issuer of the tests: its key, its documents, its badges, its site.

use crate::peer::{Certificate, Peer, Wire, answer, path, say, trickle};
use countersign::clock::Moment;
use countersign::did::{self, web::Web};
use countersign::json::{Value, parse};
use countersign::keys::SecretKey;
use countersign::net::Settings;
use countersign::proof::{Claims, Suite, create};
use countersign::status::{Bitstring, EntrySize, ListDraft, ListEntry, Purpose};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const COURSE: &str = include_str!("../../src/cli/demo/course.json");
pub(crate) const INDEX: u64 = 94_567;

/// Whoever issues.
pub(crate) struct Issuer {
    key: SecretKey,
    pub(crate) base: String,
    pub(crate) did: String,
}

impl Issuer {
    pub(crate) fn at(base: &str) -> Self {
        let settings = did::Settings {
            loopback_http: base.starts_with("http:"),
        };
        Self {
            key: SecretKey::from_ed25519_seed(&[7; 32]),
            base: base.to_owned(),
            did: Web::from_base_url(base, settings).expect("a base").did(),
        }
    }

    /// The same issuer with another key under the same or another name.
    pub(crate) fn with_key(mut self, seed: u8) -> Self {
        self.key = SecretKey::from_ed25519_seed(&[seed; 32]);
        self
    }

    pub(crate) fn keys_url(&self) -> String {
        format!("{}/.well-known/did.json", self.base)
    }

    pub(crate) fn list_url(&self) -> String {
        format!("{}/status/1", self.base)
    }

    /// The document with its key under the name `name`.
    pub(crate) fn document(&self, name: &str) -> String {
        let did = &self.did;
        let key = self.key.public().to_multibase().expect("a multikey");
        format!(
            r#"{{"@context":["https://www.w3.org/ns/did/v1","https://w3id.org/security/multikey/v1"],
            "id":"{did}","verificationMethod":[{{"id":"{did}#{name}","type":"Multikey",
            "controller":"{did}","publicKeyMultibase":"{key}"}}],"assertionMethod":["{did}#{name}"]}}"#
        )
    }

    fn sign(&self, document: &mut Value<'static>, name: &str, created: Moment) -> String {
        let method = format!("{}#{name}", self.did);
        let claims = Claims {
            method: &method,
            purpose: "assertionMethod",
            created,
            challenge: None,
            domain: None,
        };
        let proof = create(document, &self.key, Suite::EddsaJcs2022, &claims).expect("a proof");
        let object = document.as_object_mut().expect("an object");
        object.set("proof", Value::Object(proof));
        document.to_json()
    }

    pub(crate) fn badge(&self, name: &str) -> String {
        let mut badge = parse(COURSE.as_bytes()).expect("JSON").into_owned();
        let object = badge.as_object_mut().expect("an object");
        let issuer = object.get_mut("issuer").and_then(Value::as_object_mut);
        issuer.expect("an issuer").set("id", self.did.clone());
        let entry = ListEntry::new(self.list_url(), INDEX, Purpose::Revocation);
        object.set("credentialStatus", entry.to_object());
        self.sign(&mut badge, name, crate::now().plus_seconds(-1_000))
    }

    /// A list that began at `from` and ends `days` later.
    pub(crate) fn list(&self, from: Moment, days: i64, is_withdrawn: bool) -> String {
        let mut bits = Bitstring::new(Bitstring::MIN_ENTRIES, EntrySize::ONE).expect("bits");
        bits.set(INDEX, EntrySize::ONE, u64::from(is_withdrawn))
            .expect("a bit");
        let draft = ListDraft {
            id: &self.list_url(),
            issuer: &self.did,
            purpose: &Purpose::Revocation,
            valid_from: from,
            valid_until: from.plus_seconds(days * 86_400),
            ttl: None,
        };
        let mut list = Value::Object(draft.to_credential(&bits).expect("a list"));
        self.sign(&mut list, "key-1", from)
    }
}

/// How a site fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// It closes the connection at once.
    Closed,
    Reset,
    Truncated,
    Slow,
    Status(&'static str),
    Page,
    Garbage,
    Certificate(Certificate),
}

/// What a site serves, and how it fails just now.
#[derive(Clone)]
pub(crate) struct Site(Arc<Mutex<Served>>);

/// A body, and fields of its head.
type Page = (String, Vec<(&'static str, &'static str)>);

struct Served {
    documents: HashMap<String, Page>,
    fault: Fault,
    /// Only addresses that hold this text fail.
    only: &'static str,
}

impl Site {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Served {
            documents: HashMap::new(),
            fault: Fault::None,
            only: "",
        })))
    }

    /// A peer that serves it over http, and the issuer who lives there.
    pub(crate) fn open(&self) -> (Peer, Issuer) {
        let site = self.clone();
        let peer = Peer::new(move |head, wire| site.answer(head, wire));
        let issuer = Issuer::at(&format!("http://localhost:{}", peer.port));
        self.publish(&issuer);
        (peer, issuer)
    }

    /// The same over TLS at `issuer.example`.
    pub(crate) fn open_securely(&self) -> (Peer, Issuer) {
        let (site, other) = (self.clone(), self.clone());
        let certificate = move || match other.0.lock().expect("not poisoned").fault {
            Fault::Certificate(certificate) => certificate,
            _ => Certificate::Issuer,
        };
        let peer = Peer::secure(certificate, move |head, wire| site.answer(head, wire));
        let issuer = Issuer::at(&format!("https://issuer.example:{}", peer.port));
        self.publish(&issuer);
        (peer, issuer)
    }

    fn publish(&self, issuer: &Issuer) {
        self.serve("/.well-known/did.json", issuer.document("key-1"), &[]);
        self.serve("/status/1", issuer.list(list_began(), 60, false), &[]);
    }

    pub(crate) fn serve(&self, path: &str, body: String, fields: &[(&'static str, &'static str)]) {
        let mut served = self.0.lock().expect("not poisoned");
        served
            .documents
            .insert(path.to_owned(), (body, fields.to_vec()));
    }

    pub(crate) fn fail(&self, fault: Fault, only: &'static str) {
        let mut served = self.0.lock().expect("not poisoned");
        (served.fault, served.only) = (fault, only);
    }

    fn answer(&self, head: &str, wire: &mut dyn Wire) {
        let (found, fault) = {
            let served = self.0.lock().expect("not poisoned");
            let fails = path(head).contains(served.only);
            let fault = if fails { served.fault } else { Fault::None };
            (served.documents.get(path(head)).cloned(), fault)
        };
        let Some((body, fields)) = found else {
            return answer(wire, "404 Not Found", &[], b"");
        };
        let json = [("Content-Type", "application/json")];
        match fault {
            Fault::None | Fault::Certificate(_) => {
                let fields: Vec<_> = json.into_iter().chain(fields).collect();
                answer(wire, "200 OK", &fields, body.as_bytes());
            }
            Fault::Closed => {}
            Fault::Reset | Fault::Truncated => {
                let text = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
                    body.len(),
                    &body[..body.len() / 2]
                );
                say(wire, text.as_bytes());
            }
            Fault::Slow => trickle(wire, b"HTTP/1.1 200 OK\r\nX: y", Duration::from_millis(100)),
            Fault::Status(status) => answer(wire, status, &json, body.as_bytes()),
            Fault::Page => answer(wire, "200 OK", &[("Content-Type", "text/html")], b"<html>"),
            Fault::Garbage => answer(wire, "200 OK", &json, b"{\"id\":"),
        }
    }
}

pub(crate) fn list_began() -> Moment {
    Moment::parse("2026-11-25T00:00:00Z").expect("a moment")
}

/// Times short enough for peers that hang.
pub(crate) fn hasty(mut settings: Settings) -> Settings {
    let short = Duration::from_millis(150);
    settings.times.head = short;
    settings.times.tls = short;
    settings.times.connect = short;
    settings
}
