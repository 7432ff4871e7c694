//! Reading a trust file.
//!
//! ```json
//! {"viewpoint": "NCC",
//!  "entries": [{"issuer": "BLT", "did": "did:web:badges.example.org:blt",
//!               "nameInOurList": "Bright Lantern Training",
//!               "status": "trusted-for-some", "limitedTo": ["BLT-BLS"],
//!               "since": "2025-06-01", "reviewDue": "2027-06-01",
//!               "howChecked": "Only for life support"}],
//!  "lists": [{"name": "…", "publisher": "MCA", "members": ["BLT"],
//!             "updated": "2026-11-01", "subscribed": true}]}
//! ```
//!
//! `ids` may name further ids of the same issuer (an https form). Members that
//! we do not know are passed over; words, dates and ids that we cannot read are
//! errors, because a slip must not turn "blocked" into "never heard of".

use super::{Entry, Error, OrganisationName, Place, Status, TrustFile, TrustList};
use crate::clock::Moment;
use crate::json::{self, Object, Value};
use std::collections::HashSet;
use url::Url;

impl TrustFile {
    /// Reads a trust file.
    ///
    /// # Errors
    /// [`Error`]; nothing of a file with an error counts.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let value = json::parse(bytes)?;
        let file = Part::new(&value, Place::File, "entries")?;
        let entries = file.items("entries")?.ok_or(file.wrong("entries"))?;
        let entries = entries
            .iter()
            .zip(1..)
            .map(|(item, number)| entry(item, Place::Entry(number)))
            .collect::<Result<Vec<_>, _>>()?;
        check_unique(&entries)?;
        let lists = file.items("lists")?.unwrap_or_default();
        Ok(Self {
            viewpoint: file.optional_text("viewpoint")?,
            entries,
            lists: lists
                .iter()
                .zip(1..)
                .map(|(item, number)| list(item, Place::List(number)))
                .collect::<Result<_, _>>()?,
        })
    }
}

fn entry(item: &Value<'_>, place: Place) -> Result<Entry, Error> {
    let part = Part::new(item, place, "entries")?;
    let mut ids = vec![part.text("did")?];
    ids.extend(part.texts("ids")?.unwrap_or_default());
    if ids.iter().any(|id| !is_id(id)) {
        return Err(part.wrong("did"));
    }
    Ok(Entry {
        code: part.text("issuer")?,
        ids,
        name: part
            .optional_text("nameInOurList")?
            .map(|name| OrganisationName::new(&name)),
        status: status(&part)?,
        since: part.day("since", "00:00:00")?,
        review_due: part.day("reviewDue", "23:59:59")?,
        how_checked: part.optional_text("howChecked")?,
    })
}

fn status(part: &Part<'_, '_>) -> Result<Status, Error> {
    let limited_to = part.texts("limitedTo")?;
    let word = part.text("status")?;
    let status = match (word.as_str(), limited_to) {
        ("trusted-for-some", Some(limited_to)) => return Ok(Status::TrustedForSome { limited_to }),
        ("trusted-for-some", None) => return Err(Error::LimitedTo { place: part.place }),
        ("own", None) => Status::Own,
        ("trusted", None) => Status::Trusted,
        ("known-through-list", None) => Status::KnownThroughList,
        ("known", None) => Status::Known,
        ("closed", None) => Status::Closed,
        ("blocked", _) => Status::Blocked,
        ("unknown", None) => Status::Unknown,
        ("own" | "trusted" | "known-through-list" | "known" | "closed" | "unknown", Some(_)) => {
            return Err(Error::LimitedTo { place: part.place });
        }
        _ => {
            return Err(Error::UnknownStatus {
                place: part.place,
                status: word,
            });
        }
    };
    Ok(status)
}

fn list(item: &Value<'_>, place: Place) -> Result<TrustList, Error> {
    let part = Part::new(item, place, "lists")?;
    Ok(TrustList {
        name: part.text("name")?,
        publisher: part.text("publisher")?,
        members: part.texts("members")?.ok_or(part.wrong("members"))?,
        updated: part.day("updated", "00:00:00")?,
        subscribed: part
            .object
            .get("subscribed")
            .and_then(Value::as_bool)
            .ok_or(part.wrong("subscribed"))?,
    })
}

/// A DID or a web address, without what only points into a document.
fn is_id(id: &str) -> bool {
    let is_known =
        id.starts_with("did:") || id.starts_with("https://") || id.starts_with("http://");
    is_known && !id.contains(['#', ' ']) && Url::parse(id).is_ok()
}

fn check_unique(entries: &[Entry]) -> Result<(), Error> {
    let mut seen = HashSet::new();
    for (entry, number) in entries.iter().zip(1..) {
        for id in entry.ids.iter().chain([&entry.code]) {
            if !seen.insert(id) {
                return Err(Error::Duplicate {
                    place: Place::Entry(number),
                    id: id.clone(),
                });
            }
        }
    }
    Ok(())
}

/// An object of the file, and where it is. `null` is the same as nothing.
struct Part<'v, 'a> {
    object: &'v Object<'a>,
    place: Place,
}

impl<'v, 'a> Part<'v, 'a> {
    fn new(value: &'v Value<'a>, place: Place, member: &'static str) -> Result<Self, Error> {
        let object = value.as_object().ok_or(Error::Shape { place, member })?;
        Ok(Self { object, place })
    }

    const fn wrong(&self, member: &'static str) -> Error {
        Error::Shape {
            place: self.place,
            member,
        }
    }

    fn member(&self, member: &'static str) -> Option<&'v Value<'a>> {
        self.object
            .get(member)
            .filter(|value| **value != Value::Null)
    }

    fn optional_text(&self, member: &'static str) -> Result<Option<String>, Error> {
        self.member(member)
            .map(|value| {
                value
                    .as_str()
                    .filter(|text| !text.trim().is_empty())
                    .map(str::to_owned)
                    .ok_or(self.wrong(member))
            })
            .transpose()
    }

    fn text(&self, member: &'static str) -> Result<String, Error> {
        self.optional_text(member)?.ok_or(self.wrong(member))
    }

    fn items(&self, member: &'static str) -> Result<Option<&'v [Value<'a>]>, Error> {
        self.member(member)
            .map(|value| value.as_array().ok_or(self.wrong(member)))
            .transpose()
    }

    fn texts(&self, member: &'static str) -> Result<Option<Vec<String>>, Error> {
        let Some(items) = self.items(member)? else {
            return Ok(None);
        };
        items
            .iter()
            .map(|item| {
                item.as_str()
                    .filter(|text| !text.trim().is_empty())
                    .map(str::to_owned)
                    .ok_or(self.wrong(member))
            })
            .collect::<Result<Vec<_>, _>>()
            .map(Some)
    }

    /// A date, as a moment of that day in UTC.
    fn day(&self, member: &'static str, time: &str) -> Result<Option<Moment>, Error> {
        self.optional_text(member)?
            .map(|date| Moment::parse(&format!("{date}T{time}Z")).map_err(|_| self.wrong(member)))
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_entry(members: &str) -> String {
        format!(
            r#"{{"entries":[{{"issuer":"AAA","did":"did:web:a.example.org","status":"trusted"}},
                {{"issuer":"BBB","did":"did:web:b.example.org"{members}}}]}}"#
        )
    }

    fn parse(text: &str) -> Result<TrustFile, Error> {
        TrustFile::parse(text.as_bytes())
    }

    #[track_caller]
    fn check_shape(text: &str, place: Place, member: &'static str) {
        assert_eq!(parse(text), Err(Error::Shape { place, member }), "{text}");
    }

    #[test]
    fn an_entry_is_read() {
        let file = parse(
            r#"{"viewpoint":"NCC","note":"ours","entries":[{"issuer":"TWC",
                "did":"did:web:severnhythe.badges.example.org:issuers:temewater",
                "ids":["https://severnhythe.badges.example.org/issuers/temewater"],
                "nameInOurList":"Temewater College","status":"trusted","since":"2025-05-12",
                "reviewDue":"2026-05-12","howChecked":"Review is overdue","colour":"red"}],
              "lists":[{"name":"Marchlands workforce trust list","publisher":"MCA",
                "members":["VCC","TWC"],"updated":"2026-11-01","subscribed":true}]}"#,
        )
        .expect("a trust file");
        let entry = file
            .entry("https://severnhythe.badges.example.org/issuers/temewater")
            .expect("an entry");
        assert_eq!(entry.code, "TWC");
        assert_eq!(entry.status, Status::Trusted);
        assert_eq!(
            entry.name.as_ref().map(OrganisationName::as_str),
            Some("Temewater College")
        );
        let written = |moment: Option<Moment>| moment.map(Moment::to_rfc3339);
        assert_eq!(
            written(entry.since).as_deref(),
            Some("2025-05-12T00:00:00Z")
        );
        assert_eq!(
            written(entry.review_due).as_deref(),
            Some("2026-05-12T23:59:59Z")
        );
        assert_eq!(file.viewpoint.as_deref(), Some("NCC"));
        assert!(file.lists.iter().all(|list| list.subscribed));
        for other in [
            "did:web:severnhythe.badges.example.org",
            "did:web:severnhythe.badges.example.org:issuers:temewater:x",
            "did:web:SEVERNHYTHE.badges.example.org:issuers:temewater",
            "https://severnhythe.badges.example.org/issuers/temewater/",
            "TWC",
            "",
        ] {
            assert_eq!(file.entry(other), None, "{other}");
        }
    }

    #[test]
    fn every_status_has_its_word_and_others_are_refused() {
        for (word, status) in [
            ("own", Status::Own),
            ("trusted", Status::Trusted),
            ("known-through-list", Status::KnownThroughList),
            ("known", Status::Known),
            ("closed", Status::Closed),
            ("blocked", Status::Blocked),
            ("unknown", Status::Unknown),
        ] {
            let file = parse(&with_entry(&format!(r#","status":"{word}""#))).expect("a file");
            assert_eq!(file.entries[1].status, status);
        }
        for word in ["Blocked", "blocked ", "trusted-for", "allow", "no"] {
            let outcome = parse(&with_entry(&format!(r#","status":"{word}""#)));
            let error = outcome.expect_err("an unknown word");
            assert_eq!(error.code(), "trust_file_status", "{word}");
            assert!(error.to_string().contains("entry 2"));
        }
        let place = Place::Entry(2);
        for wrong in ["", r#","status":null"#, r#","status":1"#, r#","status":"""#] {
            check_shape(&with_entry(wrong), place, "status");
        }
    }

    #[test]
    fn a_limit_goes_with_trusted_for_some_only() {
        let limited = with_entry(r#","status":"trusted-for-some","limitedTo":["BLT-BLS"]"#);
        assert_eq!(
            parse(&limited).expect("a file").entries[1].status,
            Status::TrustedForSome {
                limited_to: vec!["BLT-BLS".into()]
            }
        );
        for wrong in [
            r#","status":"trusted-for-some""#,
            r#","status":"trusted-for-some","limitedTo":null"#,
            r#","status":"trusted","limitedTo":["BLT-BLS"]"#,
            r#","status":"own","limitedTo":[]"#,
        ] {
            let outcome = parse(&with_entry(wrong)).map_err(|error| error.code());
            assert_eq!(outcome, Err("trust_file_limited_to"), "{wrong}");
        }
        for wrong in [r#""BLT-BLS""#, "[1]", r#"[""]"#, "{}"] {
            check_shape(
                &with_entry(&format!(
                    r#","status":"trusted-for-some","limitedTo":{wrong}"#
                )),
                Place::Entry(2),
                "limitedTo",
            );
        }
    }

    #[test]
    fn members_of_the_wrong_form_are_refused() {
        check_shape("[]", Place::File, "entries");
        check_shape("{}", Place::File, "entries");
        check_shape(r#"{"entries":{}}"#, Place::File, "entries");
        check_shape(r#"{"entries":[1]}"#, Place::Entry(1), "entries");
        check_shape(r#"{"entries":[{"issuer":"A"}]}"#, Place::Entry(1), "did");
        check_shape(
            r#"{"entries":[{"did":"did:web:a.example.org","status":"own"}]}"#,
            Place::Entry(1),
            "issuer",
        );
        for did in [
            "northmarch",
            "//a.example.org",
            "urn:x:y",
            "did:web:a#key",
            "https://",
            "did:web:a b",
        ] {
            check_shape(
                &format!(r#"{{"entries":[{{"issuer":"A","did":"{did}","status":"own"}}]}}"#),
                Place::Entry(1),
                "did",
            );
        }
        for date in [
            "2026",
            "2026-02-30",
            "12 May 2026",
            "2026-05-12T00:00:00Z",
            "0000-01-01",
        ] {
            for member in ["since", "reviewDue"] {
                check_shape(
                    &with_entry(&format!(r#","status":"own","{member}":"{date}""#)),
                    Place::Entry(2),
                    member,
                );
            }
        }
        for (list, member) in [
            (
                r#"{"publisher":"A","members":[],"subscribed":true}"#,
                "name",
            ),
            (
                r#"{"name":"L","publisher":"A","subscribed":true}"#,
                "members",
            ),
            (r#"{"name":"L","publisher":"A","members":[]}"#, "subscribed"),
            (
                r#"{"name":"L","publisher":"A","members":[],"subscribed":"yes"}"#,
                "subscribed",
            ),
        ] {
            check_shape(
                &format!(r#"{{"entries":[],"lists":[{list}]}}"#),
                Place::List(1),
                member,
            );
        }
    }

    #[test]
    fn two_entries_for_one_issuer_are_refused() {
        for (second, id) in [
            (r#""issuer":"A","did":"did:web:b.example.org""#, "A"),
            (
                r#""issuer":"B","did":"did:web:a.example.org""#,
                "did:web:a.example.org",
            ),
            (
                r#""issuer":"B","did":"did:web:b.example.org","ids":["https://a.example.org/"]"#,
                "https://a.example.org/",
            ),
        ] {
            let outcome = parse(&format!(
                r#"{{"entries":[{{"issuer":"A","did":"did:web:a.example.org",
                    "ids":["https://a.example.org/"],"status":"trusted"}},
                    {{{second},"status":"blocked"}}]}}"#
            ));
            let place = Place::Entry(2);
            assert_eq!(
                outcome,
                Err(Error::Duplicate {
                    place,
                    id: id.into()
                })
            );
        }
    }

    #[test]
    fn what_is_not_json_keeps_its_code() {
        let error = parse("{\"entries\":[],\"entries\":[]}").expect_err("twice");
        assert_eq!(
            (error.code(), error.is_limit()),
            ("json_duplicate_key", false)
        );
        let error = parse(&"[".repeat(100)).expect_err("deep");
        assert_eq!((error.code(), error.is_limit()), ("json_too_deep", true));
    }
}
