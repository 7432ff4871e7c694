//! Where a redirect may lead (L-09).
//!
//! Every hop is read like a new address, so no redirect reaches what could not
//! be asked directly.

use super::purpose::Redirects;
use super::target::{Rules, Target};
use crate::limits;

/// The redirect is not followed; why, for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the redirect is not followed: {0}")]
pub struct NotFollowed(pub &'static str);

/// Reads a `Location`. `asked` are the addresses asked so far, the last of them
/// the one that answered.
///
/// # Errors
/// [`NotFollowed`].
pub fn follow(
    asked: &[Target],
    location: &str,
    redirects: Redirects,
    rules: &Rules,
) -> Result<Target, NotFollowed> {
    let from = asked.last().ok_or(NotFollowed("nothing was asked"))?;
    if redirects == Redirects::None {
        return Err(NotFollowed("documents of this kind do not move"));
    }
    if asked.len() > limits::REDIRECTS {
        return Err(NotFollowed("there are too many"));
    }
    let is_ambiguous = |byte: u8| byte.is_ascii_control() || byte == b'\\' || byte == b' ';
    if location.len() > limits::URL_BYTES || location.bytes().any(is_ambiguous) {
        return Err(NotFollowed("it is no plain address"));
    }
    let to = from.url().join(location);
    let to = to.map_err(|_| NotFollowed("it is no address"))?;
    let to = Target::read(to.as_str(), rules).map_err(|refused| NotFollowed(refused.0))?;
    if to.url().scheme() != from.url().scheme() {
        return Err(NotFollowed("it changes between http and https"));
    }
    if redirects == Redirects::SameHost && !is_same_host(&to, from) {
        return Err(NotFollowed("it leads to another host"));
    }
    if asked.iter().any(|earlier| earlier.url() == to.url()) {
        return Err(NotFollowed("it leads in a circle"));
    }
    Ok(to)
}

fn is_same_host(to: &Target, from: &Target) -> bool {
    (to.host(), to.port()) == (from.host(), from.port())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Exception;

    const FROM: &str = "https://a.example/status/1";

    fn target(url: &str, rules: &Rules) -> Target {
        Target::read(url, rules).expect(url)
    }

    fn go(location: &str, redirects: Redirects) -> Result<String, NotFollowed> {
        let rules = Rules::default();
        follow(&[target(FROM, &rules)], location, redirects, &rules)
            .map(|target| target.url().to_string())
    }

    #[test]
    fn plain_redirects_are_followed() {
        for (location, expected) in [
            ("/status/2", "https://a.example/status/2"),
            ("2?x=y", "https://a.example/status/2?x=y"),
            ("https://a.example/x#y", "https://a.example/x"),
            ("//a.example/x", "https://a.example/x"),
        ] {
            assert_eq!(go(location, Redirects::SameHost).as_deref(), Ok(expected));
        }
        let elsewhere = go("https://b.example/x", Redirects::Anywhere);
        assert_eq!(elsewhere.as_deref(), Ok("https://b.example/x"));
    }

    #[test]
    fn redirects_out_of_the_public_web_are_not_followed() {
        for location in [
            "http://a.example/",
            "http://127.0.0.1/",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://[::ffff:127.0.0.1]/",
            "https://localhost/",
            "https://localhost:443/",
            "//internal/",
            "//127.0.0.1/",
            "https://a.example:8443/",
            "https://a.example./",
            "https://user@a.example/",
            "//a.example@127.0.0.1/",
            "/\\127.0.0.1/",
            "file:///etc/passwd",
            "data:application/json,{}",
            "gopher://127.0.0.1/",
            "javascript:x",
            "https://",
            "https://a.example/ b",
            "https://a.example/\nb",
        ] {
            assert!(go(location, Redirects::Anywhere).is_err(), "{location}");
        }
        let long = format!("/{}", "x".repeat(limits::URL_BYTES));
        assert!(go(&long, Redirects::Anywhere).is_err());
    }

    #[test]
    fn keys_do_not_move_and_status_lists_stay_with_their_host() {
        assert!(go("/status/2", Redirects::None).is_err());
        for location in [
            "https://b.example/x",
            "//b.example/x",
            "https://x.a.example/",
        ] {
            assert!(go(location, Redirects::SameHost).is_err(), "{location}");
            assert!(go(location, Redirects::Anywhere).is_ok(), "{location}");
        }
    }

    #[test]
    fn no_address_is_asked_twice_and_no_more_than_four() {
        let rules = Rules::default();
        let mut asked = vec![target(FROM, &rules)];
        let circle = follow(&asked, FROM, Redirects::Anywhere, &rules);
        assert_eq!(circle.err(), Some(NotFollowed("it leads in a circle")));
        let fragment = format!("{FROM}#again");
        assert!(follow(&asked, &fragment, Redirects::Anywhere, &rules).is_err());
        for step in 0..limits::REDIRECTS {
            let to = format!("/step/{step}");
            let next = follow(&asked, &to, Redirects::Anywhere, &rules).expect("a step");
            asked.push(next);
        }
        assert!(follow(&asked, "/step/1", Redirects::Anywhere, &rules).is_err());
        let next = follow(&asked, "/one/more", Redirects::Anywhere, &rules);
        assert_eq!(next.err(), Some(NotFollowed("there are too many")));
    }

    #[test]
    fn development_does_not_open_the_way_from_outside() {
        let rules = Rules {
            dev: true,
            exceptions: vec![Exception::parse("peer.internal:8443").expect("an exception")],
        };
        let outside = [target(FROM, &rules)];
        let inside = [target("http://localhost:8080/x", &rules)];
        let go = |from: &[Target], to| follow(from, to, Redirects::Anywhere, &rules).is_ok();
        assert!(!go(&outside, "http://localhost:8080/x"));
        assert!(!go(&inside, "https://a.example/"));
        assert!(go(&inside, "/y"));
        assert!(go(&outside, "https://peer.internal:8443/"));
    }
}
