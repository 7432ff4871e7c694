//! Reports for people: the headline and the four answers first, details below.

use crate::clock::Moment;
use crate::edge::gather::Gathered;
use crate::net::Look;
use crate::verify::{Explanation, Question, Report, State, Verified, explain};
use std::fmt::Write as _;
use std::path::PathBuf;

/// All reports of a call.
pub(super) fn reports(reports: &[(&PathBuf, Gathered)]) -> String {
    let mut text = String::new();
    for (at, (input, gathered)) in reports.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        let name = (reports.len() > 1).then(|| input.display().to_string());
        one(&mut text, name.as_deref(), &gathered.report);
        looks(&mut text, &gathered.looks);
    }
    text
}

fn looks(text: &mut String, looks: &[Look]) {
    for look in looks {
        let row = format!(
            "  {:<13} {:<15} {}",
            "document",
            look.code,
            printable(&look.url)
        );
        line(text, &row);
    }
}

/// One report.
pub(super) fn one(text: &mut String, name: Option<&str>, report: &Report) {
    let explanation = explain(report);
    if let Some(name) = name {
        line(text, name);
    }
    headline(text, &explanation);
    if let Some(verified) = report.verified.as_ref().filter(|_| report.is_authentic()) {
        facts(text, verified);
    }
    text.push('\n');
    for (question, answer) in &explanation.answers {
        line(text, &format!("  {:<18} {answer}", label(*question)));
    }
    endorsements(text, report);
    details(text, report);
    for (at, inner) in report.credentials.iter().enumerate() {
        text.push('\n');
        one(text, Some(&format!("Badge {} in it", at + 1)), inner);
    }
}

fn line(text: &mut String, content: &str) {
    text.push_str(content);
    text.push('\n');
}

fn headline(text: &mut String, explanation: &Explanation) {
    line(
        text,
        &format!("[{}] {}", explanation.tag, explanation.headline),
    );
    line(text, &explanation.lead);
    line(text, &explanation.next);
}

const fn label(question: Question) -> &'static str {
    match question {
        Question::Authentic => "Genuine?",
        Question::Current => "Current?",
        Question::Recognised => "Recognised?",
        Question::Person => "About this person?",
    }
}

fn facts(text: &mut String, verified: &Verified) {
    let rows = [
        ("Badge", verified.name.as_deref()),
        ("What it is for", verified.description.as_deref()),
        (
            "Organisation",
            verified
                .issuer_name
                .as_deref()
                .or(verified.issuer_id.as_deref()),
        ),
        ("Name on it", verified.subject_name.as_deref()),
    ];
    text.push('\n');
    let dates = [
        ("Awarded", verified.awarded.as_deref()),
        ("Lasts until", verified.valid_until.as_deref()),
    ]
    .map(|(label, date)| {
        (
            label,
            date.and_then(|date| Moment::parse(date).ok())
                .map(Moment::to_plain_date),
        )
    });
    let rows = rows.map(|(label, value)| (label, value.map(printable)));
    for (label, value) in rows.into_iter().chain(dates) {
        if let Some(value) = value {
            line(text, &format!("  {label:<18} {value}"));
        }
    }
}

fn endorsements(text: &mut String, report: &Report) {
    for endorsement in &report.endorsements {
        let said = match (endorsement.finding.state, &endorsement.comment) {
            (State::Holds, comment) => {
                let who = endorsement
                    .endorser_name
                    .as_deref()
                    .or(endorsement.endorser.as_deref())
                    .unwrap_or("somebody");
                let own = if endorsement.is_own {
                    " (the organisation itself)"
                } else {
                    ""
                };
                format!(
                    "{}{own}: {}",
                    printable(who),
                    printable(comment.as_deref().unwrap_or("supports it"))
                )
            }
            (State::Fails, _) => "One is not genuine, or is about something else.".to_owned(),
            _ => "One could not be checked.".to_owned(),
        };
        line(text, &format!("  {:<18} {said}", "Supported by"));
    }
}

fn details(text: &mut String, report: &Report) {
    text.push('\n');
    line(text, "Technical details");
    for (check, finding) in report.findings() {
        let mut row = format!(
            "  {:<13} {:<15} {}",
            check.id(),
            finding.state.id(),
            finding.code
        );
        if !finding.detail.is_empty() {
            let _ = write!(row, ": {}", printable(&finding.detail));
        }
        line(text, &row);
    }
    for proof in &report.proofs {
        line(
            text,
            &format!(
                "  seal          {:<15} {} {} {}",
                proof.finding.state.id(),
                proof.suite,
                printable(&proof.method),
                proof.finding.code
            ),
        );
    }
    for note in &report.notes {
        line(
            text,
            &format!("  note          {}: {}", note.code, printable(&note.text)),
        );
    }
    line(
        text,
        &format!("  checked at    {}", report.checked_at.to_rfc3339()),
    );
}

/// Text of a stranger for a terminal: no control characters, no tricks with the
/// direction of writing, not endless.
fn printable(text: &str) -> String {
    const LONGEST: usize = 500;
    let shown = |character: char| {
        if character.is_control()
            || matches!(u32::from(character), 0x200E..=0x200F | 0x202A..=0x202E | 0x2066..=0x2069)
        {
            ' '
        } else {
            character
        }
    };
    let mut short: String = text.chars().take(LONGEST).map(shown).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn a_stranger_cannot_write_to_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\r\nc\u{202e}d"), "a [31mb  c d");
        assert_eq!(printable(&"x".repeat(600)).chars().count(), 501);
    }
}
