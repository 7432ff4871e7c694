//! Whole checks over the network.

use crate::badges::{Fault, Site, hasty, list_began};
use crate::{dev, fetcher, now};
use countersign::clock::Moment;
use countersign::edge::gather::{Gathered, Order, gather};
use countersign::net::{Fetcher, Settings};
use countersign::verify::{
    Answer, Check, Conclusion, Document, Policy, Question, Report, State, Unavailable,
};
use std::sync::Arc;

fn policy() -> Policy {
    Policy {
        dev: true,
        ..Policy::default()
    }
}

pub(crate) async fn check_with(
    fetcher: &Fetcher,
    badge: &str,
    order: impl Fn(&mut Order<'_>),
) -> Gathered {
    let mut made = Order::new(badge.as_bytes(), now(), policy());
    order(&mut made);
    gather(&made, fetcher, async |_| None).await
}

pub(crate) async fn check(fetcher: &Fetcher, badge: &str, now: Moment) -> Gathered {
    check_with(fetcher, badge, |order| order.now = now).await
}

fn quick() -> Settings {
    hasty(dev())
}

fn status(report: &Report) -> (State, &'static str) {
    let finding = report.finding(Check::Status);
    (finding.state, finding.code)
}

fn codes(gathered: &Gathered) -> Vec<&'static str> {
    gathered.looks.iter().map(|look| look.code).collect()
}

#[tokio::test]
async fn a_good_badge_is_accepted_and_says_what_was_looked_at() {
    let site = Site::new();
    let (peer, issuer) = site.open();
    let fetcher = fetcher(quick());
    let badge = issuer.badge("key-1");
    let first = check(&fetcher, &badge, now()).await;
    assert_eq!(
        first.report.conclusion(),
        Conclusion::Accept,
        "{:?}",
        first.report
    );
    let urls: Vec<_> = first.looks.iter().map(|look| look.url.as_str()).collect();
    assert_eq!(urls, [issuer.keys_url(), issuer.list_url()]);
    let again = check(&fetcher, &badge, now().plus_seconds(60)).await;
    assert_eq!(codes(&again), ["kept", "kept"]);
    assert_eq!(again.report.finding(Check::Status).age_seconds, Some(60));
    assert_eq!(peer.connections(), 2);
}

#[tokio::test]
async fn a_withdrawn_badge_is_rejected() {
    let site = Site::new();
    let (_peer, issuer) = site.open();
    site.serve("/status/1", issuer.list(list_began(), 60, true), &[]);
    let found = check(&fetcher(quick()), &issuer.badge("key-1"), now()).await;
    assert_eq!(status(&found.report), (State::Fails, "revoked"));
}

#[tokio::test]
async fn nothing_is_asked_for_a_badge_that_needs_nothing() {
    let found = check(&fetcher(quick()), "{}", now()).await;
    assert!(found.looks.is_empty());
}

#[tokio::test]
async fn a_node_does_not_fetch_from_itself() {
    let site = Site::new();
    let (peer, issuer) = site.open();
    let (badge, fetcher) = (issuer.badge("key-1"), fetcher(quick()));
    let order = Order::new(badge.as_bytes(), now(), policy());
    let own = async |wanted: &countersign::verify::Wanted| {
        let bytes = if wanted.url == issuer.keys_url() {
            issuer.document("key-1")
        } else {
            issuer.list(list_began(), 60, false)
        };
        Some(Answer::Document(Arc::new(Document::new(
            bytes.into_bytes(),
            Some(now()),
        ))))
    };
    let found = gather(&order, &fetcher, own).await;
    assert_eq!(found.report.conclusion(), Conclusion::Accept);
    assert_eq!(codes(&found), ["own", "own"]);
    let gone = async |_: &_| Some(Answer::Unavailable(Unavailable::Gone));
    let found = gather(&order, &fetcher, gone).await;
    assert_eq!(codes(&found), ["gone"]);
    assert_eq!(found.report.conclusion(), Conclusion::Undecided);
    assert_eq!(peer.connections(), 0);
}

#[tokio::test]
async fn a_badge_may_be_judged_as_of_another_moment() {
    let site = Site::new();
    let (_peer, issuer) = site.open();
    let badge = issuer.badge("key-1");
    let fetcher = fetcher(quick());
    let later = Moment::parse("2028-01-01T00:00:00Z").expect("a moment");
    let found = check_with(&fetcher, &badge, |order| order.as_of = Some(later)).await;
    assert_eq!(found.report.finding(Check::Dates).code, "expired");
    assert_eq!(found.looks[0].at, now(), "what was seen was seen now");
}

#[tokio::test]
async fn a_new_key_is_found_though_a_copy_without_it_is_fresh() {
    let site = Site::new();
    let (_peer, issuer) = site.open();
    let fetcher = fetcher(quick());
    let first = check(&fetcher, &issuer.badge("key-1"), now()).await;
    assert_eq!(first.report.conclusion(), Conclusion::Accept);

    let newer = crate::badges::Issuer::at(&issuer.base).with_key(8);
    site.serve("/.well-known/did.json", newer.document("key-2"), &[]);
    let badge = newer.badge("key-2");
    // The copy is a minute old at most: it is believed.
    let found = check(&fetcher, &badge, now().plus_seconds(30)).await;
    assert_eq!(found.report.answer(Question::Authentic).state, State::Fails);
    // It is older: it is asked for again.
    let found = check(&fetcher, &badge, now().plus_seconds(120)).await;
    assert_eq!(found.report.answer(Question::Authentic).state, State::Holds);
}

#[tokio::test]
async fn a_key_that_an_old_copy_does_not_list_is_unknown_while_the_host_is_down() {
    let site = Site::new();
    let (_peer, issuer) = site.open();
    let fetcher = fetcher(quick());
    let _ = check(&fetcher, &issuer.badge("key-1"), now()).await;
    site.fail(Fault::Closed, "");
    let other = issuer.badge("key-2");
    let found = check(&fetcher, &other, now().plus_seconds(120)).await;
    assert_eq!(found.report.conclusion(), Conclusion::Undecided);
    assert_eq!(
        found.report.answer(Question::Authentic).code,
        "key_unreachable"
    );
    // A seal that does not fit the key it names is wrong all the same.
    let changed = issuer
        .badge("key-1")
        .replace("Safeguarding basics", "Safeguarding expert");
    let found = check(&fetcher, &changed, now().plus_seconds(240)).await;
    assert_eq!(found.report.answer(Question::Authentic).state, State::Fails);
}

#[tokio::test]
async fn an_older_list_takes_nothing_back() {
    let site = Site::new();
    let (_peer, issuer) = site.open();
    let fetcher = fetcher(quick());
    let badge = issuer.badge("key-1");
    let (older, newer) = (list_began(), list_began().plus_seconds(3_600));
    let hours = |hours: i64| now().plus_seconds(hours * 3_600);

    site.serve("/status/1", issuer.list(newer, 60, true), &[]);
    let found = check(&fetcher, &badge, hours(0)).await;
    assert_eq!(status(&found.report), (State::Fails, "revoked"));

    // The host serves the list of an hour before, in which nothing is set.
    site.serve("/status/1", issuer.list(older, 60, false), &[]);
    let found = check(&fetcher, &badge, hours(2)).await;
    assert_eq!(status(&found.report), (State::Fails, "revoked"));
    assert_eq!(codes(&found)[1], "status_list_rollback");

    // When the copy is too old to be used, nothing is known any more.
    let found = check(&fetcher, &badge, hours(26)).await;
    assert_eq!(
        status(&found.report),
        (State::Unknown, "status_list_rollback")
    );

    // A newer list may clear it.
    let again = newer.plus_seconds(60);
    site.serve("/status/1", issuer.list(again, 60, false), &[]);
    let found = check(&fetcher, &badge, hours(28)).await;
    assert_eq!(status(&found.report), (State::Holds, "ok"));
}

#[tokio::test]
async fn from_a_host_that_rolls_back_nothing_is_good() {
    let site = Site::new();
    let (_peer, issuer) = site.open();
    let fetcher = fetcher(quick());
    let badge = issuer.badge("key-1");
    site.serve(
        "/status/1",
        issuer.list(list_began().plus_seconds(60), 60, false),
        &[],
    );
    let found = check(&fetcher, &badge, now()).await;
    assert_eq!(found.report.conclusion(), Conclusion::Accept);
    site.serve("/status/1", issuer.list(list_began(), 60, false), &[]);
    let found = check(&fetcher, &badge, now().plus_seconds(7_200)).await;
    assert_eq!(
        status(&found.report),
        (State::Unknown, "status_list_rollback")
    );
    assert_eq!(found.report.conclusion(), Conclusion::Undecided);
}

#[tokio::test]
async fn a_list_that_nobody_found_genuine_makes_no_other_old() {
    let site = Site::new();
    let (_peer, issuer) = site.open();
    let fetcher = fetcher(quick());
    let badge = issuer.badge("key-1");
    let stranger = crate::badges::Issuer::at(&issuer.base).with_key(9);
    let future = list_began().plus_seconds(30_000);
    site.serve("/status/1", stranger.list(future, 60, false), &[]);
    let found = check(&fetcher, &badge, now()).await;
    assert_eq!(
        status(&found.report),
        (State::Unknown, "STATUS_VERIFICATION_ERROR")
    );
    site.serve("/status/1", issuer.list(list_began(), 60, false), &[]);
    let found = check(&fetcher, &badge, now().plus_seconds(7_200)).await;
    assert_eq!(status(&found.report), (State::Holds, "ok"));
}

/// PT-08: whatever a host serves or fails to, in whatever order, what was
/// withdrawn in the newest list that was seen is never found in order.
#[tokio::test]
async fn no_order_of_fresh_stale_and_rolled_back_lists_brings_a_badge_back() {
    for order in 0..4_usize.pow(5) {
        let site = Site::new();
        let (_peer, issuer) = site.open();
        let fetcher = fetcher(quick());
        let badge = issuer.badge("key-1");
        let lists = [
            issuer.list(list_began(), 60, false),
            issuer.list(list_began().plus_seconds(60), 60, true),
        ];
        let mut was_withdrawn = false;
        let mut at = now();
        for step in 0..5 {
            match order / 4_usize.pow(step) % 4 {
                which @ (0 | 1) => {
                    site.fail(Fault::None, "");
                    site.serve("/status/1", lists[which].clone(), &[]);
                }
                2 => site.fail(Fault::Closed, "status"),
                _ => site.fail(Fault::Garbage, "status"),
            }
            at = at.plus_seconds(7_200);
            let (state, code) = status(&check(&fetcher, &badge, at).await.report);
            was_withdrawn |= code == "revoked";
            assert!(
                !was_withdrawn || state != State::Holds,
                "order {order}, step {step}: {code}"
            );
        }
    }
}
