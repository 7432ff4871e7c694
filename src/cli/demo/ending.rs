//! What the demo leaves: links to open, and commands to try.

use super::client::unexpected;
use super::member::Member;
use super::story::Story;
use crate::cli::failure::Failure;
use crate::cli::node;
use std::fmt::Write as _;
use std::path::Path;

/// Prints the links, after asking each of them, and the commands.
pub(super) async fn tell(story: &Story, folder: &Path) -> Result<(), Failure> {
    let mut said = String::from("\nOpen in a browser:\n");
    for member in [&story.council, &story.university] {
        let _ = writeln!(said, "  {}", member.name);
        for (name, link) in links(member)? {
            require_there(member, name, &link).await?;
            let _ = writeln!(said, "    {name:<24} {link}");
        }
    }
    said.push_str(&commands(story, folder));
    node::say(&said)
}

fn links(member: &Member) -> Result<Vec<(&'static str, String)>, Failure> {
    let base = &member.place.base;
    let badge = member.badges.first();
    let badge = badge.ok_or_else(|| unexpected("the demo", &"there is no badge"))?;
    Ok(vec![
        ("Check a badge", format!("{base}/")),
        (
            "The organisation",
            format!("{base}/issuers/{}", member.slug),
        ),
        ("A badge, by its link", badge.link.clone()),
        (
            "A badge design",
            format!("{base}/achievements/{}", badge.design),
        ),
        ("For developers", format!("{base}/developers")),
        ("The API, described", format!("{base}/api/v1/openapi.json")),
    ])
}

async fn require_there(member: &Member, name: &str, link: &str) -> Result<(), Failure> {
    let path = link.strip_prefix(&member.place.base).unwrap_or(link);
    let reply = member.place.client.page(path).await?;
    match reply.status {
        200 => Ok(()),
        status => Err(unexpected(name, &format!("{link} answers {status}"))),
    }
}

fn commands(story: &Story, folder: &Path) -> String {
    let (council, university) = (&story.council, &story.university);
    let folder = folder.display();
    format!(
        "\nTry it yourself. These work while the nodes run:\n\
         \n  # The university checks a badge in a picture, and a changed one\n\
         \x20 curl -s {uni}/api/v1/checks -H 'Content-Type: image/svg+xml' --data-binary @{folder}/award.svg\n\
         \x20 curl -s {uni}/api/v1/checks -H 'Content-Type: application/vc' --data-binary @{folder}/changed.json\n\
         \n  # The same without a network: what others publish lies in a folder\n\
         \x20 countersign check --documents {folder}/documents {folder}/award.svg\n\
         \x20 countersign check --documents {folder}/documents {folder}/genuine.json\n\
         \n  # The badge inside the picture\n\
         \x20 countersign unbake {folder}/award.svg\n\
         \n  # The council's badges, as somebody who gives them sees them\n\
         \x20 curl -s {base}/api/v1/issuers/{slug}/credentials -H 'Authorization: Bearer {officer}'\n\
         \n  # The organisations of the council's node, as whoever runs it sees them\n\
         \x20 curl -s {base}/api/v1/issuers -H 'Authorization: Bearer {operator}'\n",
        uni = university.place.base,
        base = council.place.base,
        slug = council.slug,
        officer = council.officer,
        operator = council.place.operator,
    )
}
