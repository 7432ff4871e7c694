//! VC-JWT and VC-JOSE-COSE: the key comes from the issuer's own document,
//! never from the header (Open Badges 3.0 §8.2, as amended by our choices).

use super::method::{self, Controller, FoundKey};
use super::proof::Outcome;
use crate::clock::Moment;
use crate::credential::read::Credential;
use crate::did::{Published, Relationship};
use crate::json::{Number, Object, Value, beginning};
use crate::keys::PublicKey;
use crate::limits;
use crate::proof::{Error, Jws};
use crate::verify::desk::{Asking, Desk};
use crate::verify::report::{Finding, ProofReport, Report, State};
use crate::verify::wanted::{Unavailable, WantedKind};

/// Most keys of an issuer that are tried for a token without a usable `kid`.
const CANDIDATES: usize = 8;

/// Judges the signature of a token that `signer` must have made.
pub(in crate::verify) fn check(
    desk: &Desk<'_>,
    report: &mut Report,
    token: &Jws<'_>,
    signer: &str,
    relationship: Relationship,
) -> Asking<Outcome> {
    let outcome = match keys_of(desk, token, signer, relationship)? {
        Err(finding) => Outcome::only(finding),
        Ok(keys) => judge(desk, token, &keys),
    };
    report.proofs.push(ProofReport {
        suite: token.header().text("alg").unwrap_or_default().to_owned(),
        method: beginning(token.header().text("kid").unwrap_or_default(), 300),
        controller: (outcome.issuer.state == State::Holds).then(|| signer.to_owned()),
        by_issuer: outcome.issuer.state == State::Holds,
        finding: outcome.proof.clone(),
    });
    Ok(outcome)
}

fn judge(desk: &Desk<'_>, token: &Jws<'_>, keys: &[FoundKey]) -> Outcome {
    let fitting: Vec<&FoundKey> = keys
        .iter()
        .filter(|found| token.is_for(found.key.algorithm()))
        .collect();
    if fitting.is_empty() {
        return Outcome::only(Finding::fails(
            Error::Algorithm.code(),
            "no key of the issuer fits the token's algorithm",
        ));
    }
    match fitting
        .into_iter()
        .find(|found| token.verify(&found.key).is_ok())
    {
        Some(found) => Outcome {
            proof: Finding::holds(),
            issuer: Finding::holds(),
            key: method::key_state(found, desk.now),
        },
        None => Outcome::only(Finding::fails(
            Error::Signature.code(),
            Error::Signature.to_string(),
        )),
    }
}

/// The keys that the issuer's own documents list for this purpose, narrowed by
/// the header's `kid` or `jwk`.
fn keys_of(
    desk: &Desk<'_>,
    token: &Jws<'_>,
    signer: &str,
    relationship: Relationship,
) -> Asking<Result<Vec<FoundKey>, Finding>> {
    let kid = token.header().text("kid");
    if let Some(kid) = kid
        && kid.starts_with("did:")
        && kid.contains('#')
    {
        return Ok(match method::find(desk, kid, relationship)? {
            Ok(found) if found.controller == signer => Ok(vec![found]),
            Ok(_) => Err(Finding::fails(
                "verification_method_mismatch",
                "the token names a key of somebody else than its issuer",
            )),
            Err(finding) => Err(finding),
        });
    }
    let listed = match listed_keys(desk, signer, relationship)? {
        Ok(listed) => listed,
        Err(finding) => return Ok(Err(finding)),
    };
    Ok(narrow(token, kid, listed))
}

/// A `kid` names one of them, a `jwk` must be one of them.
fn narrow(
    token: &Jws<'_>,
    kid: Option<&str>,
    listed: Vec<Listed>,
) -> Result<Vec<FoundKey>, Finding> {
    let mismatch = || {
        Err(Finding::fails(
            "verification_method_mismatch",
            "the issuer does not list the token's key",
        ))
    };
    if let Some(jwk) = token.header().get("jwk").and_then(Value::as_object) {
        let Ok(key) = PublicKey::from_jwk(jwk) else {
            return Err(Finding::fails(
                "jwt_header_refused",
                "the key in the token's header is malformed",
            ));
        };
        let thumbprint = key.thumbprint();
        let same: Vec<FoundKey> = listed
            .into_iter()
            .map(|listed| listed.found)
            .filter(|found| found.key.thumbprint() == thumbprint)
            .collect();
        return if same.is_empty() {
            mismatch()
        } else {
            Ok(same)
        };
    }
    let named: Vec<FoundKey> = listed
        .into_iter()
        .filter(|listed| kid.is_none_or(|kid| listed.is_named(kid)))
        .map(|listed| listed.found)
        .take(CANDIDATES)
        .collect();
    if named.is_empty() {
        mismatch()
    } else {
        Ok(named)
    }
}

/// A key that the issuer lists, with the names it goes by.
struct Listed {
    names: Vec<String>,
    found: FoundKey,
}

impl Listed {
    /// A `kid` names a key in full, by its fragment, or by the last part of the
    /// address where the bare key is served.
    fn is_named(&self, kid: &str) -> bool {
        let last = kid.rsplit(['#', '/']).next().unwrap_or(kid);
        self.names
            .iter()
            .any(|name| name == kid || name.rsplit(['#', '/']).next() == Some(last))
    }
}

/// From the controller document, or for an https issuer without one from the
/// key set of its host (Open Badges 3.0 implementation guide, "JWKS").
fn listed_keys(
    desk: &Desk<'_>,
    signer: &str,
    relationship: Relationship,
) -> Asking<Result<Vec<Listed>, Finding>> {
    let controller = method::controller(desk, signer)?;
    match controller {
        Ok((controller, id)) => {
            let listed = from_document(&controller, &id, relationship);
            if !listed.is_empty() || !signer.starts_with("http") {
                return Ok(Ok(listed));
            }
        }
        Err(finding) if !signer.starts_with("http") || finding.state == State::Fails => {
            return Ok(Err(finding));
        }
        Err(_) => {}
    }
    let Some(url) = key_set_url(signer) else {
        return Ok(Err(Finding::fails(
            "verification_method_mismatch",
            "the issuer has no address for its keys",
        )));
    };
    Ok(match desk.ask(WantedKind::KeySet, &url)? {
        Ok(document) => match document.json() {
            Ok(set) => Ok(from_key_set(&set, signer, document.age(desk.now))),
            Err(error) => Err(Finding::unknown(
                error.code(),
                "the issuer's key set cannot be read",
            )),
        },
        Err(Unavailable::Gone) => Err(Finding::unknown(
            "key_unreachable",
            "the issuer's key set is gone",
        )),
        Err(why) => Err(method::unreachable(&url, why)),
    })
}

fn from_document(controller: &Controller, id: &str, relationship: Relationship) -> Vec<Listed> {
    let Ok(Published::Controller(document)) = controller.published() else {
        return Vec::new();
    };
    if document.id() != id {
        return Vec::new();
    }
    document
        .methods()
        .iter()
        .filter(|method| method.controller() == id && document.lists(relationship, method.id()))
        .filter_map(|method| {
            let key = method.key().ok()?.clone();
            Some(Listed {
                names: std::iter::once(method.id())
                    .chain(method.jwk_key_id())
                    .map(str::to_owned)
                    .collect(),
                found: FoundKey {
                    key,
                    controller: id.to_owned(),
                    revoked: method.revoked(),
                    expires: method.expires(),
                    age_seconds: None,
                },
            })
        })
        .collect()
}

fn key_set_url(signer: &str) -> Option<String> {
    let mut url = url::Url::parse(signer).ok()?;
    url.set_path("/.well-known/jwks.json");
    url.set_query(None);
    url.set_fragment(None);
    Some(url.into())
}

/// A member `iss` of a key, if there, must be the issuer.
fn from_key_set(set: &Value<'_>, signer: &str, age_seconds: Option<i64>) -> Vec<Listed> {
    let keys = set
        .get("keys")
        .and_then(Value::as_array)
        .unwrap_or_default();
    keys.iter()
        .filter_map(Value::as_object)
        .filter(|jwk| {
            jwk.get("iss")
                .is_none_or(|iss| iss.as_str() == Some(signer))
        })
        .filter_map(|jwk| {
            Some(Listed {
                names: jwk.text("kid").map(str::to_owned).into_iter().collect(),
                found: FoundKey {
                    key: PublicKey::from_jwk(jwk).ok()?,
                    controller: signer.to_owned(),
                    revoked: None,
                    expires: None,
                    age_seconds,
                },
            })
        })
        .collect()
}

/// The credential in a token's payload. In the 1.1 form it lies under `vc`, and
/// members left out there come from the claims (VCDM 1.1 §6.3.1).
pub(in crate::verify) fn credential<'p>(payload: &Object<'p>) -> Result<Object<'p>, Finding> {
    let is_1_1 = |credential: &Object<'_>| {
        let contexts = credential
            .get("@context")
            .map_or(&[][..], Value::one_or_many);
        contexts.first().and_then(Value::as_str) == Some("https://www.w3.org/2018/credentials/v1")
    };
    let Some(wrapped) = payload.get("vc") else {
        // Open Badges 3.0 §8.2.5: the form and the version go together.
        if is_1_1(payload) {
            return Err(Finding::fails(
                "jwt_claims_mismatch",
                "a credential of version 1.1 lies outside the claim vc",
            ));
        }
        return Ok(payload.clone());
    };
    let Value::Object(inner) = wrapped else {
        return Err(Finding::fails(
            "jwt_claims_mismatch",
            "the claim vc is not an object",
        ));
    };
    if !is_1_1(inner) {
        return Err(Finding::fails(
            "jwt_claims_mismatch",
            "the claim vc holds a credential of another version",
        ));
    }
    let mut credential = inner.clone();
    let claims = [("id", "jti"), ("issuer", "iss")];
    for (member, claim) in claims {
        if let (false, Some(Value::String(text))) =
            (credential.contains(member), payload.get(claim))
        {
            credential.set(member, Value::String(text.clone()));
        }
    }
    for (member, claim) in [("issuanceDate", "nbf"), ("expirationDate", "exp")] {
        let seconds = payload
            .get(claim)
            .and_then(Value::as_number)
            .and_then(Number::as_i64);
        let moment = seconds.and_then(|seconds| Moment::from_unix(seconds).ok());
        if let (false, Some(moment)) = (credential.contains(member), moment) {
            credential.set(member, moment.to_rfc3339());
        }
    }
    Ok(credential)
}

/// The registered claims say what the credential says (Open Badges 3.0 §8.2.4).
/// An absent claim is a remark: the credential itself is signed.
pub(in crate::verify) fn claims(
    report: &mut Report,
    payload: &Object<'_>,
    credential: &Object<'_>,
) -> Finding {
    let subject = credential
        .get("credentialSubject")
        .and_then(|subject| subject.one_or_many().first());
    let texts = [
        ("iss", issuer_id(credential)),
        ("jti", credential.text("id")),
        (
            "sub",
            subject
                .and_then(|subject| subject.get("id"))
                .and_then(Value::as_str),
        ),
    ];
    for (claim, expected) in texts {
        match payload.get(claim) {
            None => report.note(
                "jwt_claim_missing",
                format!("the token does not say {claim}"),
            ),
            Some(Value::String(said))
                if expected.is_none_or(|expected| said == expected)
                    && (claim != "iss" || expected.is_some()) => {}
            Some(_) => return mismatch(claim),
        }
    }
    for (claim, members) in [
        ("nbf", ["validFrom", "issuanceDate"]),
        ("exp", ["validUntil", "expirationDate"]),
    ] {
        if !date_claim_fits(payload.get(claim), credential, members) {
            return mismatch(claim);
        }
    }
    Finding::holds()
}

/// A NumericDate that is one of the credential's dates, in whole seconds. One
/// of another type is not absent.
fn date_claim_fits(claim: Option<&Value<'_>>, credential: &Object<'_>, members: [&str; 2]) -> bool {
    let Some(claim) = claim else {
        return true;
    };
    let Some(said) = claim.as_number().and_then(Number::as_i64) else {
        return false;
    };
    let dates: Vec<i64> = members
        .iter()
        .filter_map(|member| credential.text(member))
        .filter_map(|text| Moment::parse(text).ok())
        .map(Moment::as_unix)
        .collect();
    dates.is_empty() || dates.contains(&said)
}

fn mismatch(claim: &str) -> Finding {
    Finding::fails(
        "jwt_claims_mismatch",
        format!("the token and the badge in it differ in {claim}"),
    )
}

/// The token's own span: `nbf` and `exp` (RFC 7519 §4.1).
pub(in crate::verify) fn lifetime(payload: &Object<'_>, now: Moment) -> Finding {
    let read = |claim: &str| match payload.get(claim) {
        None => Ok(None),
        Some(value) => value
            .as_number()
            .and_then(Number::as_i64)
            .and_then(|seconds| Moment::from_unix(seconds).ok())
            .map(Some)
            .ok_or(()),
    };
    match (read("nbf"), read("exp")) {
        (Err(()), _) | (_, Err(())) => {
            Finding::fails("date_invalid", "a date of the token is not one")
        }
        (Ok(Some(from)), _) if from.seconds_since(now) > limits::CLOCK_SKEW_SECONDS => {
            Finding::fails(
                "not_yet_valid",
                format!("the token counts from {}", from.to_rfc3339()),
            )
            .at(from)
        }
        (_, Ok(Some(until))) if until < now => Finding::fails(
            "expired",
            format!("the token counted until {}", until.to_rfc3339()),
        )
        .at(until),
        _ => Finding::holds(),
    }
}

/// What the credential leaves open, the token decides: `nbf` and `exp` begin and
/// end it too.
pub(in crate::verify) fn with_lifetime<'p>(
    mut credential: Object<'p>,
    payload: &Object<'_>,
) -> Object<'p> {
    let is_1_1 = credential.contains("issuanceDate");
    let (from, until) = super::dates::span(&credential);
    let missing = [
        (from.is_none(), "nbf", ["validFrom", "issuanceDate"]),
        (until.is_none(), "exp", ["validUntil", "expirationDate"]),
    ];
    for (is_missing, claim, [vc_2_0, vc_1_1]) in missing {
        let seconds = payload
            .get(claim)
            .and_then(Value::as_number)
            .and_then(Number::as_i64);
        let moment = seconds.and_then(|seconds| Moment::from_unix(seconds).ok());
        if let (true, Some(moment)) = (is_missing, moment) {
            credential.set(if is_1_1 { vc_1_1 } else { vc_2_0 }, moment.to_rfc3339());
        }
    }
    credential
}

/// The issuer's identifier.
pub(in crate::verify) fn issuer_id<'d>(credential: &'d Object<'d>) -> Option<&'d str> {
    Credential::new(credential).issuer_id()
}
