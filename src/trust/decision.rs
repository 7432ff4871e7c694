//! What a trust file says about the issuer of one badge.
//!
//! Order: blocked; an entry of our own; the name of somebody else; unknown.
//! Blocking is generous about how an id is spelled, and looks at the other ids
//! an issuer claims; recognition goes by the exact id alone.

use super::achievement::AchievementFacts;
use super::spelling::is_spelling_of;
use super::{Entry, OrganisationName, Status, TrustFile, TrustList};
use crate::clock::Moment;

/// The issuer, as far as it matters here.
#[derive(Debug, Clone, Copy)]
pub struct IssuerFacts<'a> {
    /// The id that the key of the badge belongs to.
    pub id: &'a str,
    /// What it calls itself.
    pub name: Option<&'a str>,
    /// Other ids it says it has. They can only make it blocked.
    pub also_known_as: &'a [&'a str],
}

/// An answer, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision<'t> {
    /// The answer.
    pub recognition: Recognition<'t>,
    /// The issuer's own entry in the file, if it has one: our name for it, and
    /// how somebody made sure.
    pub entry: Option<&'t Entry>,
    /// The end of the day by which somebody should have looked again. A note:
    /// the answer stays.
    pub review_overdue_since: Option<Moment>,
}

/// Whether an issuer is recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognition<'t> {
    /// It is us, or hosted and vouched for by us.
    Own,
    /// Recognised.
    Recognised {
        /// Who made sure.
        through: Through<'t>,
    },
    /// Recognised for some badges, and this is one of them.
    RecognisedForSome,
    /// Recognised for some badges, but not for this one.
    NotForThisBadge {
        /// For which ones.
        limited_to: &'t [String],
    },
    /// A real organisation whose badges mean nothing here.
    Known,
    /// Recognised, but it has closed.
    Closed {
        /// The start of the day it closed.
        since: Option<Moment>,
    },
    /// Not accepted.
    Blocked,
    /// We do not know it.
    Unknown,
    /// We do not know it, and it goes by the name of somebody we do.
    NameClash {
        /// Whose name it is.
        with: &'t Entry,
    },
}

/// Who made sure that an issuer is what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Through<'t> {
    /// We did.
    OwnCheck,
    /// Others did, on these lists. May be empty: then only our own note says so.
    Lists(Vec<&'t TrustList>),
}

impl Recognition<'_> {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Own => "issuer_own",
            Self::Recognised { .. } => "issuer_recognised",
            Self::RecognisedForSome => "issuer_recognised_for_this",
            Self::NotForThisBadge { .. } => "issuer_limited",
            Self::Known => "issuer_known",
            Self::Closed { .. } => "issuer_closed",
            Self::Blocked => "issuer_blocked",
            Self::Unknown => "issuer_not_listed",
            Self::NameClash { .. } => "issuer_name_clash",
        }
    }
}

/// Decides about one badge at the moment `now`.
#[must_use]
pub fn decide<'t>(
    trust: &'t TrustFile,
    issuer: &IssuerFacts<'_>,
    achievement: &AchievementFacts<'_>,
    now: Moment,
) -> Decision<'t> {
    if let Some(blocked) = blocked(trust, issuer) {
        return Decision {
            recognition: Recognition::Blocked,
            entry: Some(blocked),
            review_overdue_since: None,
        };
    }
    let entry = trust.entry(issuer.id);
    Decision {
        recognition: recognition(trust, issuer, achievement, entry),
        entry,
        review_overdue_since: entry
            .and_then(|entry| entry.review_due)
            .filter(|due| *due < now),
    }
}

fn recognition<'t>(
    trust: &'t TrustFile,
    issuer: &IssuerFacts<'_>,
    achievement: &AchievementFacts<'_>,
    entry: Option<&'t Entry>,
) -> Recognition<'t> {
    let unknown = || match name_clash(trust, issuer.name) {
        Some(with) => Recognition::NameClash { with },
        None => Recognition::Unknown,
    };
    let Some(entry) = entry else {
        return unknown();
    };
    match &entry.status {
        Status::Unknown => unknown(),
        Status::Blocked => Recognition::Blocked,
        Status::Own => Recognition::Own,
        Status::Trusted => Recognition::Recognised {
            through: Through::OwnCheck,
        },
        Status::KnownThroughList => Recognition::Recognised {
            through: Through::Lists(lists_with(trust, &entry.code)),
        },
        Status::TrustedForSome { limited_to } if achievement.is_one_of(limited_to) => {
            Recognition::RecognisedForSome
        }
        Status::TrustedForSome { limited_to } => Recognition::NotForThisBadge { limited_to },
        Status::Known => Recognition::Known,
        Status::Closed => Recognition::Closed { since: entry.since },
    }
}

/// A blocked entry that the issuer's id, or an id it claims, belongs to.
fn blocked<'t>(trust: &'t TrustFile, issuer: &IssuerFacts<'_>) -> Option<&'t Entry> {
    let is_claimed = |blocked: &String| {
        std::iter::once(&issuer.id)
            .chain(issuer.also_known_as)
            .any(|id| is_spelling_of(id, blocked))
    };
    trust
        .entries
        .iter()
        .filter(|entry| entry.status == Status::Blocked)
        .find(|entry| entry.ids.iter().any(is_claimed))
}

/// Somebody we know by the name that a stranger goes by.
fn name_clash<'t>(trust: &'t TrustFile, claimed: Option<&str>) -> Option<&'t Entry> {
    let claimed = OrganisationName::new(claimed?);
    trust.entries.iter().find(|entry| {
        let is_known = !matches!(entry.status, Status::Unknown | Status::Blocked);
        let name = entry.name.as_ref().filter(|_| is_known);
        name.is_some_and(|name| name.is_used_by(&claimed))
    })
}

/// The lists we subscribe to that have the issuer, except those of publishers
/// we block.
fn lists_with<'t>(trust: &'t TrustFile, code: &str) -> Vec<&'t TrustList> {
    let is_blocked = |publisher: &String| {
        trust
            .entries
            .iter()
            .any(|entry| entry.code == *publisher && entry.status == Status::Blocked)
    };
    trust
        .lists
        .iter()
        .filter(|list| list.subscribed && !is_blocked(&list.publisher))
        .filter(|list| list.members.iter().any(|member| member == code))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The entries of the sample trust list that the cases below speak of.
    const NORTHMARCH: &str = r#"{"viewpoint":"NCC","entries":[
        {"issuer":"NCC","did":"did:web:northmarch.badges.example.org",
         "nameInOurList":"Northmarch County Council workforce development","status":"own",
         "since":"2024-09-01","reviewDue":null},
        {"issuer":"VCC","did":"did:web:severnhythe.badges.example.org",
         "nameInOurList":"Severnhythe County Council learning and development",
         "status":"trusted","since":"2025-03-04","reviewDue":"2027-03-04"},
        {"issuer":"TWC","did":"did:web:severnhythe.badges.example.org:issuers:temewater",
         "nameInOurList":"Temewater College","status":"trusted","reviewDue":"2026-05-12"},
        {"issuer":"BLT","did":"did:web:severnhythe.badges.example.org:issuers:brightlantern",
         "nameInOurList":"Bright Lantern Training","status":"trusted-for-some",
         "reviewDue":"2027-06-01","limitedTo":["BLT-BLS","BLT-FIRE"]},
        {"issuer":"MCA","did":"did:web:severnhythe.badges.example.org:issuers:marchlands-care",
         "nameInOurList":"Marchlands Care Association","status":"known-through-list"},
        {"issuer":"STC","did":"did:web:strathlorn.badges.example.org",
         "nameInOurList":"Strathlorn Council social work training","status":"known"},
        {"issuer":"FTP","did":"did:web:northmarch.badges.example.org:issuers:fenmoor",
         "nameInOurList":"Fenmoor Training Partnership (closed)","status":"closed",
         "since":"2024-07-31"},
        {"issuer":"XNC","did":"did:web:northmarch-badges.example.net","nameInOurList":null,
         "status":"blocked","since":"2026-10-02"},
        {"issuer":"XQC","did":"did:web:quickcert.example.net",
         "nameInOurList":"QuickCert Online","status":"unknown"}],
      "lists":[
        {"name":"County councils badge circle","publisher":"SCC","members":["MCA","VCC"],
         "subscribed":true},
        {"name":"Left","publisher":"VCC","members":["MCA"],"subscribed":false},
        {"name":"Impostors","publisher":"XNC","members":["MCA"],"subscribed":true}]}"#;

    fn trust(text: &str) -> TrustFile {
        TrustFile::parse(text.as_bytes()).expect("a trust file")
    }

    fn northmarch() -> TrustFile {
        trust(NORTHMARCH)
    }

    fn now() -> Moment {
        Moment::parse("2026-11-21T12:00:00Z").expect("a moment")
    }

    const fn issuer<'a>(id: &'a str, name: &'a str) -> IssuerFacts<'a> {
        IssuerFacts {
            id,
            name: Some(name),
            also_known_as: &[],
        }
    }

    #[track_caller]
    fn check(trust: &TrustFile, issuer: &IssuerFacts<'_>, code: &str) {
        let decision = decide(trust, issuer, &AchievementFacts::default(), now());
        assert_eq!(decision.recognition.code(), code, "{issuer:?}");
    }

    #[test]
    fn every_status_has_its_answer() {
        let trust = northmarch();
        for (id, code) in [
            ("did:web:northmarch.badges.example.org", "issuer_own"),
            (
                "did:web:severnhythe.badges.example.org",
                "issuer_recognised",
            ),
            (
                "did:web:severnhythe.badges.example.org:issuers:marchlands-care",
                "issuer_recognised",
            ),
            ("did:web:strathlorn.badges.example.org", "issuer_known"),
            (
                "did:web:northmarch.badges.example.org:issuers:fenmoor",
                "issuer_closed",
            ),
            ("did:web:northmarch-badges.example.net", "issuer_blocked"),
            ("did:web:quickcert.example.net", "issuer_not_listed"),
            ("did:web:nobody.example.net", "issuer_not_listed"),
        ] {
            check(&trust, &issuer(id, "Some name"), code);
        }
    }

    /// V14: the impostor before anybody has blocked it.
    #[test]
    fn a_stranger_with_the_name_of_the_council_is_noticed() {
        let unblocked = NORTHMARCH.replace(r#""status":"blocked""#, r#""status":"unknown""#);
        let impostor = issuer(
            "did:web:northmarch-badges.example.net",
            "Northmarch County Council",
        );
        for trust in [trust(&unblocked), {
            let mut without = northmarch();
            without.entries.retain(|entry| entry.code != "XNC");
            without
        }] {
            let decision = decide(&trust, &impostor, &AchievementFacts::default(), now());
            let Recognition::NameClash { with } = decision.recognition else {
                panic!("{decision:?}");
            };
            assert_eq!(with.code, "NCC");
            for lookalike in [
                "Nоrthmаrch Cоunty Cоuncil",
                "N0RTHMARCH COUNTY COUNCIL",
                "Northmarch County Council workforce development",
                "Fenmoor Training Partnership",
                "Strathlorn Council",
            ] {
                check(&trust, &issuer(impostor.id, lookalike), "issuer_name_clash");
            }
            check(
                &trust,
                &issuer(impostor.id, "Southmarch County Council"),
                "issuer_not_listed",
            );
            check(
                &trust,
                &issuer(impostor.id, "QuickCert Online"),
                "issuer_not_listed",
            );
        }
    }

    /// V15.
    #[test]
    fn blocked_wins_over_the_name() {
        let trust = northmarch();
        let name = "Northmarch County Council";
        for id in [
            "did:web:northmarch-badges.example.net",
            "https://northmarch-badges.example.net/",
        ] {
            check(&trust, &issuer(id, name), "issuer_blocked");
        }
        let tenant = "did:web:northmarch-badges.example.net:issuers:a";
        check(&trust, &issuer(tenant, name), "issuer_name_clash");
    }

    #[test]
    fn an_issuer_that_says_it_is_a_blocked_one_is_blocked() {
        let renamed = IssuerFacts {
            id: "did:web:northmarch.badges.example.org",
            name: None,
            also_known_as: &["https://a.example", "did:web:northmarch-badges.example.net"],
        };
        check(&northmarch(), &renamed, "issuer_blocked");
    }

    #[test]
    fn nothing_an_issuer_says_about_itself_makes_it_recognised() {
        let trust = northmarch();
        let claims = IssuerFacts {
            id: "did:web:nobody.example.net",
            name: Some("Nobody"),
            also_known_as: &["did:web:northmarch.badges.example.org"],
        };
        check(&trust, &claims, "issuer_not_listed");
        for id in [
            "did:web:Northmarch.badges.example.org",
            "did:web:northmarch.badges.example.org%3A443",
            "https://northmarch.badges.example.org",
            "did:web:northmarch.badges.example.org:issuers:new",
        ] {
            check(&trust, &issuer(id, "Nobody"), "issuer_not_listed");
        }
    }

    #[track_caller]
    fn check_badge(id: Option<&str>, human_code: Option<&str>, code: &str) {
        let trust = northmarch();
        let id_of_issuer = "did:web:severnhythe.badges.example.org:issuers:brightlantern";
        let achievement = AchievementFacts { id, human_code };
        let facts = issuer(id_of_issuer, "Bright Lantern Training");
        let decision = decide(&trust, &facts, &achievement, now());
        assert_eq!(decision.recognition.code(), code, "{achievement:?}");
    }

    /// V16.
    #[test]
    fn an_issuer_recognised_for_some_badges_is_recognised_for_those() {
        const BASE: &str =
            "https://severnhythe.badges.example.org/issuers/brightlantern/achievements/";
        let with = |end: &str| format!("{BASE}{end}");
        let here = "issuer_recognised_for_this";
        check_badge(Some(&with("blt-bls")), Some("BLT-BLS"), here);
        check_badge(Some(&with("blt-fire")), None, here);
        check_badge(Some(&with("blt-fire/")), None, here);
        check_badge(Some("urn:example:BLT-FIRE"), None, here);
        check_badge(Some(&with("8f2a")), Some("blt-bls"), here);
        check_badge(None, Some("BLT-BLS"), here);
        for (end, human_code) in [
            ("blt-meds", Some("BLT-MEDS")),
            ("blt-meds", None),
            ("not-blt-bls", None),
            ("blt-bls-2", Some("BLT-BLS-2")),
            ("x?code=blt-bls", None),
            ("8f2a", Some("")),
            ("8f2a", Some("BLT")),
        ] {
            check_badge(Some(&with(end)), human_code, "issuer_limited");
        }
        check_badge(None, None, "issuer_limited");
    }

    /// V17: what matters is when it closed.
    #[test]
    fn a_closed_organisation_says_since_when() {
        let trust = northmarch();
        let facts = issuer("did:web:northmarch.badges.example.org:issuers:fenmoor", "x");
        let decision = decide(&trust, &facts, &AchievementFacts::default(), now());
        let closed = Moment::parse("2024-07-31T00:00:00Z").ok();
        assert_eq!(decision.recognition, Recognition::Closed { since: closed });
    }

    #[test]
    fn an_overdue_review_is_a_note() {
        let trust = northmarch();
        let temewater = issuer(
            "did:web:severnhythe.badges.example.org:issuers:temewater",
            "Temewater College",
        );
        for (at, is_overdue) in [
            ("2026-05-12T23:59:59Z", false),
            ("2026-05-13T00:00:00Z", true),
            ("2025-01-01T00:00:00Z", false),
        ] {
            let at = Moment::parse(at).expect("a moment");
            let decision = decide(&trust, &temewater, &AchievementFacts::default(), at);
            assert_eq!(decision.review_overdue_since.is_some(), is_overdue);
            assert_eq!(decision.recognition.code(), "issuer_recognised");
        }
    }

    #[test]
    fn only_lists_we_subscribe_to_are_named() {
        let trust = northmarch();
        let facts = issuer(
            "did:web:severnhythe.badges.example.org:issuers:marchlands-care",
            "Marchlands Care Association",
        );
        let decision = decide(&trust, &facts, &AchievementFacts::default(), now());
        let Recognition::Recognised {
            through: Through::Lists(lists),
        } = decision.recognition
        else {
            panic!("{decision:?}");
        };
        let names: Vec<&str> = lists.iter().map(|list| &*list.name).collect();
        assert_eq!(names, ["County councils badge circle"]);
    }

    #[test]
    fn an_empty_file_knows_nobody() {
        let facts = issuer("did:web:northmarch.badges.example.org", "Northmarch");
        check(&TrustFile::default(), &facts, "issuer_not_listed");
        let nameless = IssuerFacts {
            name: None,
            ..facts
        };
        check(&TrustFile::default(), &nameless, "issuer_not_listed");
        let empty = IssuerFacts { id: "", ..facts };
        check(&northmarch(), &empty, "issuer_not_listed");
    }
}
