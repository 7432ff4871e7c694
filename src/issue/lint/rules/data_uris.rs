//! Pictures written into the badge.

use crate::issue::lint::context::Node;
use crate::issue::lint::{Broken, Context, Lint, Severity, designs};
use crate::limits;

pub(super) static LINT: Lint = Lint {
    name: "data_uris",
    citation: "Open Badges 3.0 §B.1 Image, Evidence; L-11",
    sentence: "Data is written into the credential only as a small picture or as evidence.",
    severity: Severity::Error,
    applies: designs,
    broken,
};

/// Half of the largest achievement that is fetched: one picture fits, with
/// room for the rest.
const MOST_BYTES: usize = limits::DOCUMENT_BYTES / 2;

const PICTURES: [&str; 2] = ["data:image/png", "data:image/svg+xml"];

fn broken(context: &Context<'_>) -> Option<Broken> {
    let places = context.own_texts().filter_map(|(node, text)| {
        let why = refusal(context, node, text)?;
        Some(context.place(node, LINT.name, why))
    });
    Broken::at(&LINT, places.collect())
}

fn refusal<'d>(context: &Context<'d>, node: &Node<'d>, text: &str) -> Option<&'static str> {
    let scheme = text.get(..5)?;
    if !scheme.eq_ignore_ascii_case("data:") || text.contains(char::is_whitespace) {
        return None;
    }
    let owner = context.parent_of(node)?;
    let is_of = |class| owner.get("type").is_some_and(|types| types.includes(class));
    let is_picture = PICTURES.iter().any(|start| {
        let rest = text.strip_prefix(start);
        rest.is_some_and(|rest| rest.starts_with([',', ';']))
    });
    if node.name != "id" || !(is_of("Image") || is_of("Evidence")) {
        Some("may not be data; write the address of it")
    } else if is_of("Image") && !is_picture {
        Some("must be a PNG or an SVG")
    } else if text.len() > MOST_BYTES {
        Some("is too large; write the address of it")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    const IMAGE: &str = "/credentialSubject/achievement/image/id";

    fn data(start: &str, length: usize) -> String {
        format!("\"{start}{}\"", "A".repeat(length - start.len()))
    }

    #[test]
    fn pictures_in_the_badge_are_small() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        for start in ["data:image/png;base64,", "data:image/svg+xml,"] {
            trial.good(&[(IMAGE, &data(start, 1000))]);
            trial.good(&[(IMAGE, &data(start, MOST_BYTES))]);
            trial.bad_there(IMAGE, &data(start, MOST_BYTES + 1));
        }
        trial.good(&[("/evidence/0/id", &data("data:text/plain,", 1000))]);
        trial.bad_there("/evidence/0/id", &data("data:text/plain,", MOST_BYTES + 1));
    }

    #[test]
    fn pictures_are_of_the_kinds_that_readers_show() {
        let trial = Trial::badge(&LINT);
        for start in [
            "data:image/jpeg;base64,",
            "data:image/pngx;base64,",
            "data:text/html,",
            "DATA:image/png;base64,",
            "data:,",
        ] {
            trial.bad_there(IMAGE, &data(start, 100));
        }
    }

    #[test]
    fn nothing_else_is_data() {
        let trial = Trial::badge(&LINT);
        trial.good(&[("/description", r#""data: what was measured""#)]);
        for place in [
            "/id",
            "/issuer/url",
            "/credentialSubject/achievement/criteria/id",
            "/credentialSubject/achievement/alignment/0/targetUrl",
            "/credentialStatus/statusListCredential",
        ] {
            trial.bad_there(place, r#""data:text/plain,a""#);
        }
    }
}
