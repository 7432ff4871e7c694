//! 1EdTech's `1EdTechRevocationList` (VCRL 1.0, deprecated): an unsigned list
//! of the ids of withdrawn credentials. Read, never issued.
//!
//! As nobody signs it, it is only as good as the place it was found at: the
//! caller fetches it over https, and takes it only from the issuer's own host
//! ([`is_at_issuer`]).

use super::{Error, Mismatch, is_same_url, malformed};
use crate::json::{Object, Value};
use url::Url;

/// A revocation list, as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevocationList {
    /// Whose list it says it is.
    pub issuer: String,
    /// The credentials that are withdrawn.
    pub revoked: Vec<Revoked>,
}

/// A withdrawn credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoked {
    /// The credential's `id`.
    pub id: String,
    /// Why, as the issuer says.
    pub reason: Option<String>,
}

impl RevocationList {
    /// Reads the list found at `url`, for a badge issued by `issuer`.
    ///
    /// # Errors
    /// [`Mismatch::Authority`] if the host is not the issuer's or the list
    /// names another issuer, [`Mismatch::Id`] if it is the list of another
    /// URL, [`Error::Malformed`].
    pub fn read(list: &Object<'_>, url: &str, issuer: &str) -> Result<Self, Error> {
        if !is_at_issuer(url, issuer) {
            return Err(Mismatch::Authority.into());
        }
        let id = list.text("id").ok_or(malformed("id"))?;
        if !is_same_url(id, url) {
            return Err(Mismatch::Id.into());
        }
        let owner = list
            .get("issuer")
            .and_then(|owner| owner.as_str().or_else(|| owner.get("id")?.as_str()))
            .ok_or(malformed("issuer"))?;
        if !is_same_url(owner, issuer) {
            return Err(Mismatch::Authority.into());
        }
        Ok(Self {
            issuer: owner.to_owned(),
            revoked: revoked(list)?,
        })
    }

    /// The entry that withdraws the credential `id`, if there is one.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Revoked> {
        self.revoked
            .iter()
            .find(|revoked| is_same_url(&revoked.id, id))
    }
}

/// Whether `url` is on the host (and port) that the issuer's id stands on: the
/// host of an https id or of a `did:web`. Other ids stand on no host.
#[must_use]
pub fn is_at_issuer(url: &str, issuer: &str) -> bool {
    let Some(authority) = Url::parse(url).ok().and_then(|url| authority(&url)) else {
        return false;
    };
    let home = match issuer.strip_prefix("did:web:") {
        Some(rest) => did_web_home(rest),
        None => Url::parse(issuer).ok(),
    };
    home.and_then(|home| self::authority(&home)) == Some(authority)
}

/// did:web §3.2: the first part is the host, with `%3A` before the port.
fn did_web_home(rest: &str) -> Option<Url> {
    let host = rest
        .split(':')
        .next()?
        .replace("%3A", ":")
        .replace("%3a", ":");
    Url::parse(&format!("https://{host}/")).ok()
}

/// Host and port, of a web address without a user name.
fn authority(url: &Url) -> Option<(String, u16)> {
    let is_plain = matches!(url.scheme(), "https" | "http")
        && url.username().is_empty()
        && url.password().is_none();
    let host = url.host_str().filter(|_| is_plain)?;
    Some((host.to_owned(), url.port_or_known_default()?))
}

/// An entry counts unless it says `revoked: false`. One that cannot be read
/// might be the one asked for, so the whole list is refused.
fn revoked(list: &Object<'_>) -> Result<Vec<Revoked>, Error> {
    const WRONG: Error = malformed("revokedCredential");
    let Some(items) = list.get("revokedCredential") else {
        return Ok(Vec::new());
    };
    let mut revoked = Vec::new();
    for item in items.one_or_many() {
        let id = item.get("id").and_then(Value::as_str).ok_or(WRONG)?;
        let is_revoked = match item.get("revoked") {
            None => true,
            Some(truth) => truth.as_bool().ok_or(WRONG)?,
        };
        if is_revoked {
            revoked.push(Revoked {
                id: id.to_owned(),
                reason: item
                    .get("revocationReason")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            });
        }
    }
    Ok(revoked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    const URL: &str = "https://badges.example.org/revoked";
    const ISSUER: &str = "did:web:badges.example.org:issuers:a";

    fn read_for(text: &str, url: &str, issuer: &str) -> Result<RevocationList, Error> {
        let value = json::parse(text.as_bytes()).expect("JSON");
        RevocationList::read(value.as_object().expect("an object"), url, issuer)
    }

    fn list(revoked: &str) -> String {
        format!(r#"{{"id":"{URL}","issuer":"{ISSUER}"{revoked}}}"#)
    }

    fn read(revoked: &str) -> Result<RevocationList, Error> {
        read_for(&list(revoked), URL, ISSUER)
    }

    #[test]
    fn an_id_on_the_list_is_withdrawn_unless_it_says_otherwise() {
        let list = read(
            r#","revokedCredential":[
                {"id":"https://badges.example.org/c/1"},
                {"id":"https://badges.example.org/c/2","revoked":true,"revocationReason":"Wrong name"},
                {"id":"https://badges.example.org/c/3","revoked":false},
                {"id":"https://badges.example.org/c/4","revoked":false},
                {"id":"https://badges.example.org/c/4"},
                {"id":"urn:uuid:0c9f6a3e-8a9f-4a3f-8f6c-1d2f3a4b5c6d"}]"#,
        )
        .expect("a list");
        let reason_of = |id: &str| list.find(id).map(|revoked| revoked.reason.as_deref());
        assert_eq!(reason_of("https://badges.example.org/c/1"), Some(None));
        assert_eq!(
            reason_of("https://badges.example.org/c/2"),
            Some(Some("Wrong name"))
        );
        assert_eq!(reason_of("https://badges.example.org/c/3"), None);
        assert_eq!(reason_of("https://badges.example.org/c/4"), Some(None));
        assert_eq!(reason_of("https://BADGES.example.org:443/c/1"), Some(None));
        assert_eq!(
            reason_of("urn:uuid:0c9f6a3e-8a9f-4a3f-8f6c-1d2f3a4b5c6d"),
            Some(None)
        );
        for other in [
            "https://badges.example.org/c/5",
            "https://badges.example.org/c/1#x",
            "c/1",
            "",
        ] {
            assert_eq!(reason_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_list_may_be_empty() {
        assert_eq!(read("").map(|list| list.revoked.len()), Ok(0));
        assert_eq!(
            read(r#","revokedCredential":[]"#).map(|list| list.revoked.len()),
            Ok(0)
        );
    }

    #[test]
    fn one_unreadable_entry_spoils_the_list() {
        for wrong in [
            "null",
            r#""https://badges.example.org/c/1""#,
            "[{}]",
            r#"[{"id":1}]"#,
            r#"[{"id":"https://badges.example.org/c/1","revoked":"false"}]"#,
            r#"[{"id":"https://badges.example.org/c/1","revoked":null}]"#,
            r#"[{"id":"https://badges.example.org/c/1"},7]"#,
        ] {
            let outcome = read(&format!(r#","revokedCredential":{wrong}"#));
            assert_eq!(outcome, Err(malformed("revokedCredential")), "{wrong}");
        }
    }

    #[test]
    fn only_the_issuers_own_list_is_taken() {
        let text = list("");
        let elsewhere = "https://lists.example.org/revoked";
        assert_eq!(
            read_for(&text, elsewhere, ISSUER),
            Err(Mismatch::Authority.into())
        );
        let other_page = "https://badges.example.org/other";
        assert_eq!(
            read_for(&text, other_page, ISSUER),
            Err(Mismatch::Id.into())
        );
        let other_tenant = "did:web:badges.example.org:issuers:b";
        assert_eq!(
            read_for(&text, URL, other_tenant),
            Err(Mismatch::Authority.into())
        );
        let owner = format!(r#""issuer":"{ISSUER}""#);
        assert_eq!(
            read_for(&text.replace(&owner, r#""x":1"#), URL, ISSUER),
            Err(malformed("issuer"))
        );
        let profile = format!(r#""issuer":{{"id":"{ISSUER}"}}"#);
        assert!(read_for(&text.replace(&owner, &profile), URL, ISSUER).is_ok());
        let id = format!(r#""id":"{URL}","#);
        assert_eq!(
            read_for(&text.replace(&id, ""), URL, ISSUER),
            Err(malformed("id"))
        );
    }

    #[track_caller]
    fn check_home(url: &str, issuer: &str, expected: bool) {
        assert_eq!(is_at_issuer(url, issuer), expected, "{url} {issuer}");
    }

    #[test]
    fn the_host_is_compared_whole_and_with_its_port() {
        check_home("https://example.org/r", "did:web:example.org", true);
        check_home("https://example.org/r", "did:web:example.org:a:b", true);
        check_home("https://EXAMPLE.org:443/r", "did:web:example.org", true);
        check_home(
            "https://example.org/r",
            "https://example.org/issuers/1",
            true,
        );
        check_home(
            "https://example.org:8443/r",
            "did:web:example.org%3A8443:a",
            true,
        );
        check_home("https://example.org:8443/r", "did:web:example.org", false);
        check_home("https://example.org/r", "did:web:example.org%3A8443", false);
        check_home("https://example.org:8443/r", "https://example.org/", false);
        check_home("https://evil.example.org/r", "did:web:example.org", false);
        check_home(
            "https://example.org.evil.test/r",
            "did:web:example.org",
            false,
        );
        check_home(
            "https://example.org@evil.test/r",
            "did:web:example.org",
            false,
        );
        check_home("https://a@example.org/r", "did:web:example.org", false);
        check_home(
            "https://evil.test/example.org",
            "did:web:example.org",
            false,
        );
        check_home("https://example.org/r", "did:key:z6MkhTNL7i2etLer", false);
        check_home("https://example.org/r", "did:web:", false);
        check_home("urn:example:r", "urn:example:r", false);
        check_home("data:,x", "data:,x", false);
        check_home("revoked", "did:web:example.org", false);
        check_home("https://example.org/r", "did:web:a@example.org", false);
        check_home("https://example.org/r", "did:web:example.org%2Fx", false);
    }
}
