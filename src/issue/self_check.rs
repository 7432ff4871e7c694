//! Checks what was just signed, by the path that strangers' badges take.
//!
//! **Promises.** Nothing of the signing code is used: the bytes are read
//! again, compared with what was linted, and verified. Whatever is not found
//! authentic is [`Error::Mismatch`].
//!
//! **Does not** fetch. The key document of the issuer is made from the signing
//! key; status lists and other people's keys count as unavailable, which says
//! nothing about authenticity.

use super::{Error, Method, Ready, Seal, Signed, claims};
use crate::canon::jcs;
use crate::did::{self, Located};
use crate::json::{self, Object, Value};
use crate::keys::{Algorithm, PublicKey};
use crate::limits;
use crate::proof::Jws;
use crate::verify::{
    Answer, Document, Policy, Question, Report, State, Step, Unavailable, Verification, Wanted,
    WantedKind,
};
use std::sync::Arc;

/// What was made, and from what.
pub(super) struct Made<'m> {
    pub(super) ready: &'m Ready,
    pub(super) signed: &'m Signed,
    pub(super) key: &'m PublicKey,
    pub(super) method: &'m Method,
}

/// Whether a verification method can be one of `controller`: it lies in the
/// controller's own document, or at an address of the same host.
pub(super) fn belongs_to(method: &str, controller: &str) -> bool {
    match method.split_once('#') {
        Some((document, fragment)) => document == controller && !fragment.is_empty(),
        None => is_at_host_of(method, controller),
    }
}

fn is_at_host_of(method: &str, controller: &str) -> bool {
    let located = |identifier: &str| match did::locate(identifier, LOOPBACK) {
        Ok(Located::At { url, .. }) => url::Url::parse(&url).ok(),
        _ => None,
    };
    let is_web = method.starts_with("https://") || method.starts_with("http://");
    is_web
        && matches!(
            (located(method), located(controller)),
            (Some(method), Some(controller)) if method.origin() == controller.origin()
        )
}

/// Whether plain http is allowed was linted; here only hosts are compared.
const LOOPBACK: did::Settings = did::Settings::LOOPBACK;

/// Reads, compares, verifies.
///
/// # Errors
/// [`Error::Mismatch`], or [`Error::OtherSeal`] if it is a proof that was
/// there before which does not hold.
pub(super) fn check(made: &Made<'_>) -> Result<(), Error> {
    let text = made.signed.text();
    // What nobody reads is not handed out, whatever it says.
    if text.len() > limits::INPUT_BYTES {
        return Err(Error::TooLarge);
    }
    match made.signed {
        Signed::Json(_) => {
            let signed = json::parse(text.as_bytes())
                .map_err(|_| mismatch("the signed credential cannot be read"))?;
            let alone = unchanged_json(made.ready, &signed)?;
            verify_new_proof(made, signed, alone)
        }
        Signed::Token(_) => {
            unchanged_token(made.ready, &text)?;
            let verification =
                Verification::new(text.as_bytes(), made.method.created, policy(made));
            require_authentic(&report_on(made, verification))
        }
    }
}

const fn mismatch(what: &'static str) -> Error {
    Error::Mismatch { what }
}

/// The signed document without the new proof is what was linted. Returns the
/// document with the new proof alone, if others were there before.
fn unchanged_json<'t>(ready: &Ready, signed: &Value<'t>) -> Result<Option<Value<'t>>, Error> {
    let Some(signed) = signed.as_object() else {
        return Err(mismatch("the signed credential is no object"));
    };
    let Some((new, earlier)) = signed
        .get("proof")
        .and_then(Value::as_array)
        .and_then(<[_]>::split_last)
    else {
        return Err(mismatch("the signed credential has no proofs"));
    };
    let before = ready
        .object()
        .get("proof")
        .map_or(&[][..], Value::one_or_many);
    if earlier != before {
        return Err(mismatch("earlier proofs were changed"));
    }
    if !members(signed).eq(members(ready.object())) {
        return Err(mismatch("the signed credential differs"));
    }
    if before.is_empty() {
        return Ok(None);
    }
    let mut alone = signed.clone();
    alone.set("proof", vec![new.clone()]);
    Ok(Some(Value::Object(alone)))
}

fn members<'o, 't>(object: &'o Object<'t>) -> impl Iterator<Item = (&'o str, &'o Value<'t>)> {
    object.iter().filter(|(name, _)| *name != "proof")
}

fn unchanged_token(ready: &Ready, token: &str) -> Result<(), Error> {
    let jws = Jws::parse(token).map_err(|_| mismatch("the token cannot be read"))?;
    let Ok(Value::Object(payload)) = json::parse(jws.payload()) else {
        return Err(mismatch("the token's payload cannot be read"));
    };
    let credential = Value::Object(claims::without(&payload));
    if jcs::to_text(&credential) == jcs::to_text(ready.document()) {
        Ok(())
    } else {
        Err(mismatch("the credential in the token differs"))
    }
}

/// Proofs of a set stand each by itself: the new one has to hold alone, and
/// the ones before must not be known to fail.
fn verify_new_proof(
    made: &Made<'_>,
    signed: Value<'_>,
    alone: Option<Value<'_>>,
) -> Result<(), Error> {
    let report_on = |tree| {
        let verification = Verification::of_tree(tree, made.method.created, policy(made));
        report_on(made, verification)
    };
    let Some(alone) = alone else {
        return require_authentic(&report_on(signed));
    };
    require_authentic(&report_on(alone))?;
    let report = report_on(signed);
    let Some((new, before)) = report.proofs.split_last() else {
        return require_authentic(&report);
    };
    if new.finding.state != State::Holds || !new.by_issuer {
        return Err(mismatch(new.finding.code));
    }
    let failed = before.iter().find(|proof| {
        proof.finding.state == State::Fails && !is_other_key_of_issuer(made, &proof.method)
    });
    match failed {
        Some(proof) => Err(Error::OtherSeal {
            code: proof.finding.code,
        }),
        None => Ok(()),
    }
}

/// A key that our made-up key document does not list says nothing.
fn is_other_key_of_issuer(made: &Made<'_>, method: &str) -> bool {
    method != made.method.verification_method
        && belongs_to(method, controller(made))
        && is_fetched(method)
}

fn is_fetched(identifier: &str) -> bool {
    matches!(did::locate(identifier, LOOPBACK), Ok(Located::At { .. }))
}

fn require_authentic(report: &Report) -> Result<(), Error> {
    if report.is_authentic() {
        Ok(())
    } else {
        Err(mismatch(report.answer(Question::Authentic).code))
    }
}

fn controller<'m>(made: &Made<'m>) -> &'m str {
    &made.ready.settings().controller
}

fn policy(made: &Made<'_>) -> Policy {
    Policy {
        dev: made.ready.settings().dev,
        skip_refresh: true,
        ..Policy::default()
    }
}

/// The whole verification. It ends: each answer is one of a bounded number.
fn report_on(made: &Made<'_>, mut verification: Verification<'_>) -> Report {
    loop {
        match verification.step() {
            Step::Done(report) => return *report,
            Step::Ask(wanted) => {
                let answer = answer(made, &wanted);
                verification.answer(wanted, answer);
            }
        }
    }
}

fn answer(made: &Made<'_>, wanted: &Wanted) -> Answer {
    let settings = did::Settings {
        loopback_http: made.ready.settings().dev,
    };
    let lies_there = |identifier: &str| matches!(did::locate(identifier, settings), Ok(Located::At { url, .. }) if url == wanted.url);
    let document = if wanted.kind != WantedKind::Controller {
        None
    } else if lies_there(controller(made)) {
        Some(controller_document(made))
    } else if lies_there(&made.method.verification_method) {
        Some(key_document(made, &made.method.verification_method))
    } else {
        None
    };
    document.map_or(Answer::Unavailable(Unavailable::Offline), |document| {
        let bytes = Value::Object(document).to_json().into_bytes();
        Answer::Document(Arc::new(Document::new(bytes, None)))
    })
}

/// The smallest key document (Controlled Identifiers 1.0 §2.1).
fn controller_document(made: &Made<'_>) -> Object<'static> {
    let id = listed_id(made);
    let mut document = Object::new();
    document.set("id", controller(made).to_owned());
    document.set(
        "verificationMethod",
        vec![Value::Object(key_document(made, &id))],
    );
    document.set("assertionMethod", vec![Value::from(id)]);
    document
}

/// The `kid` of a token may be the address of the bare key; the document of a
/// DID lists the same key by a fragment of that name.
fn listed_id(made: &Made<'_>) -> String {
    let method = &made.method.verification_method;
    let controller = controller(made);
    let is_did = controller.starts_with("did:");
    match method.rsplit('/').next() {
        Some(name) if is_did && made.method.seal == Seal::VcJwt && !method.contains('#') => {
            format!("{controller}#{name}")
        }
        _ => method.clone(),
    }
}

fn key_document(made: &Made<'_>, id: &str) -> Object<'static> {
    let mut document = Object::new();
    document.set("id", id.to_owned());
    document.set("controller", controller(made).to_owned());
    match made.key.to_multibase() {
        Some(multibase) if made.key.algorithm() != Algorithm::Rsa => {
            document.set("type", "Multikey");
            document.set("publicKeyMultibase", multibase);
        }
        _ => {
            document.set("type", "JsonWebKey");
            document.set("publicKeyJwk", made.key.to_jwk());
        }
    }
    document
}
