//! Issues badges and checks them, with keys that are identifiers.

use countersign::clock::Moment;
use countersign::did;
use countersign::issue::{Draft, Method, Seal, Settings, Signed, lint, sign};
use countersign::json::{self, Value};
use countersign::keys::SecretKey;
use countersign::proof::Suite;
use countersign::verify::{Answer, Policy, Step, Unavailable, Verification};

pub const BADGE: &str = include_str!("../../src/issue/samples/badge.json");
pub const ENDORSEMENT: &str = include_str!("../../src/issue/samples/endorsement.json");
pub const STATUS_LIST: &str = include_str!("../../src/issue/samples/status_list.json");

pub const RDFC: Seal = Seal::Embedded(Suite::EddsaRdfc2022);
pub const JCS: Seal = Seal::Embedded(Suite::EddsaJcs2022);

pub fn now() -> Moment {
    Moment::parse("2026-11-25T12:00:00Z").expect("a moment")
}

pub fn value(text: &str) -> Value<'static> {
    json::parse(text.as_bytes())
        .unwrap_or_else(|error| panic!("{error}: {text}"))
        .into_owned()
}

pub fn key(seed: u8) -> SecretKey {
    SecretKey::from_ed25519_seed(&[seed; 32])
}

/// Lints and signs `text` with `key`, whose did:key becomes the issuer.
pub fn issue(text: &str, key: &SecretKey, seal: Seal) -> Signed {
    let controller = did::key::did(key.public()).expect("a did:key");
    let mut draft = Draft::parse(text.as_bytes()).expect("a draft");
    draft.set_issuer(&controller);
    let settings = Settings::new(controller, seal);
    let (ready, _) =
        lint(draft, &settings, now()).unwrap_or_else(|broken| panic!("{broken:#?}\n{text}"));
    let method = Method {
        seal,
        verification_method: did::key::method_id(key.public()).expect("a method"),
        created: now(),
    };
    sign(ready, key, &method).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Whether a stranger would take `bytes` for what their issuer signed. Nobody
/// can be asked for anything.
pub fn is_authentic(bytes: &[u8]) -> bool {
    let mut check = Verification::new(bytes, now(), Policy::default());
    loop {
        match check.step() {
            Step::Done(report) => return report.is_authentic(),
            Step::Ask(wanted) => {
                check.answer(wanted, Answer::Unavailable(Unavailable::Offline));
            }
        }
    }
}
