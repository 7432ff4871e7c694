//! Texts of strangers, on every page that shows them.

use crate::html;
use crate::look;
use crate::site::Node;
use serde_json::json;

/// Each closes something else: text, attributes, comments, templates.
const ATTACKS: [&str; 13] = [
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>",
    "</textarea><svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "<style>*{display:none}</style>",
    "--><script>alert(1)</script><!--",
    "{{ 7 * 7 }}{% raw %}",
    "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\">",
];

#[test]
fn texts_of_strangers_are_only_text() {
    let node = Node::start();
    for (at, attack) in ATTACKS.into_iter().enumerate() {
        let issuer = node.issuer_with(&json!({
            "slug": format!("evil-{at}"),
            "profile": { "type": "Profile", "name": format!("Org {attack}"), "description": attack, "phone": attack },
        }));
        let slug = format!("design-{at}");
        issuer.design_with(
            &slug,
            &json!({
                "name": format!("Name {attack}"),
                "description": attack,
                "criteria": { "narrative": format!("Do this:\n\n- {attack}\n\n# {attack}\n\n{attack}") },
                "image": { "id": "https://evil.example/pixel.svg", "type": "Image", "caption": format!("Caption {attack}") },
            }),
            &json!({ "whatItDoesNotMean": attack, "assessedBy": attack }),
        );
        let badge = issuer.give_with(&json!({
            "achievement": slug,
            "subject": { "name": format!("Person {attack}") },
            "narrative": attack,
            "evidence": [{ "type": ["Evidence"], "name": attack, "narrative": attack }],
        }));
        let link = issuer.share(&badge, "page");
        let path = node.path_of(&link).to_owned();
        let query: String = url::form_urlencoded::byte_serialize(link.as_bytes()).collect();
        let pages = [
            path.clone(),
            format!("/check?q={query}"),
            format!("/achievements/{slug}"),
            format!("/achievements/{slug}/criteria"),
            format!("/issuers/evil-{at}"),
            "/issuers".to_owned(),
        ];
        for path in &pages {
            is_only_text(&node.client.page(path).expect(200).text(), path, attack);
        }
        let checked = node
            .client
            .upload("/check/text", &[("text", None, badge.text.as_bytes())])
            .expect(200);
        is_only_text(&checked.text(), "/check/text", attack);
        issuer.withdraw(&badge, attack);
        let page = node.client.page(&path).expect(200).text();
        is_only_text(&page, &path, attack);
    }
}

#[track_caller]
fn is_only_text(page: &str, path: &str, attack: &str) {
    look::structure(page, path);
    for tag in html::tags(page) {
        let is_ours = !matches!(tag.name.as_str(), "b" | "svg" | "style");
        assert!(is_ours, "{path} {attack}: <{}>", tag.name);
        let leads = tag.get("href").or(tag.get("src")).unwrap_or_default();
        assert!(!leads.contains("evil.example"), "{path} {attack}: {leads}");
        assert_ne!(tag.get("http-equiv"), Some("refresh"), "{path} {attack}");
    }
    for hidden in ['\u{202e}', '\u{200b}'] {
        // Fields hold what was handed in as it came.
        assert!(!html::text(page).contains(hidden), "{path}");
    }
}

#[test]
fn what_is_typed_into_forms_comes_back_as_text() {
    let node = Node::start();
    for attack in ATTACKS.into_iter().chain(["\u{202e}<b>x</b>\u{200b}"]) {
        let query: String = url::form_urlencoded::byte_serialize(attack.as_bytes()).collect();
        let page = node.client.page(&format!("/check?q={query}")).text();
        is_only_text(&page, "/check", attack);
        let page = node.client.page(&format!("/nowhere/{query}")).text();
        is_only_text(&page, "/nowhere", attack);
        let link = format!("https://a.example/{query}?{query}#{query}");
        let query: String = url::form_urlencoded::byte_serialize(link.as_bytes()).collect();
        let page = node
            .client
            .page(&format!("/check?q={query}"))
            .expect(200)
            .text();
        is_only_text(&page, "another host", attack);
        for field in ["text", "file"] {
            let file = (field == "file").then_some("a\"><script>.json");
            let path = format!("/check/{field}");
            let page = node
                .client
                .upload(&path, &[(field, file, attack.as_bytes())])
                .text();
            is_only_text(&page, &path, attack);
        }
    }
}
