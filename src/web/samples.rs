//! Every page with made-up content, for tests and for looking at.

use super::{about, achievement, badge, check, developers, home, issuer, problem};
use askama::{Error, Template};

/// Each page by name, rendered.
///
/// # Errors
/// Those of rendering.
pub fn samples() -> Result<Vec<(&'static str, String)>, Error> {
    Ok(vec![
        ("home", home::HomePage::sample().render()?),
        ("check", check::LinkPage::sample().render()?),
        ("elsewhere", check::ElsewherePage::sample().render()?),
        ("file", check::FilePage::sample().render()?),
        ("text", check::TextPage::sample().render()?),
        ("result", check::ResultPage::sample().render()?),
        ("badge", badge::BadgePage::sample().render()?),
        (
            "achievement",
            achievement::AchievementPage::sample().render()?,
        ),
        ("criteria", achievement::CriteriaPage::sample().render()?),
        ("issuers", issuer::IssuersPage::sample().render()?),
        ("issuer", issuer::IssuerPage::sample().render()?),
        ("checking", about::CheckingPage::sample().render()?),
        ("help", about::HelpPage::sample().render()?),
        (
            "accessibility",
            about::AccessibilityPage::sample().render()?,
        ),
        ("privacy", about::PrivacyPage::sample().render()?),
        ("developers", developers::DevelopersPage::sample().render()?),
        ("problem", problem::ProblemPage::sample().render()?),
        ("problem-kind", problem::KindPage::sample().render()?),
        ("problem-kinds", problem::KindsPage::sample().render()?),
    ])
}
