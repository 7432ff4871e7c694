//! Whether a hosted assertion lies where its issuer says its assertions lie
//! (Open Badges 2.0 "Verification of Hosted Badges", `VerificationObject` of
//! a profile).

use super::node::Node;
use super::profile::Profile;
use super::version::Version;
use crate::json::Value;
use crate::verify::report::{Finding, State};

/// By default an issuer's assertions lie at the authority of its identifier.
pub(super) fn check(issuer: &Profile<'_>, assertion: &str) -> Finding {
    let Some(own) = issuer.id.and_then(authority) else {
        return not_bound();
    };
    if !issuer.has_own_address && issuer.node.version != Version::V0_5 {
        return not_bound();
    }
    let policy = match policy(&issuer.node) {
        Ok(policy) => policy,
        Err(finding) => return finding,
    };
    let origins = if policy.starts_with.is_empty() && policy.origins.is_empty() {
        vec![own]
    } else {
        policy.origins
    };
    let here = authority(assertion);
    let starts = policy.starts_with.is_empty()
        || policy
            .starts_with
            .iter()
            .any(|prefix| is_within(assertion, prefix));
    let is_allowed = origins.is_empty() || here.is_some_and(|here| origins.contains(&here));
    if starts && is_allowed {
        Finding::new(State::Holds, "hosted", "hosted where the issuer says")
    } else {
        Finding::fails(
            "hosted_out_of_scope",
            "the badge is not hosted where its issuer says that its badges are",
        )
    }
}

/// Nothing ties the issuer to a website: anybody could have written its name.
pub(super) fn not_bound() -> Finding {
    Finding::unknown(
        "issuer_not_bound",
        "the issuer has no web address of its own, so nothing shows who it is",
    )
}

#[derive(Default)]
struct Policy<'d> {
    origins: Vec<String>,
    starts_with: Vec<&'d str>,
}

fn policy<'d>(issuer: &Node<'d>) -> Result<Policy<'d>, Finding> {
    let object = match issuer.one("verification")? {
        None => return Ok(Policy::default()),
        Some(Value::Object(object)) => object,
        Some(_) => return Err(issuer.malformed("verification")),
    };
    let verification = issuer.part(object);
    if !matches!(
        verification.text("verificationProperty")?,
        None | Some("id" | "@id")
    ) {
        return Err(Finding::unknown(
            "scope_unsupported",
            "the issuer's badges are told by something else than their address",
        ));
    }
    let texts = |member: &str| -> Result<Vec<&'d str>, Finding> {
        verification
            .all(member)
            .map(|value| value.as_str().ok_or_else(|| issuer.malformed(member)))
            .collect()
    };
    let origins = texts("allowedOrigins")?
        .into_iter()
        .map(|origin| origin_authority(origin).ok_or_else(|| issuer.malformed("allowedOrigins")))
        .collect::<Result<_, _>>()?;
    Ok(Policy {
        origins,
        starts_with: texts("startsWith")?,
    })
}

/// `https://a.example` begins `https://a.example.evil.example/` too, so the
/// authority must be the same.
fn is_within(assertion: &str, prefix: &str) -> bool {
    assertion.starts_with(prefix)
        && authority(prefix).is_some()
        && authority(prefix) == authority(assertion)
}

/// Host, and the port if it is not the usual one.
pub(super) fn authority(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    let host = url.host_str()?;
    Some(match url.port() {
        None => host.to_owned(),
        Some(port) => format!("{host}:{port}"),
    })
}

/// An allowed origin is an authority; some write it as an origin.
fn origin_authority(text: &str) -> Option<String> {
    if text.contains("://") {
        authority(text)
    } else {
        let origin = url::Url::parse(&format!("https://{text}/")).ok()?;
        let is_bare = origin.path() == "/" && origin.username().is_empty() && !text.contains('@');
        is_bare.then(|| authority(origin.as_str())).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_within_its_own_authority() {
        for (assertion, prefix, expected) in [
            ("https://a.example/b/1", "https://a.example/b/", true),
            ("https://a.example/b/1", "https://a.example", true),
            ("https://a.example/b/1", "https://a.example/c/", false),
            (
                "https://a.example.evil.example/1",
                "https://a.example",
                false,
            ),
            ("https://a.example:8443/1", "https://a.example", false),
            (
                "https://a.example@evil.example/1",
                "https://a.example",
                false,
            ),
            ("https://a.example/1", "https://", false),
            ("https://a.example/1", "", false),
        ] {
            assert_eq!(
                is_within(assertion, prefix),
                expected,
                "{assertion} {prefix}"
            );
        }
    }

    #[test]
    fn an_origin_is_an_authority_however_it_is_written() {
        for (text, expected) in [
            ("a.example", Some("a.example")),
            ("A.Example", Some("a.example")),
            ("a.example:443", Some("a.example")),
            ("a.example:8443", Some("a.example:8443")),
            ("https://a.example", Some("a.example")),
            ("https://a.example/", Some("a.example")),
            ("evil@a.example", None),
            ("a.example/path", None),
            ("", None),
            ("not a host", None),
        ] {
            assert_eq!(origin_authority(text).as_deref(), expected, "{text}");
        }
    }
}
