//! The achievement of a badge, and whether a limit names it.

/// The achievement, as far as it matters here.
#[derive(Debug, Clone, Copy, Default)]
pub struct AchievementFacts<'a> {
    /// Its id.
    pub id: Option<&'a str>,
    /// Its `humanCode`.
    pub human_code: Option<&'a str>,
}

impl AchievementFacts<'_> {
    /// Whether a limit names the achievement: by its id, by its `humanCode`, or
    /// by a code that is the last part of its id. All three are the issuer's own
    /// words: a limit guides an honest issuer, it does not hold a dishonest one.
    pub(super) fn is_one_of(&self, limited_to: &[String]) -> bool {
        let last = self.id.and_then(last_part);
        limited_to.iter().any(|named| {
            self.id == Some(named)
                || [self.human_code, last]
                    .iter()
                    .flatten()
                    .any(|code| code.eq_ignore_ascii_case(named))
        })
    }
}

fn last_part(id: &str) -> Option<&str> {
    id.rsplit(['/', ':', '#']).find(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_to_a_full_id_is_exact() {
        let id = "https://severnhythe.badges.example.org/achievements/8f2a";
        let limit = [id.to_owned()];
        let named = |id| AchievementFacts {
            id: Some(id),
            human_code: None,
        };
        assert!(named(id).is_one_of(&limit));
        assert!(!named("https://other.example.org/achievements/8f2a").is_one_of(&limit));
        assert!(!named("8f2a").is_one_of(&limit));
        assert!(!named(id).is_one_of(&[]));
    }
}
