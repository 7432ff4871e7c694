//! Reads pages, strictly as far as it goes: tags, attributes, text.

/// A tag of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Every opening tag of a page.
pub(crate) fn tags(page: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let (tag, after) = tag(rest);
        tags.push(tag);
        rest = after;
    }
    tags
}

fn tag(text: &str) -> (Tag, &str) {
    let end = text
        .find(|c: char| c.is_whitespace() || c == '>')
        .unwrap_or(text.len());
    let mut tag = Tag {
        name: text[..end].to_ascii_lowercase(),
        attributes: Vec::new(),
    };
    let mut rest = text[end..].trim_start();
    while !rest.starts_with('>') && !rest.is_empty() {
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=' || c == '>')
            .unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix("=\"") {
            let close = after.find('"').expect("a closing quote");
            value = unescape(&after[..close]);
            rest = &after[close + 1..];
        }
        tag.attributes.push((name, value));
        rest = rest.trim_start();
    }
    (tag, rest)
}

/// The text of a page without its tags, and without its technical details.
pub(crate) fn main_text(page: &str) -> String {
    let mut page = page.to_owned();
    while let Some(at) = page.find("<summary>Technical details") {
        let open = page[..at].rfind("<details").expect("details");
        let close = page[at..].find("</details>").expect("an end") + at;
        page.replace_range(open..close, " ");
    }
    text(&page)
}

/// The text of a page without its tags.
pub(crate) fn text(page: &str) -> String {
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    let mut text = String::new();
    let mut is_tag = false;
    for c in body.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => {
                is_tag = false;
                text.push(' ');
            }
            c if !is_tag => text.push(c),
            _ => {}
        }
    }
    unescape(&text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn unescape(text: &str) -> String {
    text.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

/// The title.
pub(crate) fn title(page: &str) -> String {
    let (_, rest) = page.split_once("<title>").expect("a title");
    let (title, _) = rest.split_once("</title>").expect("its end");
    unescape(title)
}

/// The text of the one h1.
pub(crate) fn h1(page: &str) -> String {
    let (_, rest) = page.split_once("<h1").expect("an h1");
    let (_, rest) = rest.split_once('>').expect("its end");
    let (inner, _) = rest.split_once("</h1>").expect("its end");
    text(inner)
}
