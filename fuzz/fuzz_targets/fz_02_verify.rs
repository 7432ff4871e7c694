//! FZ-02: whatever is handed in for checking.
//!
//! The input is a badge; or, if its first byte is below 3, a change to one of
//! the badges that [`sealed`] has signed (the seeds hold those in full):
//! where, how many bytes go, and the bytes that come instead. Asserts: no panic; questions come to an end, and
//! none is asked twice; nothing is authentic, or given out as verified, unless
//! its canonical form is that of a badge we signed; the same answers give the
//! same conclusion; a badge is not accepted while a required check is unknown.
//!
//! Documents are answered from the input too: what follows the first line feed
//! after a NUL byte is served at every address.

#![no_main]

use countersign::bake::{Payload, unbake};
use countersign::canon::rdfc::{Hash, canonicalize};
use countersign::canon::{Dataset, Edition, Mode, engine, jcs};
use countersign::clock::Moment;
use countersign::json::{self, Value};
use countersign::proof::Jws;
use countersign::verify::{
    Answer, Conclusion, Document, Policy, Report, State, Step, Unavailable, Verification, Verified,
    to_wire,
};
use countersign_fuzz::sealed;
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// Documents of one check (L-10), of every credential of a presentation.
const MOST_QUESTIONS: usize = 64;

fuzz_target!(|bytes: &[u8]| {
    match *bytes {
        [which @ 0..=2, low, high, gone, ref instead @ ..] => {
            let sealed = sealed_badges()[usize::from(which)].as_bytes();
            let at = usize::from(u16::from_le_bytes([low, high])) % sealed.len();
            let rest = &sealed[(at + usize::from(gone)).min(sealed.len())..];
            check(&[&sealed[..at], instead, rest].concat());
        }
        _ => check(bytes),
    }
});

fn check(bytes: &[u8]) {
    let (badge, served) = match bytes.windows(2).position(|pair| pair == b"\0\n") {
        Some(at) => (&bytes[..at], Some(&bytes[at + 2..])),
        None => (bytes, None),
    };
    let report = judge(badge, served);
    assert_eq!(judge(badge, served).conclusion(), report.conclusion());
    nothing_is_forged(badge, &report);
    no_gap(&report);
    let _ = to_wire(&report, "input");
}

fn judge(badge: &[u8], served: Option<&[u8]>) -> Report {
    let now = Moment::parse(sealed::NOW).expect("a moment");
    let mut check = Verification::new(badge, now, Policy::default());
    let mut asked = Vec::new();
    loop {
        match check.step() {
            Step::Done(report) => return *report,
            Step::Ask(wanted) => {
                assert!(!asked.contains(&wanted), "asked twice: {wanted:?}");
                asked.push(wanted.clone());
                assert!(asked.len() <= MOST_QUESTIONS, "asks without end");
                let answer = match served {
                    Some(bytes) => {
                        Answer::Document(Arc::new(Document::new(bytes.to_vec(), Some(now))))
                    }
                    None => Answer::Unavailable(Unavailable::Unreachable),
                };
                check.answer(wanted, answer);
            }
        }
    }
}

fn nothing_is_forged(badge: &[u8], report: &Report) {
    if report.is_authentic() || report.verified.is_some() {
        let forms = forms_presented(badge);
        assert!(
            forms.iter().any(|form| sealed_forms().contains(form)),
            "forged"
        );
    }
    for report in std::iter::once(report).chain(&report.credentials) {
        if let Some(verified) = &report.verified {
            assert!(sealed_contents().contains(verified), "shown, not signed");
        }
    }
}

fn no_gap(report: &Report) {
    if report.conclusion() == Conclusion::Accept {
        for (check, finding) in report.findings() {
            let is_good = matches!(finding.state, State::Holds | State::NotApplicable);
            assert!(is_good || !report.is_required(check), "{check:?}");
        }
        assert!(report.is_authentic());
    }
}

fn sealed_badges() -> &'static [String] {
    static BADGES: OnceLock<Vec<String>> = OnceLock::new();
    BADGES.get_or_init(sealed::badges)
}

/// The canonical forms of what we signed.
fn sealed_forms() -> &'static BTreeSet<String> {
    static FORMS: OnceLock<BTreeSet<String>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let badges = sealed_badges();
        let forms = badges
            .iter()
            .flat_map(|badge| forms_presented(badge.as_bytes()))
            .collect();
        for badge in badges {
            let report = judge(badge.as_bytes(), None);
            assert!(
                report.is_authentic(),
                "our own badge: {:?}",
                report.findings().collect::<Vec<_>>()
            );
        }
        forms
    })
}

/// What our badges say.
fn sealed_contents() -> &'static [Verified] {
    static CONTENTS: OnceLock<Vec<Verified>> = OnceLock::new();
    CONTENTS.get_or_init(|| {
        let judged = sealed_badges()
            .iter()
            .map(|badge| judge(badge.as_bytes(), None));
        judged.filter_map(|report| report.verified).collect()
    })
}

/// The canonical forms of a badge as it is handed in: without its proof, or
/// the payload of its token.
fn forms_presented(bytes: &[u8]) -> Vec<String> {
    let baked = unbake(bytes).map(|baked| baked.payload);
    let text = match &baked {
        Ok(Payload::Json(text) | Payload::Jws(text)) => text.as_bytes(),
        _ => bytes.trim_ascii(),
    };
    if let Ok(tree) = json::parse(text) {
        let enveloped = tree.get("id").and_then(Value::as_str);
        let token = enveloped.and_then(|id| id.strip_prefix("data:")?.split_once(','));
        return match token {
            Some((_, token)) => payload_forms(token),
            None => forms(&tree),
        };
    }
    std::str::from_utf8(text)
        .map(payload_forms)
        .unwrap_or_default()
}

fn payload_forms(token: &str) -> Vec<String> {
    let Ok(jws) = Jws::parse(token) else {
        return Vec::new();
    };
    json::parse(jws.payload())
        .map(|tree| forms(&tree))
        .unwrap_or_default()
}

fn forms(tree: &Value<'_>) -> Vec<String> {
    let Some(object) = tree.as_object() else {
        return Vec::new();
    };
    let mut found = vec![jcs::to_text_without(object, "proof")];
    let mut dataset = Dataset::new();
    let read = engine(Edition::Newest).read(tree, Some("proof"), &Mode::strict(), &mut dataset);
    if let (Ok(()), Ok(canonical)) = (read, canonicalize(&mut dataset, Hash::Sha256)) {
        found.push(canonical.nquads);
    }
    found
}
