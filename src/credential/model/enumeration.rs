//! The enumerations of Open Badges 3.0 and their extension rule.

/// A list of terms.
#[derive(Debug)]
pub struct Enumeration {
    /// Its name in the standard.
    pub name: &'static str,
    /// Its terms.
    pub terms: &'static [&'static str],
    /// Whether terms that begin with `ext:` are allowed too.
    pub extensible: bool,
}

impl Enumeration {
    /// Whether `text` is one of the terms, or an extension where those are
    /// allowed.
    ///
    /// ```
    /// use countersign::credential::model::ACHIEVEMENT_TYPE;
    /// assert!(ACHIEVEMENT_TYPE.has("Badge") && ACHIEVEMENT_TYPE.has("ext:Placement"));
    /// assert!(!ACHIEVEMENT_TYPE.has("Placement") && !ACHIEVEMENT_TYPE.has("xxext:a b"));
    /// ```
    #[must_use]
    pub fn has(&self, text: &str) -> bool {
        self.terms.contains(&text) || (self.extensible && is_extension(text))
    }
}

/// The extension rule as a regular expression, for JSON Schema. Unlike the
/// published one it is anchored, so `xxext:a b` is no extension.
pub(crate) const EXTENSION_PATTERN: &str = "^ext:[A-Za-z0-9._-]+$";

fn is_extension(text: &str) -> bool {
    text.strip_prefix("ext:").is_some_and(|rest| {
        !rest.is_empty()
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    })
}

/// What kind of achievement it is (`AchievementType`).
pub static ACHIEVEMENT_TYPE: Enumeration = Enumeration {
    name: "AchievementType",
    terms: &[
        "Achievement",
        "ApprenticeshipCertificate",
        "Assessment",
        "Assignment",
        "AssociateDegree",
        "Award",
        "Badge",
        "BachelorDegree",
        "Certificate",
        "CertificateOfCompletion",
        "Certification",
        "CommunityService",
        "Competency",
        "Course",
        "CoCurricular",
        "Degree",
        "Diploma",
        "DoctoralDegree",
        "Fieldwork",
        "GeneralEducationDevelopment",
        "JourneymanCertificate",
        "LearningProgram",
        "License",
        "Membership",
        "ProfessionalDoctorate",
        "QualityAssuranceCredential",
        "MasterCertificate",
        "MasterDegree",
        "MicroCredential",
        "ResearchDoctorate",
        "SecondarySchoolDiploma",
    ],
    extensible: true,
};

/// What an alignment points to (`AlignmentTargetType`).
pub static ALIGNMENT_TARGET_TYPE: Enumeration = Enumeration {
    name: "AlignmentTargetType",
    terms: &[
        "ceasn:Competency",
        "ceterms:Credential",
        "CFItem",
        "CFRubric",
        "CFRubricCriterion",
        "CFRubricCriterionLevel",
        "CTDL",
    ],
    extensible: true,
};

/// What an identifier identifies (`IdentifierTypeEnum`).
pub static IDENTIFIER_TYPE: Enumeration = Enumeration {
    name: "IdentifierTypeEnum",
    terms: &[
        "name",
        "sourcedId",
        "systemId",
        "productId",
        "userName",
        "accountId",
        "emailAddress",
        "nationalIdentityNumber",
        "isbn",
        "issn",
        "lisSourcedId",
        "oneRosterSourcedId",
        "sisSourcedId",
        "ltiContextId",
        "ltiDeploymentId",
        "ltiToolId",
        "ltiPlatformId",
        "ltiUserId",
        "identifier",
    ],
    extensible: true,
};

/// What a result is measured in (`ResultType`).
pub static RESULT_TYPE: Enumeration = Enumeration {
    name: "ResultType",
    terms: &[
        "GradePointAverage",
        "LetterGrade",
        "Percent",
        "PerformanceLevel",
        "PredictedScore",
        "RawScore",
        "Result",
        "RubricCriterion",
        "RubricCriterionLevel",
        "RubricScore",
        "ScaledScore",
        "Status",
    ],
    extensible: true,
};

/// How far someone has come (`ResultStatusType`). Closed.
pub static RESULT_STATUS_TYPE: Enumeration = Enumeration {
    name: "ResultStatusType",
    terms: &[
        "Completed",
        "Enrolled",
        "Failed",
        "InProgress",
        "OnHold",
        "Provisional",
        "Withdrew",
    ],
    extensible: false,
};

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(&Enumeration, usize); 5] = [
        (&ACHIEVEMENT_TYPE, 31),
        (&ALIGNMENT_TARGET_TYPE, 7),
        (&IDENTIFIER_TYPE, 19),
        (&RESULT_TYPE, 12),
        (&RESULT_STATUS_TYPE, 7),
    ];

    #[test]
    fn each_has_as_many_terms_as_the_standard_and_knows_them() {
        for (enumeration, count) in ALL {
            let mut terms = enumeration.terms.to_vec();
            terms.sort_unstable();
            terms.dedup();
            assert_eq!(terms.len(), count, "{}", enumeration.name);
            for term in terms {
                assert!(enumeration.has(term), "{} {term}", enumeration.name);
                assert!(!enumeration.has(&format!("{term} ")), "{term}");
                assert!(!enumeration.has(&term.to_uppercase()) || term.to_uppercase() == term);
            }
        }
    }

    #[test]
    fn what_is_no_term_is_refused() {
        for (enumeration, _) in ALL {
            for other in [
                "",
                "Foo",
                "xxext:a b",
                "xext:a",
                "ext:",
                "ext:a b",
                "ext:a|b",
                "ext:a\n",
                "ext:ŵ",
                "EXT:a",
                "extension",
            ] {
                assert!(!enumeration.has(other), "{} {other:?}", enumeration.name);
            }
        }
    }

    #[test]
    fn extensions_are_allowed_everywhere_but_in_the_closed_one() {
        for (enumeration, _) in ALL {
            for extension in ["ext:foo", "ext:UK.RQF-Level_3"] {
                assert_eq!(enumeration.has(extension), enumeration.extensible);
            }
        }
    }
}
