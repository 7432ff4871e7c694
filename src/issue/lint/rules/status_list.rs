//! The list itself.

use super::web_addresses::is_https;
use crate::issue::lint::{Broken, Context, Lint, Place, Severity, status_lists};
use crate::status::{ListKind, Purpose, StatusListContent};

pub(super) static LINT: Lint = Lint {
    name: "status_list",
    citation: "Bitstring Status List §2.2, §3.2; OB3-STA-02, OB3-STA-04",
    sentence: "A status list can be read at its own address, for one purpose, from a date on.",
    severity: Severity::Error,
    applies: status_lists,
    broken,
};

fn broken(context: &Context<'_>) -> Option<Broken> {
    let object = context.object();
    let mut places = Vec::new();
    let mut refuse = |pointer: &str, why: &str| {
        places.push(Place::new(pointer, LINT.name, why));
    };
    let id = object.text("id").unwrap_or_default();
    if !is_https(id, context.settings().dev) || id.contains('#') {
        refuse("/id", "must be the https address of the list");
    }
    if !object.contains("validFrom") {
        refuse("/validFrom", "is needed");
    }
    let subject = object
        .get("credentialSubject")
        .and_then(|subject| subject.get("id"))
        .and_then(|id| id.as_str());
    if subject.is_none_or(|subject| !subject.starts_with(&format!("{id}#"))) {
        refuse(
            "/credentialSubject/id",
            "must be the address of the list with a fragment",
        );
    }
    match StatusListContent::read(object, ListKind::Bitstring, id) {
        Ok(list) => {
            let [Purpose::Revocation | Purpose::Suspension] = list.purposes.as_slice() else {
                refuse(
                    "/credentialSubject/statusPurpose",
                    "must be revocation or suspension",
                );
                return Broken::at(&LINT, places);
            };
        }
        Err(error) => places.push(Place::new(
            "/credentialSubject",
            error.code(),
            error.to_string(),
        )),
    }
    Broken::at(&LINT, places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::samples::Trial;

    #[test]
    fn a_list_can_be_used() {
        let trial = Trial::status_list(&LINT);
        trial.good(&[]);
        trial.good(&[("/credentialSubject/statusPurpose", r#""suspension""#)]);
        trial.bad_there("/id", "");
        trial.bad_there("/id", r#""http://badges.example.org/status/1""#);
        trial.bad_there("/id", r#""https://badges.example.org/status/1#list""#);
        trial.bad_there("/validFrom", "");
        trial.bad_there("/credentialSubject/id", "");
        trial.bad_there(
            "/credentialSubject/id",
            r#""https://badges.example.org/status/2#list""#,
        );
        for purpose in [
            r#""message""#,
            r#""refresh""#,
            r#""other""#,
            r#"["revocation","suspension"]"#,
        ] {
            trial.bad_there("/credentialSubject/statusPurpose", purpose);
        }
    }

    #[test]
    fn its_bits_unpack_to_enough() {
        let trial = Trial::status_list(&LINT);
        for bits in [
            r#""""#,
            r#""u""#,
            r#""H4sIAAAAAAAA""#,
            r#""uAAAA""#,
            // 8 KiB of zeros: too few to hide among.
            r#""uH4sIAAAAAAAA_-3BAQ0AAADCoPdPbQ8HFAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAH8Gx9sYaQAgAAA""#,
        ] {
            trial.bad(
                ("/credentialSubject/encodedList", bits),
                "/credentialSubject",
            );
        }
    }
}
