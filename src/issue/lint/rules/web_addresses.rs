//! Addresses that people open.

use crate::issue::lint::{Broken, Context, Lint, Place, Severity, badges_and_endorsements};
use crate::json::Value;
use url::{Host, Url};

pub(super) static LINT: Lint = Lint {
    name: "web_addresses",
    citation: "Open Badges 3.0 §B.1 Achievement.id, Profile.url; OB3-ISS-06",
    sentence: "The issuer's page is at an https address, and an achievement is named by one or by a UUID.",
    severity: Severity::Error,
    applies: badges_and_endorsements,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let dev = context.settings().dev;
    let mut places = Vec::new();
    let object = context.object();
    let url = object.get("issuer").and_then(|issuer| issuer.get("url"));
    if let Some(Value::String(url)) = url
        && !is_https(url, dev)
    {
        places.push(Place::new(
            "/issuer/url",
            LINT.name,
            "must be an https address",
        ));
    }
    let id = object
        .get("credentialSubject")
        .and_then(|subject| subject.get("achievement"))
        .and_then(|achievement| achievement.get("id"));
    if let Some(Value::String(id)) = id
        && !is_https(id, dev)
        && !is_uuid(id)
    {
        places.push(Place::new(
            "/credentialSubject/achievement/id",
            LINT.name,
            "must be an https address or a urn:uuid",
        ));
    }
    Broken::at(&LINT, places)
}

/// An https address without a name and password in it; on this machine http
/// will do while developing.
pub(super) fn is_https(text: &str, dev: bool) -> bool {
    let Ok(url) = Url::parse(text) else {
        return false;
    };
    let is_secure = text.starts_with("https://");
    let is_local = text.starts_with("http://") && dev && is_loopback(&url);
    (is_secure || is_local) && url.username().is_empty() && url.password().is_none()
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// RFC 9562 §4, in small or capital letters.
fn is_uuid(text: &str) -> bool {
    let Some(uuid) = text.strip_prefix("urn:uuid:") else {
        return false;
    };
    let parts: Vec<&str> = uuid.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && parts
            .iter()
            .all(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    const ACHIEVEMENT: &str = "/credentialSubject/achievement/id";

    #[test]
    fn pages_are_at_https_addresses() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[("/issuer/url", "")]);
        trial.good(&[(
            ACHIEVEMENT,
            r#""urn:uuid:11c3f7de-6a02-4a0e-9f53-83f1bb0e6c77""#,
        )]);
        for other in [
            r#""http://badges.example.org""#,
            r#""HTTPS://badges.example.org""#,
            r#""https://name:secret@badges.example.org""#,
            r#""https:badges.example.org""#,
            r#""ftp://badges.example.org""#,
            r#""did:web:badges.example.org""#,
            r#""javascript:alert(1)""#,
            r#""http://localhost:8080/x""#,
        ] {
            trial.bad_there("/issuer/url", other);
            trial.bad_there(ACHIEVEMENT, other);
        }
        for other in [
            r#""urn:uuid:11c3f7de""#,
            r#""urn:uuid:11c3f7de-6a02-4a0e-9f53-83f1bb0e6c7g""#,
            r#""urn:uuid:11c3f7de6a024a0e9f5383f1bb0e6c77""#,
            r#""urn:isbn:0451450523""#,
        ] {
            trial.bad_there(ACHIEVEMENT, other);
        }
    }

    #[test]
    fn this_machine_may_do_without_while_developing() {
        let trial = Trial::badge(&LINT).set(|settings| settings.dev = true);
        trial.good(&[("/issuer/url", r#""http://localhost:8080/issuers/x""#)]);
        trial.good(&[(ACHIEVEMENT, r#""http://127.0.0.1:8080/achievements/1""#)]);
        trial.bad_there("/issuer/url", r#""http://badges.example.org""#);
        trial.bad_there("/issuer/url", r#""http://localhost.example.org""#);
    }
}
