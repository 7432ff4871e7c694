//! What a report says, in plain English.
//!
//! Fixed sentences, no jargon: the words of the standards stand only in the
//! technical details. A badge that is not genuine is never described from its
//! own content.

use super::outcome::Outcome;
use super::report::{Check, Finding, Question, Report, State, Subject};
use crate::clock::Moment;

/// A report for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Which headline.
    pub outcome: Outcome,
    /// One or two words for a label: `Current`, `Changed` …
    pub tag: &'static str,
    /// The headline.
    pub headline: String,
    /// One or two sentences below it.
    pub lead: String,
    /// What to do now.
    pub next: String,
    /// The four questions with their answers, in order.
    pub answers: [(Question, String); 4],
}

/// Explains a report.
#[must_use]
pub fn explain(report: &Report) -> Explanation {
    let outcome = Outcome::of(report);
    let facts = Facts::of(report);
    let (tag, headline, lead, next) = words(outcome, report, &facts);
    Explanation {
        outcome,
        tag,
        headline,
        lead,
        next,
        answers: [
            (Question::Authentic, authentic(report)),
            (Question::Current, current(report)),
            (Question::Recognised, recognised(report)),
            (Question::Person, person(report)),
        ],
    }
}

/// What may be named: only what the seal covers.
struct Facts {
    issuer: String,
    awarded: String,
    begins: String,
    ends: String,
}

impl Facts {
    fn of(report: &Report) -> Self {
        let verified = report.verified.as_ref().filter(|_| report.is_authentic());
        let date = |text: Option<&str>| {
            text.and_then(|text| Moment::parse(text).ok())
                .map_or_else(|| "a date we do not know".to_owned(), Moment::to_plain_date)
        };
        Self {
            issuer: verified
                .and_then(|verified| verified.issuer_name.as_deref())
                .unwrap_or("The organisation that issued it")
                .to_owned(),
            awarded: date(verified.and_then(|verified| verified.awarded.as_deref())),
            begins: date(verified.and_then(|verified| verified.valid_from.as_deref())),
            ends: date(verified.and_then(|verified| verified.valid_until.as_deref())),
        }
    }
}

type Words = (&'static str, String, String, String);

fn words(outcome: Outcome, report: &Report, facts: &Facts) -> Words {
    let say = |tag, headline: &str, lead: String, next: &str| {
        (tag, headline.to_owned(), lead, next.to_owned())
    };
    let Facts {
        issuer,
        awarded,
        begins,
        ends,
    } = facts;
    match outcome {
        Outcome::NoBadgeFound => say("No badge", "We could not find a badge in it", "A badge is a small file, or a picture with the badge saved inside it.".to_owned(), "Ask for the original file or a link. A photo of a badge is not enough."),
        Outcome::Unsupported => say("Could not check", "We cannot check this kind of badge yet", reason(report), "This is not a sign that anything is wrong. Ask the organisation that issued it."),
        Outcome::Changed if report.finding(Check::Proof).code == "proof_missing" => say(
            "Changed",
            "This badge has no digital seal",
            "Without a seal anybody could have written it, so we are not showing you what it says.".to_owned(),
            "Do not rely on it. Ask the person to send you the original file or link.",
        ),
        Outcome::Changed => say("Changed", "This badge has been changed since it was issued", "Something in it is different from what was issued, so we are not showing you what it says.".to_owned(), "Do not rely on it. Ask the person to send you the original file or link again. Copying and pasting can change a badge by accident."),
        Outcome::KeyUnreachable => say("Could not check", "We could not check this badge", format!("We could not reach {}. This is not a sign that anything is wrong.", host(report, Question::Authentic)), "Try again later."),
        Outcome::Current => say("Current", "This badge is genuine and current", format!("{issuer} gave this badge on {awarded}. It has not been changed. It lasts until {ends}."), "You can rely on what it says. Check that it is about the person you are dealing with."),
        Outcome::CurrentNoExpiry => say("Current", "This badge is genuine", format!("{issuer} gave this badge on {awarded}. It has not been changed. It does not have an end date."), "You can rely on what it says. Decide for yourself if it is recent enough."),
        Outcome::NotStarted => (
            "Not started",
            format!("This badge does not start until {begins}"),
            format!("{issuer} has issued it with a start date in the future."),
            format!("Check again on or after {begins}."),
        ),
        Outcome::Expired => expired(report, facts),
        _ => more_words(outcome, report, facts),
    }
}

fn more_words(outcome: Outcome, report: &Report, facts: &Facts) -> Words {
    let say = |tag, headline: &str, lead: String, next: &str| {
        (tag, headline.to_owned(), lead, next.to_owned())
    };
    let Facts {
        issuer, awarded, ..
    } = facts;
    match outcome {
        Outcome::Withdrawn if report.finding(Check::Key).code == "key_revoked_time_unproven" => say("Withdrawn", "The digital seal on this badge has been withdrawn", format!("{issuer} no longer stands by this seal. Somebody else may have used it."), "Do not rely on it. Ask for a badge with a new seal."),
        Outcome::Withdrawn => say("Withdrawn", "This badge was withdrawn", format!("{issuer} withdrew it."), "Do not rely on it. Ask the organisation if you need to know more. They may not be able to tell you why."),
        Outcome::Paused => say("Paused", "This badge is paused", format!("{issuer} paused it. This is not a decision about the person."), "Do not rely on it for now. Check again later."),
        Outcome::BlockedIssuer => say("Not accepted", "We do not accept badges from this organisation", "It is on our list of organisations that we do not accept.".to_owned(), "Do not rely on it."),
        Outcome::NameClash => say("Warning", "This badge uses the name of an organisation we know, but it did not come from them", "The name is the same or nearly the same. The web address is not.".to_owned(), "Do not rely on it. Tell the organisation whose name it uses."),
        Outcome::SelfIssued => say("Self-issued", "The person made this badge themselves", "It has not been changed. Nobody else stands behind it.".to_owned(), "Ask for something from an organisation."),
        Outcome::UnknownIssuer => say("Not recognised", "We do not recognise the organisation that issued this badge", "It has not been changed since it was issued.".to_owned(), "Find out who the organisation is before you rely on it."),
        Outcome::LimitedIssuer => say("Not recognised for this", "We know the organisation, but not for this kind of badge", format!("{issuer} gave this badge on {awarded}."), "Ask somebody who knows the subject."),
        Outcome::StatusUnreachable => say("Could not check", "We could not check if this badge has been withdrawn", format!("The digital seal is genuine. {}", status_trouble(report)), "Try again later, or ask the organisation."),
        Outcome::OlderVersion => say("Older badge", "This is an older kind of badge", "It is as its organisation shows it on its own website today. Older badges do not always have a seal.".to_owned(), "You can rely on it as far as you trust that website."),
        Outcome::StatusStale => say("Current", "This badge was genuine and current when we last checked", format!("{issuer} gave this badge on {awarded}. We last saw its list of withdrawn badges {}.", age(report)), "Check again later if it matters."),
        Outcome::IssuerClosed => say("Current", "This badge is genuine. The organisation that issued it has closed", format!("{issuer} gave this badge on {awarded}. It has not been changed."), "You can rely on what it says."),
        _ => say("Could not check", "We could not check this badge", reason(report), "Try again later."),
    }
}

fn expired(report: &Report, facts: &Facts) -> Words {
    let when = report
        .finding(Check::Dates)
        .at
        .or(report.finding(Check::Key).at)
        .map_or_else(|| facts.ends.clone(), Moment::to_plain_date);
    (
        "Expired",
        format!("This badge is genuine but it expired on {when}"),
        format!(
            "{} gave it on {}. It has not been changed.",
            facts.issuer, facts.awarded
        ),
        "Ask if it has been renewed. Do not treat it as showing current training.".to_owned(),
    )
}

/// Why a badge cannot be checked, without the standards' words.
fn reason(report: &Report) -> String {
    let answer = report.answer(Question::Authentic);
    match answer.code {
        "context_not_allowed" | "context_unused" => "It uses terms that we do not know.".to_owned(),
        "proof_unsupported" => "It has a kind of seal that we do not know.".to_owned(),
        "json_too_deep"
        | "json_too_large"
        | "rdf_too_large"
        | "canonicalization_limit"
        | "image_limits"
        | "payload_too_large"
        | "proof_too_many" => "It is too complex to check safely.".to_owned(),
        "internal" => "Our own software stumbled over it.".to_owned(),
        _ => "Something in it is of a kind that we do not know.".to_owned(),
    }
}

fn host(report: &Report, question: Question) -> String {
    let detail = &report.answer(question).detail;
    detail
        .split(':')
        .next()
        .unwrap_or("the organisation")
        .to_owned()
}

fn status_trouble(report: &Report) -> String {
    let status = report.finding(Check::Status);
    match status.code {
        "STATUS_RETRIEVAL_ERROR" | "fetch_address_refused" => format!(
            "We could not reach {}.",
            status.detail.split(':').next().unwrap_or("its website")
        ),
        "STATUS_VERIFICATION_ERROR" => {
            "The organisation's list of withdrawn badges could not be trusted.".to_owned()
        }
        "status_list_expired" | "status_list_rollback" => {
            "The organisation's list of withdrawn badges is out of date.".to_owned()
        }
        "status_type_unknown" => {
            "It uses a way of withdrawing badges that we do not know.".to_owned()
        }
        _ => "The organisation's list of withdrawn badges is broken.".to_owned(),
    }
}

fn age(report: &Report) -> String {
    let hours = report
        .finding(Check::Status)
        .age_seconds
        .unwrap_or_default()
        / 3_600;
    match hours {
        0 | 1 => "an hour ago".to_owned(),
        2..=47 => format!("{hours} hours ago"),
        _ => format!("{} days ago", hours / 24),
    }
}

fn authentic(report: &Report) -> String {
    if report.subject == Subject::Nothing {
        return "There is no badge to check.".to_owned();
    }
    if report.finding(Check::Proof).code == "hosted" && report.is_authentic() {
        return "Yes, as far as its organisation's website shows today. It has no digital seal."
            .to_owned();
    }
    match report.answer(Question::Authentic).state {
        State::Holds | State::NotApplicable => {
            "Yes. It is unchanged and carries its organisation's digital seal.".to_owned()
        }
        State::Fails => "No. It is not what was issued.".to_owned(),
        State::Unknown | State::NotReached => "We could not check.".to_owned(),
    }
}

fn current(report: &Report) -> String {
    if !report.is_authentic() {
        return "Not looked at, because the badge is not known to be genuine.".to_owned();
    }
    let answer = report.answer(Question::Current);
    let on = |text: &str| match answer.at {
        Some(at) => format!("No. {text} on {}.", at.to_plain_date()),
        None => format!("No. {text}."),
    };
    match (answer.state, answer.code) {
        (State::Fails, "revoked") => on("It was withdrawn"),
        (State::Fails, "suspended") => on("It is paused"),
        (State::Fails, "expired") => on("It expired"),
        (State::Fails, "not_yet_valid") => on("It starts"),
        (State::Fails, "key_revoked_time_unproven") => on("Its digital seal was withdrawn"),
        (State::Fails, _) => on("Its digital seal has run out"),
        (State::Unknown | State::NotReached, _) => {
            format!("We could not check. {}", status_trouble(report))
        }
        (State::Holds | State::NotApplicable, _) => held_current(report),
    }
}

fn held_current(report: &Report) -> String {
    let end = report.finding(Check::Dates).at.map_or_else(
        || "It has no end date".to_owned(),
        |at| format!("It lasts until {}", at.to_plain_date()),
    );
    match report.finding(Check::Status).state {
        State::NotApplicable => {
            format!("{end}. Its organisation offers no way to see if it was withdrawn.")
        }
        _ => format!("Yes. {end}, and it has not been withdrawn."),
    }
}

fn recognised(report: &Report) -> String {
    let finding = report.finding(Check::Recognition);
    match finding.code {
        "issuer_own" => "Yes. It is ours.".to_owned(),
        "issuer_recognised" | "issuer_recognised_for_this" => {
            "Yes. The organisation is on the list of organisations we recognise.".to_owned()
        }
        "issuer_closed" => format!(
            "Yes. We recognised the organisation. It closed{}.",
            closed_on(finding)
        ),
        "issuer_blocked" => "No. We do not accept badges from this organisation.".to_owned(),
        "issuer_name_clash" => "No. It only uses the name of an organisation we know.".to_owned(),
        "issuer_limited" => "We know the organisation, but not for this kind of badge.".to_owned(),
        "issuer_known" => "We know the organisation, but its badges do not count here.".to_owned(),
        "issuer_not_listed" => "We do not recognise the organisation.".to_owned(),
        _ => "We did not look. There was no list of organisations to look in.".to_owned(),
    }
}

fn closed_on(finding: &Finding) -> String {
    finding
        .at
        .map_or_else(String::new, |at| format!(" on {}", at.to_plain_date()))
}

fn person(report: &Report) -> String {
    let finding = report.finding(Check::Person);
    match finding.state {
        State::Holds => "Yes. It was issued to the person you named.".to_owned(),
        State::Fails => {
            "No. It was not issued to the person you named, or to another address of theirs."
                .to_owned()
        }
        State::Unknown => "We could not check. The badge does not say whose it is.".to_owned(),
        State::NotApplicable | State::NotReached => {
            "We did not check whose badge this is.".to_owned()
        }
    }
}
