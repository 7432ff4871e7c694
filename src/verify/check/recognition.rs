//! Who vouches for the issuer, as the one who checks sees it.

use super::token::issuer_id;
use crate::clock::Moment;
use crate::json::{Object, Value};
use crate::trust::{AchievementFacts, IssuerFacts, Recognition, decide};
use crate::verify::policy::Policy;
use crate::verify::report::{Finding, Report, State};

/// Asks the trust file. Without one nobody was asked, which is not an answer.
pub(in crate::verify) fn check(
    policy: &Policy,
    report: &mut Report,
    badge: &Object<'_>,
    now: Moment,
) -> Finding {
    let Some(trust) = &policy.trust else {
        return Finding::not_reached("not_asked");
    };
    let id = issuer_id(badge).unwrap_or_default();
    let name = badge
        .get("issuer")
        .and_then(|issuer| issuer.get("name"))
        .and_then(Value::as_str);
    let subject = badge
        .get("credentialSubject")
        .and_then(|subject| subject.one_or_many().first());
    let achievement = subject.and_then(|subject| subject.get("achievement"));
    let text = |member| {
        achievement
            .and_then(|achievement| achievement.get(member))
            .and_then(Value::as_str)
    };
    let decision = decide(
        trust,
        &IssuerFacts {
            id,
            name,
            also_known_as: &[],
        },
        &AchievementFacts {
            id: text("id"),
            human_code: text("humanCode"),
        },
        now,
    );
    if let Some(since) = decision.review_overdue_since {
        report.note(
            "review_overdue",
            format!(
                "whether to recognise the issuer was due for review on {}",
                since.to_plain_date()
            ),
        );
    }
    let code = decision.recognition.code();
    let detail = decision
        .entry
        .and_then(|entry| entry.how_checked.clone())
        .unwrap_or_default();
    match decision.recognition {
        Recognition::Own | Recognition::Recognised { .. } | Recognition::RecognisedForSome => {
            Finding::new(State::Holds, code, detail)
        }
        Recognition::Closed { since } => {
            let finding = Finding::new(State::Holds, code, detail);
            match since {
                Some(since) => finding.at(since),
                None => finding,
            }
        }
        Recognition::Blocked => Finding::fails(code, detail),
        Recognition::NameClash { with } => {
            let name = with.name.as_ref().map_or("", |name| name.as_str());
            Finding::fails(code, format!("the name is that of {name}"))
        }
        Recognition::NotForThisBadge { .. } => {
            Finding::unknown(code, "the issuer is known, but not for this badge")
        }
        Recognition::Known | Recognition::Unknown => Finding::unknown(code, detail),
    }
}
