//! What somebody typed into the one field: a code, a link of ours, a link to
//! somewhere else, or a mistake that we can name.

use crate::edge::problem::Problem;
use crate::edge::sharing::Place;
use crate::edge::state::State;
use crate::store::shares::{self, Share};
use crate::text::read_code;
use crate::web::shown;
use url::Url;

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    /// A code, or a link of this node.
    Ours(String),
    /// A link to another host.
    Elsewhere {
        /// The link.
        link: String,
        /// The host, as computers write it.
        host: String,
    },
    /// A mistake, and what to do about it.
    Wrong(&'static str),
}

/// The longest link.
const LONGEST: usize = 2_048;

/// Reads what was typed. The scheme may be left out, as people do.
pub(super) fn read(state: &State, typed: &str) -> Typed {
    let typed = typed.trim();
    if typed.is_empty() {
        return Typed::Wrong("Enter a link or a code");
    }
    if typed.len() > LONGEST {
        return Typed::Wrong("The link must be 2,048 characters or fewer");
    }
    if read_code(typed).is_some() {
        return Typed::Ours(typed.to_owned());
    }
    let has_scheme = typed.contains("://");
    let looks_like_a_link = typed.contains('.') && typed.contains('/');
    let link = match (has_scheme, looks_like_a_link) {
        (true, _) => typed.to_owned(),
        (false, true) if !typed.contains(char::is_whitespace) => format!("https://{typed}"),
        _ => return Typed::Wrong(no_link(typed)),
    };
    let Ok(url) = Url::parse(&link) else {
        return Typed::Wrong("Enter a link that starts with https://");
    };
    if state.address.path_of(url.as_str()).is_some() {
        return Typed::Ours(url.to_string());
    }
    let may_be_plain = state.address.is_dev();
    match (url.scheme(), shown::host_in(url.as_str())) {
        ("https", Some(host)) => Typed::Elsewhere { link, host },
        ("http", Some(host)) if may_be_plain => Typed::Elsewhere { link, host },
        _ => Typed::Wrong("Enter a link that starts with https://"),
    }
}

/// A text that is neither may be a code with a slip, or the badge itself.
fn no_link(typed: &str) -> &'static str {
    const LENGTH: usize = 9;
    if typed.starts_with(['{', '[']) || typed.starts_with("eyJ") {
        return "Enter a link or a code. To check badge text, use “Paste badge text” below";
    }
    let letters = typed.chars().filter(|c| c.is_alphanumeric()).count();
    if letters == LENGTH {
        "Codes look like B7K-4PD-2HX. Check that you have typed it correctly"
    } else if letters < 2 * LENGTH && !typed.contains('.') {
        "The code must be 9 characters"
    } else {
        "Enter a link that starts with https://"
    }
}

/// The share that a code or a link of ours names, whether it works or not.
///
/// # Errors
/// [`Problem`] if the database cannot be read.
pub(in crate::web) async fn share_at(state: &State, typed: &str) -> Result<Option<Share>, Problem> {
    let place = match read_code(typed) {
        Some(code) => Some(Place::Share("code", code)),
        None => state.address.path_of(typed).and_then(Place::of_path),
    };
    let Some(Place::Share(kind, token)) = place else {
        return Ok(None);
    };
    state
        .store
        .read(move |conn| shares::find(conn, kind, &token))
        .await
        .map_err(Problem::from)
}
