//! What else a badge says that people want to read: its picture, how well it
//! went, the standards it meets, and what the person did.
//!
//! **Does not** fetch or follow anything: addresses are text.

use super::summary::plain;
use crate::credential::read::Credential;
use crate::json::{Object, Value};

/// The rest of what a badge says for people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Particulars {
    /// Its picture.
    pub picture: Option<Picture>,
    /// How well it went.
    pub results: Vec<Grade>,
    /// Standards that it meets.
    pub standards: Vec<Standard>,
    /// What the person did.
    pub evidence: Vec<Evidence>,
}

/// The picture of a badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Where it is.
    pub address: String,
    /// What is to be seen on it.
    pub caption: Option<String>,
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// Of what.
    pub of: Option<String>,
    /// The mark, the level or the status.
    pub value: String,
}

/// A standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standard {
    /// What it is called.
    pub name: String,
    /// Of which framework.
    pub framework: Option<String>,
}

/// Something that the person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it is called.
    pub name: Option<String>,
    /// The same in a few sentences.
    pub narrative: Option<String>,
}

impl Particulars {
    /// Reads a credential whose proof holds.
    pub(super) fn read(object: &Object<'_>) -> Self {
        let credential = Credential::new(object);
        let achievement = credential.achievement();
        let of_achievement =
            |name| achievement.map_or(&[][..], |achievement| members(achievement, name));
        Self {
            picture: achievement
                .and_then(|achievement| achievement.get("image"))
                .and_then(picture),
            results: credential.subject().map_or_else(Vec::new, |subject| {
                grades(
                    members_of(subject.get("result")),
                    of_achievement("resultDescription"),
                )
            }),
            standards: objects(of_achievement("alignment"))
                .filter_map(standard)
                .collect(),
            evidence: objects(members(object, "evidence"))
                .map(|one| Evidence {
                    name: plain(one.get("name")),
                    narrative: plain(one.get("narrative").or_else(|| one.get("description"))),
                })
                .collect(),
        }
    }
}

fn members_of<'v, 'a>(value: Option<&'v Value<'a>>) -> &'v [Value<'a>] {
    value.map_or(&[][..], Value::one_or_many)
}

fn members<'v, 'a>(object: &'v Object<'a>, name: &str) -> &'v [Value<'a>] {
    members_of(object.get(name))
}

fn objects<'v, 'a>(values: &'v [Value<'a>]) -> impl Iterator<Item = &'v Object<'a>> {
    values.iter().filter_map(Value::as_object)
}

/// An address, or an Image (Open Badges 3.0 §B.1.13).
fn picture(value: &Value<'_>) -> Option<Picture> {
    let address = value
        .as_str()
        .or_else(|| value.get("id").and_then(Value::as_str))?;
    Some(Picture {
        address: address.to_owned(),
        caption: plain(value.get("caption")),
    })
}

fn standard(one: &Object<'_>) -> Option<Standard> {
    Some(Standard {
        name: plain(one.get("targetName"))?,
        framework: plain(one.get("targetFramework")),
    })
}

/// Open Badges 3.0 §B.1.26: a value, a level of a rubric, or a status.
fn grades(results: &[Value<'_>], described: &[Value<'_>]) -> Vec<Grade> {
    objects(results)
        .filter_map(|result| {
            let description = objects(described).find(|one| {
                one.get("id").is_some() && one.get("id") == result.get("resultDescription")
            });
            let level = || {
                let levels = members(description?, "rubricCriterionLevel");
                let level =
                    objects(levels).find(|one| one.get("id") == result.get("achievedLevel"))?;
                plain(level.get("name"))
            };
            let has_level = result.contains("achievedLevel");
            let value = plain(result.get("value"))
                .or_else(|| has_level.then(level).flatten())
                .or_else(|| plain(result.get("status")))?;
            Some(Grade {
                of: description.and_then(|one| plain(one.get("name"))),
                value,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn read(text: &str) -> Particulars {
        let value = json::parse(text.as_bytes()).expect("JSON");
        Particulars::read(value.as_object().expect("an object"))
    }

    #[test]
    fn a_level_is_told_by_its_name() {
        let read = read(
            r#"{"credentialSubject":{"result":[
                {"resultDescription":"urn:x:1","achievedLevel":"urn:x:l2"},
                {"resultDescription":"urn:x:2","value":"74"},
                {"status":"Completed"}],
              "achievement":{"resultDescription":[
                {"id":"urn:x:1","name":"Practice","rubricCriterionLevel":[
                  {"id":"urn:x:l1","name":"Not yet"},{"id":"urn:x:l2","name":"Safe"}]},
                {"id":"urn:x:2","name":"Test"}]}}}"#,
        );
        let told: Vec<_> = read
            .results
            .iter()
            .map(|grade| (grade.of.as_deref(), grade.value.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (Some("Practice"), "Safe"),
                (Some("Test"), "74"),
                (None, "Completed")
            ]
        );
    }

    #[test]
    fn a_result_that_says_nothing_is_left_out() {
        for result in [
            "{}",
            r#"{"achievedLevel":"urn:x:nowhere"}"#,
            r#"{"resultDescription":"urn:x:1"}"#,
            "7",
        ] {
            let text = format!(
                r#"{{"credentialSubject":{{"result":{result},"achievement":{{"resultDescription":{{"name":"x","rubricCriterionLevel":{{"name":"y"}}}}}}}}}}"#
            );
            assert_eq!(read(&text).results, [], "{result}");
        }
    }

    #[test]
    fn a_picture_may_be_an_address_or_an_image() {
        let as_text = r#"{"credentialSubject":{"achievement":{"image":"https://n.example/a"}}}"#;
        let picture = read(as_text).picture.expect("a picture");
        assert_eq!(
            (picture.address.as_str(), picture.caption),
            ("https://n.example/a", None)
        );
        let as_image = r#"{"credentialSubject":{"achievement":{"image":{"id":"https://n.example/b","caption":"A lamp"}}}}"#;
        let picture = read(as_image).picture.expect("a picture");
        assert_eq!(picture.caption.as_deref(), Some("A lamp"));
        assert_eq!(read("{}").picture, None);
    }
}
