//! What must hold after every crash (REL-06).

use crate::node::Place;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// What clients sent and what they were told.
#[derive(Debug, Default)]
pub(crate) struct Told {
    sent: Mutex<BTreeSet<String>>,
    acknowledged: Mutex<BTreeMap<String, Value>>,
}

const BADGES: &str = "/api/v1/issuers/council/credentials";

/// What is asked for under a key: the same for every attempt.
pub(crate) fn asked(key: &str) -> Value {
    json!({"achievement": "first-aid", "subject": {"id": format!("urn:person:{key}")}})
}

impl Told {
    /// Asks for a badge and notes what came of it; `false` if nothing came.
    pub(crate) fn ask(&self, place: &Place, key: &str) -> bool {
        self.sent.lock().unwrap().insert(key.to_owned());
        match place.try_post(&place.officer, BADGES, key, &asked(key)) {
            Some(answer) if answer.status == 201 => {
                let badge = answer.json();
                self.acknowledged
                    .lock()
                    .unwrap()
                    .insert(key.to_owned(), badge);
                true
            }
            _ => false,
        }
    }

    pub(crate) fn first(&self) -> Value {
        let acknowledged = self.acknowledged.lock().unwrap();
        acknowledged.values().next().cloned().expect("a badge")
    }

    pub(crate) fn acknowledged(&self) -> usize {
        self.acknowledged.lock().unwrap().len()
    }

    /// Looks at a node that runs again. Returns what is wrong, so that a
    /// control can see that something is.
    pub(crate) fn broken(&self, place: &Place) -> Result<(), String> {
        let mut positions = BTreeSet::new();
        let mut ids = BTreeSet::new();
        for key in self.sent.lock().unwrap().iter() {
            let badge = self.same_answer(place, key)?;
            let id = badge["id"].as_str().unwrap_or_default().to_owned();
            require(ids.insert(id.clone()), || {
                format!("I2: {id} under two keys")
            })?;
            for entry in entries(&badge) {
                require(positions.insert(entry.clone()), || {
                    format!("I3: {entry} twice")
                })?;
            }
            let read = place.get(&place.officer, &format!("{BADGES}/{id}")).json();
            require(read["credential"] == badge["credential"], || {
                format!("I1: {id} is stored otherwise than it was handed out")
            })?;
        }
        self.everything_listed_is_known(place, &ids)?;
        audited(place, &ids)
    }

    /// I1, I2: the same request gets the same badge, byte for byte.
    fn same_answer(&self, place: &Place, key: &str) -> Result<Value, String> {
        let answer = place
            .try_post(&place.officer, BADGES, key, &asked(key))
            .ok_or("no answer")?;
        require(answer.status == 201, || format!("I1: {key}: {answer:?}"))?;
        let badge = answer.json();
        let before = self.acknowledged.lock().unwrap().get(key).cloned();
        if let Some(before) = before {
            require(before == badge, || {
                format!("I1: {key} was {}, is {}", before["id"], badge["id"])
            })?;
        }
        Ok(badge)
    }

    /// Nothing was given that nobody asked for.
    fn everything_listed_is_known(
        &self,
        place: &Place,
        ids: &BTreeSet<String>,
    ) -> Result<(), String> {
        let mut cursor = String::new();
        let mut seen = 0;
        loop {
            let page = place
                .get(&place.officer, &format!("{BADGES}?limit=200{cursor}"))
                .json();
            for row in page["items"].as_array().unwrap_or(&Vec::new()) {
                let id = row["id"].as_str().unwrap_or_default();
                require(row["state"] == "issued", || {
                    format!("I7: {id} is {}", row["state"])
                })?;
                require(ids.contains(id), || format!("I2: {id} was given to nobody"))?;
                seen += 1;
            }
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        require(seen == ids.len(), || {
            format!("I1: {} badges, {seen} listed", ids.len())
        })
    }
}

/// I4: what was ever handed out can be withdrawn, and others see it.
pub(crate) fn can_be_withdrawn(place: &Place, told: &Told) {
    let badge = told.first();
    let id = badge["id"].as_str().expect("an id");
    let path = format!("{BADGES}/{id}/revocation");
    let withdrawn = place.post(&place.officer, &path, &format!("withdraw {id}"), &json!({}));
    assert!(
        withdrawn["standing"]["withdrawnAt"].is_string(),
        "{withdrawn}"
    );
    crate::node::wait_until(|| {
        let check = json!({"credential": badge["credential"]});
        let answer = place
            .try_post("", "/api/v1/checks", "", &check)
            .expect("an answer");
        answer.json()["outcome"] == "withdrawn"
    });
}

/// I5: one entry for each badge, in a chain that holds.
fn audited(place: &Place, ids: &BTreeSet<String>) -> Result<(), String> {
    let mut noted: BTreeMap<String, usize> = BTreeMap::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v1/issuers/council/audit?limit=200{cursor}");
        let page = place.get(&place.auditor, &path).json();
        for entry in page["items"].as_array().unwrap_or(&Vec::new()) {
            if entry["act"] == "credential.issued" {
                let object = entry["object"].as_str().unwrap_or_default();
                *noted.entry(object.to_owned()).or_default() += 1;
            }
        }
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    for id in ids {
        let count = noted.get(id).copied().unwrap_or_default();
        require(count == 1, || format!("I5: {id} has {count} entries"))?;
    }
    let (code, said) = place.run(&["audit", "verify"]);
    require(code == 0, || format!("I5: {said}"))
}

fn entries(badge: &Value) -> Vec<String> {
    let status = &badge["credential"]["credentialStatus"];
    let all = match status {
        Value::Array(all) => all.clone(),
        Value::Null => Vec::new(),
        one => vec![one.clone()],
    };
    all.iter()
        .map(|entry| {
            format!(
                "{} {}",
                entry["statusListCredential"], entry["statusListIndex"]
            )
        })
        .collect()
}

fn require(holds: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what()) }
}
