//! Whether one organisation goes by the name of another.
//!
//! A listed name is used by a claimed one if both are the same after folding,
//! or if the claimed name begins with the part of the listed name that says
//! who it is: "Northmarch County Council" of "Northmarch County Council
//! workforce development".
//!
//! **Limits.** A warning, not a proof: an honest branch or students' union of a
//! listed organisation is caught too, until it is listed itself. Typing errors
//! ("Nortmarch"), another order of words ("Aldermere University" for
//! "University of Aldermere"), a listed name behind other words, translations
//! and short forms are not caught. English and a few Welsh words only.

use super::fold;
use std::sync::LazyLock;

/// A name, and its folded words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationName {
    text: String,
    words: Vec<String>,
}

impl OrganisationName {
    /// A name as somebody wrote it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            words: without_trimmings(fold::words(text)),
        }
    }

    /// The name as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether `claimed` is this name, or begins with what says who this is.
    ///
    /// ```
    /// use countersign::trust::OrganisationName;
    /// let ours = OrganisationName::new("Northmarch County Council workforce development");
    /// assert!(ours.is_used_by(&OrganisationName::new("NORTHMARCH C0UNTY COUNCIL Ltd")));
    /// assert!(!ours.is_used_by(&OrganisationName::new("Northmarch College")));
    /// ```
    #[must_use]
    pub fn is_used_by(&self, claimed: &Self) -> bool {
        let whole = self.words.concat();
        let is_same = !whole.is_empty() && whole == claimed.words.concat();
        let head = self.head();
        // One word alone ("Northmarch") begins many honest names.
        is_same || (head.len() > 1 && begins_with(&claimed.words, &head.concat()))
    }

    /// The words up to where it is said who this is: a word for a kind of
    /// organisation and one that others don't share, with the "of …" that
    /// follows. All words, if there is no word for a kind.
    fn head(&self) -> &[String] {
        let mut has_kind = false;
        let mut has_own = false;
        for (at, word) in self.words.iter().enumerate() {
            let after = self.words.get(at + 1);
            if after.is_some_and(|next| EXTENDING.contains(next)) {
                // "School of" is not yet the name of a school.
                has_kind |= KINDS.contains(word);
                has_own = false;
                continue;
            }
            if KINDS.contains(word) {
                has_kind = true;
            } else if !SHARED.contains(word) && !LINKS.contains(word) {
                has_own = true;
            }
            if has_kind && has_own {
                return self.words.get(..=at).unwrap_or_default();
            }
        }
        &self.words
    }
}

/// Whether the first words, written together, are `head`: so that a space more
/// or less makes no difference, but "Councillors" does not begin with "Council".
fn begins_with(words: &[String], head: &str) -> bool {
    let mut rest = head;
    for word in words {
        match rest.strip_prefix(word.as_str()) {
            Some("") => return true,
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
    false
}

/// Takes off "the" in front, and legal forms and "(closed)" at the end.
fn without_trimmings(mut words: Vec<String>) -> Vec<String> {
    while words.len() > 1 && words.last().is_some_and(|word| FORMS.contains(word)) {
        words.pop();
    }
    if words.len() > 1 && words.first().is_some_and(|word| ARTICLES.contains(word)) {
        words.remove(0);
    }
    words
}

/// Words, folded as names are.
struct Words(Vec<String>);

impl Words {
    fn new(text: &str) -> Self {
        Self(fold::words(text))
    }

    fn contains(&self, word: &str) -> bool {
        self.0.iter().any(|known| known == word)
    }
}

/// Kinds of organisations.
static KINDS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "council university college school academy institute institution association society
         partnership trust foundation authority board hospital charity federation union
         consortium commission cyngor prifysgol coleg ysgol",
    )
});

/// Words that many organisations have in their names.
static SHARED: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "county city borough district town parish community metropolitan combined unitary royal
         national international regional local united british uk great greater new north south
         east west northern southern eastern western central upper lower mid
         social work care home health nhs education further higher adult childrens skills
         learning training development digital professional sir dinas tref",
    )
});

static LINKS: LazyLock<Words> = LazyLock::new(|| Words::new("of for and in at the"));

/// After these the name of a kind goes on: "School of Economics".
static EXTENDING: LazyLock<Words> = LazyLock::new(|| Words::new("of for"));

static ARTICLES: LazyLock<Words> = LazyLock::new(|| Words::new("the y yr"));

/// Legal forms, and how closed organisations are marked in lists.
static FORMS: LazyLock<Words> = LazyLock::new(|| {
    Words::new(
        "ltd limited plc llp lp cic cio inc incorporated llc corp gmbh company co cyf closed",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    /// The organisations of the sample trust list.
    const LISTED: [&str; 15] = [
        "Northmarch County Council workforce development",
        "Willowbank Home Care",
        "Open Practice Chat network",
        "Doorstep Digital",
        "Severnhythe County Council learning and development",
        "Solentmere County Council children's services academy",
        "University of Aldermere School of Social Work",
        "Temewater College",
        "Keystone End-point Assessment",
        "Bright Lantern Training",
        "Marchlands Care Association",
        "Aberhelyg County Council",
        "Strathlorn Council social work training",
        "Fenmoor Training Partnership (closed)",
        "QuickCert Online",
    ];

    #[track_caller]
    fn check(listed: &str, claimed: &str, expected: bool) {
        let listed = OrganisationName::new(listed);
        let claimed = OrganisationName::new(claimed);
        assert_eq!(
            listed.is_used_by(&claimed),
            expected,
            "{} {}",
            listed.as_str(),
            claimed.as_str()
        );
    }

    #[test]
    fn the_name_of_a_listed_organisation_is_noticed() {
        let council = "Northmarch County Council workforce development";
        for claimed in [
            council,
            "Northmarch County Council",
            "The Northmarch County Council",
            "Northmarch County Council Ltd",
            "NORTHMARCH COUNTY COUNCIL (TRAINING) LIMITED",
            "Northmarch County Council adult learning",
            "North-march CountyCouncil",
            "N o r t h m a r c h County Council",
            "Nоrthmаrch Cоunty Cоuncil",
            "N0rthmarch County Counci1",
            "Nórthmarch County Council",
            "Northmarch\u{200B} County Council",
        ] {
            check(council, claimed, true);
        }
        check(
            "Aberhelyg County Council",
            "Aberhelyg County Council Training Hub",
            true,
        );
        check(
            "Fenmoor Training Partnership (closed)",
            "Fenmoor Training Partnership",
            true,
        );
        check(
            "University of Aldermere School of Social Work",
            "University of Aldermere",
            true,
        );
        check(
            "Strathlorn Council social work training",
            "Strathlorn Council",
            true,
        );
        check("Temewater College", "Temewater College CIC", true);
        check(
            "Keystone End-point Assessment",
            "Keystone Endpoint Assessment",
            true,
        );
        check("Doorstep Digital", "Doorstep Digital Midlands", true);
        check("Northmarch", "NORTHMARCH.", true);
        check("Cyngor Sir Ynys Môn", "Cyngor Sir Ynys Mon", true);
    }

    #[test]
    fn an_honest_organisation_of_another_name_is_left_alone() {
        let council = "Northmarch County Council workforce development";
        for claimed in [
            "Southmarch County Council",
            "Northmarch City Council",
            "Northmarch Council",
            "Northmarch College",
            "Northmarch",
            "County Council",
            "Council",
            "Workforce development",
            "Northmarch County Councillors Association",
            "Northmarch County Cricket Club",
            "Friends of Northmarch County Council",
            "",
            "!",
            "北行軍郡議会",
        ] {
            check(council, claimed, false);
        }
        let university = "University of Aldermere School of Social Work";
        for claimed in [
            "University",
            "University of",
            "University of Aldermouth",
            "University of Social Work",
            "School of Social Work",
            "Aldermere College",
        ] {
            check(university, claimed, false);
        }
        check("Keystone End-point Assessment", "Keystone", false);
        check("Keystone End-point Assessment", "Keystone Care", false);
        check("Bright Lantern Training", "Bright Lantern Care", false);
        check("Willowbank Home Care", "Willowbank Care Home", false);
        check(
            "Marchlands Care Association",
            "Marchlands Carers Association",
            false,
        );
        check("Temewater College", "Temewater Training", false);
        check("Temewater College", "Temewater Collegiate School", false);
        check("Open Practice Chat network", "Open Practice", false);
        check("Doorstep Digital", "Doorstep Data", false);
        check("Northmarch", "Northmarch Bakery", false);
        check(
            "London School of Economics",
            "London School of Hygiene",
            false,
        );
        check(
            "Social Work Academy Northmarch",
            "Social Work Academy Wales",
            false,
        );
        check("City College Plymouth", "City College Norwich", false);
        check(
            "Royal College of Nursing",
            "Royal College of Surgeons",
            false,
        );
        check(
            "National Institute for Care",
            "National Institute for Health",
            false,
        );
        check("", "", false);
        check("!", "?", false);
    }

    #[test]
    fn listed_organisations_do_not_clash_with_one_another() {
        for (at, listed) in LISTED.iter().enumerate() {
            for (other, claimed) in LISTED.iter().enumerate() {
                check(listed, claimed, at == other);
            }
        }
    }

    #[test]
    fn a_name_of_any_length_is_compared() {
        let long = "Northmarch County Council ".repeat(10_000);
        check("Northmarch County Council", &long, true);
        check("Southmarch County Council", &long, false);
    }
}
