//! What was achieved: `Achievement` and what hangs on it (Open Badges 3.0
//! §B.1).

use super::{
    ACHIEVEMENT_TYPE, ALIGNMENT_TARGET_TYPE, Class, DESCRIPTION, Due, ENDORSEMENT_CREDENTIAL,
    IDENTIFIER_ENTRY, IMAGE, Kind, LABEL, PROFILE, RESULT_TYPE, many, one, optional, some,
};

/// `Achievement`: the badge design. Called BadgeClass in Open Badges 2.
pub static ACHIEVEMENT: Class = Class::new(
    "Achievement",
    &[
        one("id", Kind::Uri),
        some("type", Kind::Types(&[&["Achievement"]])),
        many("alignment", Kind::Object(&ALIGNMENT)),
        optional("achievementType", Kind::Enumeration(&ACHIEVEMENT_TYPE)),
        optional("creator", Kind::Object(&PROFILE)),
        optional("creditsAvailable", Kind::Float),
        one("criteria", Kind::Object(&CRITERIA)),
        one("description", DESCRIPTION),
        many("endorsement", Kind::Object(&ENDORSEMENT_CREDENTIAL)),
        many("endorsementJwt", Kind::CompactJws),
        optional("fieldOfStudy", LABEL),
        optional("humanCode", LABEL),
        optional("image", Kind::Object(&IMAGE)),
        optional("inLanguage", Kind::LanguageCode),
        one("name", LABEL),
        many("otherIdentifier", Kind::Object(&IDENTIFIER_ENTRY)),
        many("related", Kind::Object(&RELATED)),
        many("resultDescription", Kind::Object(&RESULT_DESCRIPTION)),
        optional("specialization", LABEL),
        many("tag", LABEL),
        optional("version", LABEL),
    ],
);

/// `Criteria`: what had to be done.
pub static CRITERIA: Class = Class::new(
    "Criteria",
    &[
        optional("id", Kind::Uri),
        optional("narrative", Kind::Markdown),
    ],
)
.one_of(
    &["id", "narrative"],
    "an id or a narrative",
    Due::WhenIssuing,
);

/// `Alignment`: a framework, standard or competency that the achievement
/// meets.
pub static ALIGNMENT: Class = Class::new(
    "Alignment",
    &[
        some("type", Kind::Types(&[&["Alignment"]])),
        optional("targetCode", LABEL),
        optional("targetDescription", DESCRIPTION),
        one("targetName", LABEL),
        optional("targetFramework", LABEL),
        optional("targetType", Kind::Enumeration(&ALIGNMENT_TARGET_TYPE)),
        one("targetUrl", Kind::Uri),
    ],
);

/// `Related`: another edition of the achievement.
pub static RELATED: Class = Class::new(
    "Related",
    &[
        one("id", Kind::Uri),
        some("type", Kind::Types(&[&["Related"]])),
        optional("inLanguage", Kind::LanguageCode),
        optional("version", LABEL),
    ],
);

/// `ResultDescription`: a result that awards of the achievement may carry.
pub static RESULT_DESCRIPTION: Class = Class::new(
    "ResultDescription",
    &[
        one("id", Kind::Uri),
        some("type", Kind::Types(&[&["ResultDescription"]])),
        many("alignment", Kind::Object(&ALIGNMENT)),
        many("allowedValue", LABEL),
        one("name", LABEL),
        optional("requiredLevel", Kind::Uri),
        optional("requiredValue", LABEL),
        one("resultType", Kind::Enumeration(&RESULT_TYPE)),
        many(
            "rubricCriterionLevel",
            Kind::Object(&RUBRIC_CRITERION_LEVEL),
        ),
        optional("valueMax", LABEL),
        optional("valueMin", LABEL),
    ],
);

/// `RubricCriterionLevel`: one level of a rubric.
pub static RUBRIC_CRITERION_LEVEL: Class = Class::new(
    "RubricCriterionLevel",
    &[
        one("id", Kind::Uri),
        some("type", Kind::Types(&[&["RubricCriterionLevel"]])),
        many("alignment", Kind::Object(&ALIGNMENT)),
        optional("description", DESCRIPTION),
        optional("level", LABEL),
        one("name", LABEL),
        optional("points", LABEL),
    ],
);
