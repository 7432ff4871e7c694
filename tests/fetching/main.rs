//! Fetching from peers that are down, slow, broken or hostile. Every peer is a
//! listener on this machine; nothing leaves it.

#![expect(clippy::expect_used, reason = "a test stops where it stands")]

mod answers;
mod badges;
mod bypasses;
mod caching;
mod command;
mod faults;
mod gathering;
mod load;
mod peer;
mod redirects;
mod slow;
mod tls;

use countersign::clock::Moment;
use countersign::net::{Exception, Fetched, Fetcher, Resolver, Rules, Settings, Terms, Times};
use countersign::verify::{Answer, Unavailable, Wanted, WantedKind};
use std::net::IpAddr;
use std::time::Duration;

pub(crate) fn now() -> Moment {
    Moment::parse("2026-11-25T12:00:00Z").expect("a moment")
}

pub(crate) const LOOPBACK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

/// Short times, so that what hangs ends soon.
pub(crate) fn times() -> Times {
    let ms = Duration::from_millis;
    Times {
        dns: ms(300),
        connect: ms(300),
        tls: ms(300),
        head: ms(300),
        idle: ms(300),
        hop: ms(1_500),
        slow_after: ms(600),
        slowest_body: 1_024,
    }
}

/// Plain http with this machine.
pub(crate) fn dev() -> Settings {
    let mut settings = Settings::new("https://contact.example");
    settings.rules.dev = true;
    settings.times = times();
    settings
}

/// As in production, with names that the test answers for.
pub(crate) fn strict<'n>(names: impl IntoIterator<Item = (&'n str, Vec<Vec<IpAddr>>)>) -> Settings {
    let mut settings = Settings::new("https://contact.example");
    settings.times = times();
    settings.resolver = Resolver::fixed(names);
    settings
}

/// `issuer.example` on this machine, over TLS, as an exception of the settings.
pub(crate) fn issuer(port: u16, answers: Vec<Vec<IpAddr>>) -> Settings {
    let mut settings = strict([("issuer.example", answers)]);
    settings.rules = Rules {
        exceptions: vec![
            Exception::parse(&format!("issuer.example:{port}")).expect("an exception"),
        ],
        dev: false,
    };
    settings.extra_roots = vec![peer::AUTHORITY.to_owned()];
    settings
}

pub(crate) fn fetcher(settings: Settings) -> Fetcher {
    Fetcher::new(settings).expect("a fetcher")
}

pub(crate) fn wanted(kind: WantedKind, url: impl Into<String>) -> Wanted {
    Wanted {
        kind,
        url: url.into(),
    }
}

pub(crate) async fn fetch(fetcher: &Fetcher, wanted: &Wanted) -> Fetched {
    fetch_at(fetcher, wanted, now()).await
}

pub(crate) async fn fetch_at(fetcher: &Fetcher, wanted: &Wanted, now: Moment) -> Fetched {
    let mut budget = fetcher.budget();
    fetcher.fetch(wanted, Terms::at(now), &mut budget).await
}

/// The bytes, or why there are none.
pub(crate) fn bytes(fetched: &Fetched) -> Result<&[u8], Unavailable> {
    match &fetched.answer {
        Answer::Document(document) => Ok(document.bytes()),
        Answer::Unavailable(why) => Err(*why),
    }
}

/// Fetches from a new fetcher in development.
pub(crate) async fn get(kind: WantedKind, url: String) -> Result<Vec<u8>, Unavailable> {
    let fetched = fetch(&fetcher(dev()), &wanted(kind, url)).await;
    bytes(&fetched).map(<[u8]>::to_vec)
}
