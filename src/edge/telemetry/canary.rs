//! A log that is kept, so that tests can look for what must not be in it.
//!
//! A test puts a canary (a text that occurs nowhere else) where a secret, an
//! e-mail address or a token stands, lets something happen, and asks whether
//! the log mentions it (SEC-73).

use super::logs::subscriber;
use crate::config::{LogFormat, LogLevel, Logs};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

/// The lines that were logged. Copies share them.
#[derive(Debug, Clone, Default)]
pub struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    /// Collects everything that this thread logs, until the guard is dropped.
    #[must_use]
    pub fn of_this_thread() -> (Self, DefaultGuard) {
        let logs = Logs {
            level: LogLevel::Trace,
            format: LogFormat::Json,
        };
        let lines = Self::default();
        let guard = tracing::subscriber::set_default(subscriber(&logs, false, lines.clone()));
        (lines, guard)
    }

    /// All that was logged, as one text.
    #[must_use]
    pub fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// All lines.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.text().lines().map(str::to_owned).collect()
    }

    /// The lines that mention a canary in any of these forms: plain, in other
    /// letters, in base64 or base64url (at any offset), in hexadecimal, or with
    /// `@` and `+` percent-encoded.
    #[must_use]
    pub fn mentions(&self, canary: &str) -> Vec<String> {
        let forms = forms(canary);
        let is_in = |line: &String| {
            let lower = line.to_lowercase();
            let is_it = |form: &String| line.contains(form) || lower.contains(form);
            forms.iter().any(is_it)
        };
        self.lines().into_iter().filter(is_in).collect()
    }
}

/// How a text may be written elsewhere.
fn forms(canary: &str) -> Vec<String> {
    let lower = canary.to_lowercase();
    let percent = lower.replace('@', "%40").replace('+', "%2b");
    let hexadecimal = canary.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![lower, percent, hexadecimal];
    // The letters of base64 depend on where in the text the canary begins; the
    // first and the last of them also on what stands beside it.
    for before in 0..3 {
        let padded = [&vec![0; before], canary.as_bytes()].concat();
        let text = crate::keys::base64url::encode(&padded);
        let inner = text.get(before + usize::from(before > 0)..text.len().saturating_sub(2));
        if let Some(inner) = inner.filter(|inner| inner.len() >= 6) {
            forms.push(inner.to_owned());
            forms.push(inner.replace('-', "+").replace('_', "/"));
        }
    }
    forms
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Lines {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANARY: &str = "Canary+7f@Example.org";

    fn mentions(write: impl FnOnce()) -> usize {
        let (lines, guard) = Lines::of_this_thread();
        write();
        drop(guard);
        lines.mentions(CANARY).len()
    }

    #[test]
    fn a_canary_is_found_in_every_form() {
        let upper = CANARY.to_uppercase();
        let hexadecimal: String = CANARY.bytes().map(|byte| format!("{byte:02X}")).collect();
        for form in [CANARY, &upper, "canary%2B7f%40example.org", &hexadecimal] {
            assert_eq!(mentions(|| tracing::info!(form, "a line")), 1, "{form}");
        }
        for before in ["", "a", "ab", "abc", "user:"] {
            let text = format!("{before}{CANARY} and more");
            let encoded = crate::keys::base64url::encode(text.as_bytes());
            assert_eq!(
                mentions(|| tracing::info!("Basic {encoded}")),
                1,
                "{before}"
            );
        }
    }

    #[test]
    fn what_is_no_canary_is_not_found() {
        assert_eq!(mentions(|| tracing::info!("nothing of that kind")), 0);
        assert_eq!(mentions(|| tracing::info!("canary")), 0);
        assert_eq!(mentions(|| {}), 0);
    }

    #[test]
    fn secrets_of_settings_do_not_reach_the_log() {
        let secret = crate::config::Secret::new(CANARY.to_owned());
        assert_eq!(mentions(|| tracing::info!(?secret, "a line")), 0);
        assert_eq!(mentions(|| tracing::info!("{:?}", Some(&secret))), 0);
    }
}
