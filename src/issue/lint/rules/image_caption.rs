//! Pictures in words.

use crate::issue::lint::{Broken, Context, Lint, Severity, badges_and_endorsements};

pub(super) static LINT: Lint = Lint {
    name: "image_caption",
    citation: "WCAG 2.2 §1.1.1, Open Badges 3.0 §B.1 Image",
    sentence: "Every picture has a caption, for those who cannot see it.",
    severity: Severity::Error,
    applies: badges_and_endorsements,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let places = context
        .own_objects()
        .filter(|(node, image)| {
            node.name == "image"
                && image
                    .text("caption")
                    .is_none_or(|caption| caption.trim().is_empty())
        })
        .map(|(node, _)| context.place_in(node, "caption", LINT.name, "is needed"));
    Broken::at(&LINT, places.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn pictures_are_described() {
        let trial = Trial::badge(&LINT);
        trial.good(&[]);
        trial.good(&[
            ("/image", ""),
            ("/issuer/image", ""),
            ("/credentialSubject/achievement/image", ""),
        ]);
        for image in [
            "/image",
            "/issuer/image",
            "/credentialSubject/achievement/image",
        ] {
            let caption = format!("{image}/caption");
            for nothing in ["", r#""""#, r#"" ""#, "7"] {
                trial.bad_there(&caption, nothing);
            }
        }
    }
}
