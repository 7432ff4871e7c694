//! What passed the lints, and what it was linted for.
//!
//! **Invariant.** A [`Ready`] can only be made by [`lint()`], and only from a
//! draft that broke no rule of [`Severity::Error`]. It cannot be copied, so one
//! lint buys one signature.

use super::Draft;
use super::lint::{Broken, Severity, broken_rules};
use crate::clock::Moment;
use crate::json::{Object, Value};
use crate::proof::Suite;

/// How a credential is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Seal {
    /// By a Data Integrity proof in the credential.
    Embedded(Suite),
    /// By a token around it (VC-JWT, Open Badges 3.0 §8.2).
    VcJwt,
}

/// What a draft is linted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Whose key will sign: the controller of the verification method.
    pub controller: String,
    /// How it will be sealed.
    pub seal: Seal,
    /// Whether a second status entry, for suspension, is allowed. The
    /// published schema knows one entry only, so the issuer has to ask for it.
    pub suspension: bool,
    /// Whether addresses on this machine may be plain http.
    pub dev: bool,
}

impl Settings {
    /// The strict settings.
    #[must_use]
    pub fn new(controller: impl Into<String>, seal: Seal) -> Self {
        Self {
            controller: controller.into(),
            seal,
            suspension: false,
            dev: false,
        }
    }
}

/// A credential that may be signed, once.
///
/// ```compile_fail
/// fn twice(ready: countersign::issue::Ready) {
///     let copy = ready.clone();
/// }
/// ```
#[derive(Debug)]
pub struct Ready {
    document: Value<'static>,
    settings: Settings,
}

impl Ready {
    /// The credential.
    #[must_use]
    pub fn object(&self) -> &Object<'static> {
        static NONE: Object<'static> = Object::new();
        self.document.as_object().unwrap_or(&NONE)
    }

    pub(super) const fn document(&self) -> &Value<'static> {
        &self.document
    }

    /// What it was linted for.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }
}

/// Looks at the whole draft, as of `now`. What comes with [`Ready`] are
/// warnings: they don't keep it from being signed.
///
/// # Errors
/// Every broken rule, also those that only warn; at least one is an error.
pub fn lint(
    draft: Draft,
    settings: &Settings,
    now: Moment,
) -> Result<(Ready, Vec<Broken>), Vec<Broken>> {
    let kind = draft.kind();
    let document = Value::Object(draft.into_object());
    let broken = broken_rules(&document, kind, settings, now);
    let refused = broken
        .iter()
        .any(|broken| broken.lint.severity == Severity::Error);
    if refused {
        return Err(broken);
    }
    let ready = Ready {
        document,
        settings: settings.clone(),
    };
    Ok((ready, broken))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples;

    #[track_caller]
    fn linted(text: &str) -> Result<(Ready, Vec<Broken>), Vec<Broken>> {
        let draft = Draft::parse(text.as_bytes()).expect("a draft");
        lint(draft, &samples::settings(), samples::now())
    }

    #[test]
    fn a_good_draft_is_ready_as_it_is() {
        for text in [samples::BADGE, samples::ENDORSEMENT, samples::STATUS_LIST] {
            let (ready, warnings) = linted(text).unwrap_or_else(|broken| panic!("{broken:?}"));
            let written = Draft::parse(text.as_bytes()).expect("a draft");
            assert_eq!(ready.object(), written.object());
            assert_eq!(warnings, []);
        }
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let text = samples::BADGE
            .replace(
                "https://badges.example.org/achievements",
                "http://x.example",
            )
            .replace("2026-03-02T09:00:00Z", "2026-03-02T09:00:00.5Z")
            .replace("\"creditsEarned\": 2.5,", "")
            .replace("MicroCredential", "Micro credential")
            .replace("\"hashed\": true", "\"hashed\": false");
        let broken = linted(&text).expect_err("five things are wrong");
        let names: Vec<&str> = broken.iter().map(|broken| broken.lint.name).collect();
        for name in [
            "enumerations",
            "whole_seconds",
            "web_addresses",
            "plain_email",
        ] {
            assert!(names.contains(&name), "{name} is not in {names:?}");
        }
    }

    #[test]
    fn warnings_alone_do_not_refuse() {
        let text = samples::BADGE.replace("\"hashed\": true", "\"hashed\": false");
        let (_, warnings) = linted(&text).unwrap_or_else(|broken| panic!("{broken:?}"));
        let names: Vec<&str> = warnings.iter().map(|broken| broken.lint.name).collect();
        assert_eq!(names, ["plain_email"]);
    }
}
