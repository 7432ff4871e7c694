//! `POST /vc/credentials/issue`: signs a credential.

use super::answer::{self, Refusal, VcError};
use super::seal::{self, Order};
use super::status::{self, StatusWanted};
use super::whose;
use crate::credential::DocumentKind;
use crate::credential::iri::is_absolute;
use crate::edge::caller::VcApiCaller;
use crate::edge::problem::Problem;
use crate::edge::request::{Body, Context};
use crate::edge::state::State;
use crate::edge::wire::JsonObject;
use crate::http::v1::Problems;
use crate::issue::Draft;
use crate::json::{Object, Value};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Query};
use serde::Deserialize;

/// A credential to sign.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub(crate) struct IssueRequest {
    /// The credential of VC 2.0, without a proof. Its issuer is replaced by
    /// yours; the form, text or object, stays.
    #[schema(value_type = Object)]
    credential: JsonObject,
    /// How.
    options: Option<IssueOptions>,
}

/// How a credential is signed. Members that are not known are passed over, as
/// the VC-API asks.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IssueOptions {
    /// The kind of proof.
    #[schema(example = "eddsa-rdfc-2022")]
    cryptosuite: Option<String>,
    /// For `ecdsa-sd-2023`: JSON Pointers to what every disclosure shows.
    mandatory_pointers: Option<Vec<String>>,
    /// Adds an entry of the organisation's status list.
    credential_status: Option<StatusWanted>,
}

/// The kind of proof in the address, for callers that have an address for each.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct IssueQuery {
    /// The kind of proof, if the options do not name one.
    #[param(example = "eddsa-rdfc-2022")]
    cryptosuite: Option<String>,
}

/// Signs a credential of VC 2.0, and gives it back.
///
/// The issuer that the credential names may be the organisation's identifier,
/// or the `did:key` of one of its keys; anything else is replaced.
#[utoipa::path(post, path = "/vc/credentials/issue", tag = "VC-API", operation_id = "vcApiIssue",
    params(IssueQuery), request_body = IssueRequest, security((), ("token" = [])),
    responses((status = 201, description = "The signed credential.", body = Object),
        (status = 400, description = "The credential cannot be signed as it is.", content_type = "application/problem+json", body = Refusal), Problems))]
pub(crate) async fn create(
    state: Data<State>,
    caller: VcApiCaller,
    context: Context,
    query: Query<IssueQuery>,
    body: Body<IssueRequest>,
) -> Result<HttpResponse, Problem> {
    let IssueRequest {
        credential,
        options,
    } = body.value;
    let options = options.unwrap_or_default();
    let given = credential.parse()?;
    let mut draft = match Draft::parse_any(credential.text().as_bytes()) {
        Ok(draft) if draft.kind() != DocumentKind::StatusList => draft,
        Ok(_) => return Ok(refused(&state, "status lists are made by the node itself")),
        Err(error) => {
            let error = VcError::new(&state, error.code(), &error.to_string(), "/credential");
            return Ok(answer::refusal(None, vec![error]));
        }
    };
    let chosen = whose::choose(
        &state,
        &caller,
        issuer_of(&given),
        options
            .cryptosuite
            .as_deref()
            .or(query.cryptosuite.as_deref()),
    )?;
    if has_sound_issuer(&given) {
        draft.set_issuer(&chosen.controller);
    }
    let order = Order {
        chosen,
        draft,
        pointers: options.mandatory_pointers.unwrap_or_default(),
        purpose: options
            .credential_status
            .as_ref()
            .map(status::purpose)
            .transpose()?,
        actor: caller.actor().to_owned(),
        request: context.id,
    };
    match seal::sign(&state, order).await? {
        Ok(text) => Ok(HttpResponse::Created()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .content_type("application/json")
            .body(text)),
        Err(errors) => Ok(answer::refusal(None, errors)),
    }
}

fn refused(state: &State, why: &str) -> HttpResponse {
    let error = VcError::new(state, "credential_shape", why, "/credential/type");
    answer::refusal(None, vec![error])
}

fn issuer_of<'c>(credential: &'c Object<'_>) -> Option<&'c str> {
    match credential.get("issuer")? {
        Value::String(id) => Some(id),
        Value::Object(issuer) => issuer.text("id"),
        _ => None,
    }
}

/// Whether the issuer is one that can be replaced: it is not there yet, or is
/// what the standard allows. What is malformed stays, and is refused.
fn has_sound_issuer(credential: &Object<'_>) -> bool {
    let is_sound = |id: &Value<'_>| id.as_str().is_some_and(is_absolute);
    match credential.get("issuer") {
        None => true,
        Some(Value::Object(issuer)) => issuer.get("id").is_none_or(is_sound),
        Some(other) => is_sound(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[track_caller]
    fn object(text: &str) -> Object<'static> {
        match json::parse(text.as_bytes()).expect("JSON").into_owned() {
            Value::Object(object) => object,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_a_sound_issuer_is_replaced() {
        for sound in [
            "{}",
            r#"{"issuer":"did:example:a"}"#,
            r#"{"issuer":{"id":"https://a.example"}}"#,
            r#"{"issuer":{"name":"A"}}"#,
        ] {
            assert!(has_sound_issuer(&object(sound)), "{sound}");
        }
        for malformed in [
            r#"{"issuer":null}"#,
            r#"{"issuer":7}"#,
            r#"{"issuer":["did:example:a"]}"#,
            r#"{"issuer":"not a url"}"#,
            r#"{"issuer":{"id":null}}"#,
            r#"{"issuer":{"id":"not a url"}}"#,
        ] {
            assert!(!has_sound_issuer(&object(malformed)), "{malformed}");
        }
    }
}
