//! REL-33: what is known × what goes wrong → the exact verdict. No cell may be
//! accepted or withdrawn wrongly.

use crate::badges::{Fault, Issuer, Site, hasty, list_began};
use crate::gathering::{check, check_with};
use crate::peer::{Certificate, Peer};
use crate::{LOOPBACK, fetcher, issuer as settings, now};
use countersign::net::Fetcher;
use countersign::verify::{Check, Conclusion, Report, State};
use std::net::IpAddr;

/// What was seen before, and how long ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Nothing,
    /// Copies of so many hours ago.
    Good(i64),
    Withdrawn(i64),
    /// The badge at hand was changed.
    GoodButChanged,
}

const KNOWN: [Known; 7] = [
    Known::Nothing,
    Known::Good(2),
    Known::Withdrawn(2),
    Known::Good(25),
    Known::Withdrawn(25),
    Known::Good(24 * 8),
    Known::GoodButChanged,
];

const FAULTS: [Fault; 13] = [
    Fault::Closed,
    Fault::Reset,
    Fault::Truncated,
    Fault::Slow,
    Fault::Status("500 Oops"),
    Fault::Status("503 Busy"),
    Fault::Status("404 Not Found"),
    Fault::Status("410 Gone"),
    Fault::Status("302 Found"),
    Fault::Page,
    Fault::Certificate(Certificate::Expired),
    Fault::Certificate(Certificate::Elsewhere),
    Fault::Certificate(Certificate::Stranger),
];

/// Conclusion, and state and code of the finding that decides.
type Verdict = (Conclusion, State, &'static str);

fn verdict(report: &Report) -> Verdict {
    let decisive = report
        .findings()
        .filter(|(check, _)| report.is_required(*check))
        .map(|(_, finding)| finding)
        .find(|finding| !matches!(finding.state, State::Holds | State::NotApplicable))
        .unwrap_or(report.finding(Check::Status));
    (report.conclusion(), decisive.state, decisive.code)
}

const ACCEPT: Verdict = (Conclusion::Accept, State::Holds, "ok");
const REVOKED: Verdict = (Conclusion::Reject, State::Fails, "revoked");
const NO_KEY: Verdict = (Conclusion::Undecided, State::Unknown, "key_unreachable");
const NO_STATUS: Verdict = (
    Conclusion::Undecided,
    State::Unknown,
    "STATUS_RETRIEVAL_ERROR",
);
const FORGED: Verdict = (Conclusion::Reject, State::Fails, "PROOF_VERIFICATION_ERROR");

/// With the whole host at fault.
fn expected(known: Known, is_gone: bool) -> Verdict {
    match known {
        _ if is_gone => NO_KEY,
        Known::Nothing => NO_KEY,
        Known::Good(2) => ACCEPT,
        Known::Withdrawn(2) => REVOKED,
        Known::Good(25) | Known::Withdrawn(25) => NO_STATUS,
        Known::Good(_) | Known::Withdrawn(_) => NO_KEY,
        Known::GoodButChanged => FORGED,
    }
}

/// With the list alone at fault.
fn expected_of_list(known: Known, is_gone: bool) -> Verdict {
    match known {
        Known::GoodButChanged => FORGED,
        _ if is_gone => NO_STATUS,
        Known::Good(2) => ACCEPT,
        Known::Withdrawn(2) => REVOKED,
        _ => NO_STATUS,
    }
}

struct Scene {
    site: Site,
    peer: Peer,
    issuer: Issuer,
}

impl Scene {
    fn new() -> Self {
        let site = Site::new();
        let (peer, issuer) = site.open_securely();
        Self { site, peer, issuer }
    }

    fn fetcher(&self, answers: Vec<Vec<IpAddr>>) -> Fetcher {
        fetcher(hasty(settings(self.peer.port, answers)))
    }

    /// Sees what is to be known, and gives the badge and the moment.
    async fn set(&self, fetcher: &Fetcher, known: Known) -> (String, i64) {
        let badge = self.issuer.badge("key-1");
        self.site.fail(Fault::None, "");
        let is_withdrawn = matches!(known, Known::Withdrawn(_));
        let list = self.issuer.list(list_began(), 60, is_withdrawn);
        self.site.serve("/status/1", list, &[]);
        let before = match known {
            Known::Nothing => return (badge, 0),
            Known::Good(hours) | Known::Withdrawn(hours) => hours,
            Known::GoodButChanged => 2,
        };
        let seen = check(fetcher, &badge, now()).await.report;
        let seen = verdict(&seen);
        assert_eq!(seen, if is_withdrawn { REVOKED } else { ACCEPT });
        let badge = match known {
            Known::GoodButChanged => badge.replace("Safeguarding", "Surgery"),
            _ => badge,
        };
        (badge, before * 3_600)
    }
}

#[tokio::test]
async fn every_cell_has_its_verdict() {
    let scene = Scene::new();
    let mut cells = 0;
    for known in KNOWN {
        for fault in FAULTS {
            for only in ["", "status"] {
                if only == "status" && matches!(fault, Fault::Certificate(_)) {
                    continue;
                }
                let fetcher = scene.fetcher(vec![vec![LOOPBACK]]);
                let (badge, later) = scene.set(&fetcher, known).await;
                scene.site.fail(fault, only);
                let at = now().plus_seconds(later);
                let found = check(&fetcher, &badge, at).await;
                let is_gone = fault == Fault::Status("410 Gone");
                let right = match only {
                    "" => expected(known, is_gone),
                    _ => expected_of_list(known, is_gone),
                };
                assert_eq!(
                    verdict(&found.report),
                    right,
                    "{known:?} × {fault:?} {only}"
                );
                cells += 1;
            }
        }
    }
    assert_eq!(cells, 7 * (13 + 10));
}

#[tokio::test]
async fn a_name_without_address_and_a_port_without_anybody_are_the_same() {
    let scene = Scene::new();
    let nobody: IpAddr = "127.0.0.2".parse().expect("an address");
    for known in KNOWN {
        for last in [vec![], vec![nobody]] {
            let answers = match known {
                Known::Nothing => vec![last.clone()],
                _ => vec![vec![LOOPBACK], vec![LOOPBACK], last.clone()],
            };
            let fetcher = scene.fetcher(answers);
            let (badge, later) = scene.set(&fetcher, known).await;
            let found = check(&fetcher, &badge, now().plus_seconds(later)).await;
            let right = expected(known, false);
            assert_eq!(verdict(&found.report), right, "{known:?} × {last:?}");
        }
    }
}

#[tokio::test]
async fn a_wrong_clock_makes_nothing_good() {
    let scene = Scene::new();
    for (hours, expected) in [
        // Set back a day: the badge's seal has not been made yet.
        (-24, Conclusion::Reject),
        // Ten years on: the badge has ended.
        (24 * 3_650, Conclusion::Reject),
        // Three months on: the list has ended.
        (24 * 90, Conclusion::Undecided),
    ] {
        let fetcher = scene.fetcher(vec![vec![LOOPBACK]]);
        let (badge, _) = scene.set(&fetcher, Known::Good(2)).await;
        let at = now().plus_seconds(hours * 3_600);
        let found = check(&fetcher, &badge, at).await;
        assert_eq!(found.report.conclusion(), expected, "{hours} h");
        assert!(
            !found
                .report
                .findings()
                .any(|(_, finding)| finding.code == "revoked")
        );
    }
}

#[tokio::test]
async fn a_copy_that_is_used_says_how_old_it_is() {
    let scene = Scene::new();
    let fetcher = scene.fetcher(vec![vec![LOOPBACK]]);
    let (badge, later) = scene.set(&fetcher, Known::Good(7)).await;
    scene.site.fail(Fault::Closed, "");
    let found = check(&fetcher, &badge, now().plus_seconds(later)).await;
    assert_eq!(
        found.report.finding(Check::Status).age_seconds,
        Some(7 * 3_600)
    );
    let codes: Vec<_> = found.looks.iter().map(|look| look.code).collect();
    assert_eq!(codes, ["stale", "stale"]);
    // And whoever does not want it that old gets none.
    let strict = check_with(&fetcher, &badge, |order| {
        order.now = now().plus_seconds(later);
        order.max_status_age = Some(3_600);
    });
    assert_eq!(verdict(&strict.await.report), NO_STATUS);
}
