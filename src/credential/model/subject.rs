//! About whom: `AchievementSubject` and its parts, `EndorsementSubject`, and
//! `Evidence` (Open Badges 3.0 §B.1).

use super::{
    ACHIEVEMENT, ALIGNMENT, Class, DESCRIPTION, IDENTIFIER_TYPE, IMAGE, Kind, LABEL, PROFILE,
    RESULT_STATUS_TYPE, TOKEN, many, one, optional, some,
};

/// `AchievementSubject`: who achieved what. That it names someone (by `id` or
/// `identifier`) is for [`crate::credential::cross`].
pub static ACHIEVEMENT_SUBJECT: Class = Class::new(
    "AchievementSubject",
    &[
        optional("id", Kind::Uri),
        some("type", Kind::Types(&[&["AchievementSubject"]])),
        optional("activityEndDate", Kind::DateTime),
        optional("activityStartDate", Kind::DateTime),
        optional("creditsEarned", Kind::Float),
        one("achievement", Kind::Object(&ACHIEVEMENT)),
        many("identifier", Kind::Object(&IDENTITY_OBJECT)),
        optional("image", Kind::Object(&IMAGE)),
        optional("licenseNumber", LABEL),
        optional("narrative", Kind::Markdown),
        many("result", Kind::Object(&RESULT)),
        optional("role", LABEL),
        optional("source", Kind::Object(&PROFILE)),
        optional("term", LABEL),
    ],
);

/// `IdentityObject`: one way to recognise the subject. Closed.
pub static IDENTITY_OBJECT: Class = Class::new(
    "IdentityObject",
    &[
        one("type", Kind::Type(Some("IdentityObject"))),
        one("hashed", Kind::Boolean),
        one("identityHash", LABEL),
        one("identityType", Kind::Enumeration(&IDENTIFIER_TYPE)),
        optional("salt", TOKEN),
    ],
)
.closed();

/// `Result`: how well it went.
pub static RESULT: Class = Class::new(
    "Result",
    &[
        some("type", Kind::Types(&[&["Result"]])),
        optional("achievedLevel", Kind::Uri),
        many("alignment", Kind::Object(&ALIGNMENT)),
        optional("resultDescription", Kind::Uri),
        optional("status", Kind::Enumeration(&RESULT_STATUS_TYPE)),
        optional("value", LABEL),
    ],
);

/// `Evidence`: what shows that it was achieved.
pub static EVIDENCE: Class = Class::new(
    "Evidence",
    &[
        optional("id", Kind::Uri),
        some("type", Kind::Types(&[&["Evidence"]])),
        optional("narrative", Kind::Markdown),
        optional("name", LABEL),
        optional("description", DESCRIPTION),
        optional("genre", LABEL),
        optional("audience", LABEL),
    ],
);

/// `EndorsementSubject`: what is endorsed, and how.
pub static ENDORSEMENT_SUBJECT: Class = Class::new(
    "EndorsementSubject",
    &[
        one("id", Kind::Uri),
        some("type", Kind::Types(&[&["EndorsementSubject"]])),
        optional("endorsementComment", Kind::Markdown),
    ],
);
