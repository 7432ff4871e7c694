//! Not withdrawn, not paused (Bitstring Status List v1.0 §3.2; Open Badges 3.0
//! §8.4 step 7).

use crate::clock::Moment;
use crate::json::{Object, Value};
use crate::limits;
use crate::status::{ListEntry, Outcome, RevocationList, StatusEntry, StatusListContent};
use crate::verify::credential::{self, Role};
use crate::verify::desk::{Asking, Desk};
use crate::verify::report::{Check, Finding, Report, State};
use crate::verify::wanted::{Document, Unavailable, WantedKind};

/// A status list whose own proof was checked, remembered with its document.
#[derive(Debug)]
pub struct CheckedList {
    content: Result<StatusListContent, crate::status::Error>,
    /// The report on the list credential, at the moment it was checked.
    proof: Finding,
    valid_until: Option<Moment>,
    valid_from: Option<Moment>,
}

impl CheckedList {
    /// When it began, by its own word.
    pub(in crate::verify) const fn valid_from(&self) -> Option<Moment> {
        self.valid_from
    }
}

/// Looks up every entry. A set bit of purpose revocation or suspension counts,
/// whoever keeps the list; anything that cannot be looked up is unknown.
pub(in crate::verify) fn check(
    desk: &Desk<'_>,
    report: &mut Report,
    badge: &Object<'_>,
    issuer: &str,
) -> Asking<Finding> {
    let entries = badge
        .get("credentialStatus")
        .map_or(&[][..], Value::one_or_many);
    if entries.is_empty() {
        report.note(
            "no_status",
            "the issuer offers no way to see whether the badge was withdrawn",
        );
        return Ok(Finding::not_applicable(
            "no_status",
            "the badge has no status entry",
        ));
    }
    if entries.len() > limits::STATUS_ENTRIES {
        return Ok(Finding::unknown(
            "status_too_many",
            "the badge has too many status entries",
        ));
    }
    let mut worst = Finding::holds();
    for entry in entries {
        let finding = match StatusEntry::read(entry) {
            Ok(entry) => look_up(desk, report, badge, issuer, &entry)?,
            Err(error) => Finding::unknown(error.code(), error.to_string()),
        };
        worst = worse(worst, finding);
    }
    Ok(worst)
}

fn worse(left: Finding, right: Finding) -> Finding {
    let rank = |finding: &Finding| match (finding.state, finding.code) {
        (State::Fails, "revoked") => 4,
        (State::Fails, _) => 3,
        (State::Unknown, _) => 2,
        (_, "ok") => 0,
        _ => 1,
    };
    // Of two that are as good, the older list is the one to tell of.
    let by_rank = |finding: &Finding| (rank(finding), finding.age_seconds);
    if by_rank(&right) > by_rank(&left) {
        right
    } else {
        left
    }
}

fn look_up(
    desk: &Desk<'_>,
    report: &mut Report,
    badge: &Object<'_>,
    issuer: &str,
    entry: &StatusEntry,
) -> Asking<Finding> {
    match entry {
        StatusEntry::List(entry) => list(desk, report, issuer, entry),
        StatusEntry::RevocationList1EdTech { url } => revocation_list(desk, badge, issuer, url),
        StatusEntry::Unknown { types } => Ok(Finding::unknown(
            "status_type_unknown",
            format!(
                "the kind of status {:.100} is not supported",
                types.join(", ")
            ),
        )),
    }
}

fn unavailable(url: &str, why: Unavailable) -> Finding {
    let host = url::Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    let host = host.unwrap_or_else(|| "its host".to_owned());
    Finding::unknown(why.status_code(), format!("{host}: {}", why.code()))
}

fn list(desk: &Desk<'_>, report: &mut Report, issuer: &str, entry: &ListEntry) -> Asking<Finding> {
    let document = match desk.ask(WantedKind::StatusList, &entry.list)? {
        Ok(document) => document,
        Err(why) => return Ok(unavailable(&entry.list, why)),
    };
    let age = document.age(desk.now);
    // The list's own proof is checked once for each copy that was fetched. Only
    // what holds is remembered: an outage or a clock may be over next time.
    if let Some(checked) = document.status_list.get() {
        let finding = judge(desk, report, issuer, entry, checked);
        return Ok(doubted(finding, &document).aged(age));
    }
    let checked = check_list(desk, &document, entry)?;
    let finding = judge(desk, report, issuer, entry, &checked);
    let finding = doubted(finding, &document).aged(age);
    if checked.proof.state == State::Holds && checked.content.is_ok() {
        document.status_list.get_or_init(|| checked);
    }
    Ok(finding)
}

/// From a list that its host has taken back, "withdrawn" still counts and "not
/// withdrawn" does not (SEC-63).
fn doubted(finding: Finding, document: &Document) -> Finding {
    match document.doubt {
        Some(code) if finding.state != State::Fails => Finding::unknown(
            code,
            "the host of the list of withdrawn badges serves an older one than before",
        ),
        _ => finding,
    }
}

fn check_list(desk: &Desk<'_>, document: &Document, entry: &ListEntry) -> Asking<CheckedList> {
    let broken = |proof| CheckedList {
        content: Err(crate::status::Error::Malformed { member: "list" }),
        proof,
        valid_until: None,
        valid_from: None,
    };
    let inner_desk = desk.for_part(&entry.list);
    let judged = credential::judge_bytes(&inner_desk, document.bytes(), Role::StatusList)?;
    let authentic = judged.report.is_authentic();
    let proof = if authentic {
        Finding::holds()
    } else {
        let answer = judged
            .report
            .answer(crate::verify::report::Question::Authentic);
        Finding::unknown(
            "STATUS_VERIFICATION_ERROR",
            format!(
                "the list of withdrawn badges could not be trusted: {} {}",
                answer.code, answer.detail
            ),
        )
    };
    let Some(list) = judged.credential else {
        return Ok(broken(proof));
    };
    let key = judged.report.finding(Check::Key);
    let proof = if authentic && key.state != State::Holds {
        Finding::unknown(
            "STATUS_VERIFICATION_ERROR",
            format!("the key of the list of withdrawn badges: {}", key.code),
        )
    } else {
        proof
    };
    let (from, until) = super::dates::span(&list);
    let moment = |text: Option<&str>| text.and_then(|text| Moment::parse(text).ok());
    Ok(CheckedList {
        valid_until: moment(until),
        valid_from: moment(from),
        content: StatusListContent::read(&list, entry.kind, &entry.list),
        proof,
    })
}

fn judge(
    desk: &Desk<'_>,
    report: &mut Report,
    issuer: &str,
    entry: &ListEntry,
    checked: &CheckedList,
) -> Finding {
    if checked.proof.state != State::Holds {
        return checked.proof.clone();
    }
    if checked.valid_until.is_some_and(|until| desk.now > until) {
        return Finding::unknown(
            "status_list_expired",
            "the list of withdrawn badges is out of date",
        );
    }
    if checked
        .valid_from
        .is_some_and(|from| from.seconds_since(desk.now) > limits::CLOCK_SKEW_SECONDS)
    {
        return Finding::unknown(
            "status_list_expired",
            "the list of withdrawn badges has not begun",
        );
    }
    let outcome = match &checked.content {
        Ok(content) => {
            let by_other = content.issuer != issuer;
            if by_other {
                report.note(
                    "status_by_other_party",
                    format!(
                        "the list of withdrawn badges is kept by {:.200}",
                        content.issuer
                    ),
                );
            }
            match content.outcome(entry) {
                Ok(outcome)
                    if by_other && desk.policy.own_status_lists_only && !outcome.counts() =>
                {
                    return Finding::unknown(
                        "status_by_other_party",
                        "the list of withdrawn badges is kept by somebody else",
                    );
                }
                outcome => outcome,
            }
        }
        Err(error) => Err(*error),
    };
    match outcome {
        Ok(outcome) => meaning(report, &outcome),
        Err(error) => Finding::unknown(error.code(), error.to_string()),
    }
}

fn meaning(report: &mut Report, outcome: &Outcome) -> Finding {
    match outcome {
        Outcome::NotSet => Finding::holds(),
        Outcome::Revoked { message } => {
            Finding::fails("revoked", message.clone().unwrap_or_default())
        }
        Outcome::Suspended { message } => {
            Finding::fails("suspended", message.clone().unwrap_or_default())
        }
        Outcome::Information {
            purpose,
            status,
            message,
        } => {
            let said = message.clone().unwrap_or_else(|| status.to_string());
            report.note(
                "status_information",
                format!("{}: {said:.300}", purpose.as_str()),
            );
            Finding::holds()
        }
    }
}

/// Unsigned, so it counts only from the issuer's own host.
fn revocation_list(
    desk: &Desk<'_>,
    badge: &Object<'_>,
    issuer: &str,
    url: &str,
) -> Asking<Finding> {
    let document = match desk.ask(WantedKind::RevocationList, url)? {
        Ok(document) => document,
        Err(why) => return Ok(unavailable(url, why)),
    };
    let age = document.age(desk.now);
    let list = document.json().ok();
    let list = list
        .as_ref()
        .and_then(Value::as_object)
        .map(|list| RevocationList::read(list, url, issuer));
    let finding = match (list, badge.text("id")) {
        (Some(Ok(list)), Some(id)) => match list.find(id) {
            Some(revoked) => Finding::fails("revoked", revoked.reason.clone().unwrap_or_default()),
            None => Finding::holds(),
        },
        (Some(Err(error)), _) => Finding::unknown(error.code(), error.to_string()),
        _ => Finding::unknown(
            "STATUS_VERIFICATION_ERROR",
            "the list of withdrawn badges cannot be read",
        ),
    };
    Ok(finding.aged(age))
}
