//! Every route that is not for everybody, called by everybody who may not
//! (SEC-55): refused as `edge::caller` says, and without effect.

use crate::{Badge, Node, Office, Request, fresh_key, new_badge, new_design, rows};
use countersign::access::{Permission, Role};
use countersign::http::routes::{Access, Method, ROUTES, Route};
use serde_json::{Value, json};

/// An organisation with one of everything, and what its parts are called.
struct Full {
    office: Office,
    design: String,
    badge: String,
    token: String,
    share: String,
}

fn full(node: &Node) -> Full {
    let (office, design, badge) = node.given();
    node.post(&format!("{}/keys", office.path))
        .token(&office.administrator)
        .text("{}")
        .expect(201);
    let token = node
        .post(&format!("{}/tokens", office.path))
        .token(&office.administrator)
        .json(&json!({ "role": "auditor", "name": "Spare" }))
        .expect(201)
        .word("id");
    let share = node
        .about(&office, &badge, "shares")
        .json(&json!({ "kind": "link" }))
        .expect(201)
        .word("token");
    Full {
        office,
        design,
        badge: badge.id,
        token,
        share,
    }
}

impl Full {
    /// The path of a route, about parts of this organisation, below `slug`.
    fn path(&self, route: &Route, slug: &str) -> String {
        let id = if route.path.contains("/credentials/") {
            &self.badge
        } else if route.path.contains("/achievements/") {
            &self.design
        } else if route.path.contains("/tokens/") {
            &self.token
        } else {
            "key-2"
        };
        route
            .path
            .replace("{issuer}", slug)
            .replace("{id}", id)
            .replace("{token}", &self.share)
            .replace("{what}", "issue")
    }

    /// A body that nothing is wrong with.
    fn body(&self, route: &Route) -> Value {
        let tail = route.path.rsplit('/').next().unwrap_or_default();
        match (route.method, tail) {
            (Method::Post, "issuers") => crate::new_issuer("newcomer"),
            (Method::Patch, _) => json!({ "profile": { "name": "Another name" } }),
            (Method::Post, "tokens") => json!({ "role": "operator", "name": "Stranger" }),
            (Method::Post, "achievements") => new_design("newcomer"),
            (Method::Put, "{id}") => json!({ "achievement": new_design("x")["achievement"] }),
            (Method::Post, "credentials" | "replacement") => new_badge(&self.design),
            (Method::Post, "batch") => json!({ "credentials": [new_badge(&self.design)] }),
            (Method::Post, "shares") => json!({ "kind": "link" }),
            (Method::Post, "revocation") if route.path.contains("/keys/") => {
                json!({ "since": "2026-11-01T00:00:00Z" })
            }
            (Method::Put, "{what}") => json!({ "reason": "a test" }),
            _ => json!({}),
        }
    }

    fn request(&self, node: &Node, route: &Route, slug: &str) -> Request {
        let request = node.request(route.method.name(), &self.path(route, slug));
        match route.method {
            Method::Get => request,
            _ => request.json(&self.body(route)),
        }
    }
}

fn staff(office: &Office) -> [(Role, &str); 5] {
    [
        (Role::Administrator, &office.administrator),
        (Role::Officer, &office.officer),
        (Role::Approver, &office.approver),
        (Role::Auditor, &office.auditor),
        (Role::Tester, &office.tester),
    ]
}

/// The routes that somebody needs a permission for.
fn guarded() -> impl Iterator<Item = (&'static Route, Permission)> {
    ROUTES.iter().filter_map(|route| match route.access {
        Access::Public | Access::VcApi => None,
        Access::With(permission) => Some((route, permission)),
    })
}

fn name(route: &Route) -> String {
    format!("{} {}", route.method.name(), route.path)
}

#[test]
fn nobody_without_a_working_token_gets_in_or_changes_anything() {
    let node = Node::start();
    let victim = full(&node);
    let made = |days: i64| {
        node.post(&format!("{}/tokens", victim.office.path))
            .token(&victim.office.administrator)
            .json(&json!({ "role": "administrator", "name": "Short", "days": days }))
            .expect(201)
    };
    let (expired, ended) = (made(1).word("token"), made(9));
    node.request(
        "DELETE",
        &format!("{}/tokens/{}", victim.office.path, ended.word("id")),
    )
    .token(&victim.office.administrator)
    .expect(204);
    node.pass(2 * 86_400);
    let swapped = ended.word("token").replacen("csk_", "csk-", 1);
    let before = rows::all(&node);
    for (route, _) in guarded() {
        let ask = || victim.request(&node, route, &victim.office.slug);
        for (code, header) in [
            ("auth_required", String::new()),
            ("auth_required", "Bearer".to_owned()),
            ("auth_required", "Bearer nonsense".to_owned()),
            ("auth_required", "Basic b3BlcmF0b3I6".to_owned()),
            ("auth_required", format!("Bearer {swapped}")),
            ("auth_required", format!("Bearer {}x", node.operator)),
            ("auth_required", format!("Bearer {}", ended.word("token"))),
            ("token_expired", format!("Bearer {expired}")),
        ] {
            let request = if header.is_empty() {
                ask()
            } else {
                ask().header("Authorization", &header)
            };
            let answer = request.refused(code);
            assert_eq!(answer.status, 401, "{}", name(route));
            assert_eq!(
                answer.header("www-authenticate"),
                "Bearer",
                "{}",
                name(route)
            );
        }
        rows::hold(&rows::all(&node), &before, &name(route));
    }
}

#[test]
fn another_organisation_does_not_exist_for_anybody() {
    let node = Node::start();
    let (victim, other) = (full(&node), node.office());
    let before = rows::all(&node);
    for (route, permission) in guarded() {
        for (role, token) in staff(&other) {
            let ask = |slug: &str| victim.request(&node, route, slug).token(token);
            if permission.is_of_node() {
                ask(&victim.office.slug).refused("not_allowed");
                continue;
            }
            ask(&victim.office.slug).refused("not_found");
            ask("nobody").refused("not_found");
            let is_about_a_part = route.path.contains("{id}");
            if is_about_a_part && role.may(permission) {
                ask(&other.slug).refused("not_found");
            }
        }
        rows::hold(&rows::all(&node), &before, &name(route));
    }
}

#[test]
fn a_role_does_what_its_permissions_say_and_nothing_else() {
    let node = Node::start();
    let victim = full(&node);
    let before = rows::all(&node);
    for (route, permission) in guarded() {
        for (role, token) in staff(&victim.office) {
            if !role.may(permission) {
                let request = victim.request(&node, route, &victim.office.slug);
                let answer = request.token(token).refused("not_allowed");
                assert_eq!(answer.status, 403, "{role:?} {}", name(route));
            }
        }
        let operator = victim.request(&node, route, &victim.office.slug);
        if !Role::Operator.may(permission) {
            operator.token(&node.operator).refused("not_allowed");
        }
        rows::hold(&rows::all(&node), &before, &name(route));
    }
}

/// The other half: who may is let in, so the table says what the handlers do.
#[test]
fn whoever_may_is_let_in() {
    let node = Node::start();
    let own = full(&node);
    for (route, permission) in guarded() {
        let operator = (Role::Operator, node.operator.as_str());
        for (role, token) in staff(&own.office).into_iter().chain([operator]) {
            if !role.may(permission) {
                continue;
            }
            // Without a key and about nothing, so that little is changed.
            let path = own
                .path(route, &own.office.slug)
                .replace(&own.badge, "none");
            let path = path
                .replace(&own.token, "none")
                .replace(&own.design, "none");
            let answer = node
                .request(route.method.name(), &path)
                .without("Idempotency-Key")
                .token(token)
                .send();
            assert!(
                ![401, 403].contains(&answer.status),
                "{role:?} {}: {}",
                name(route),
                answer.text()
            );
        }
    }
}

#[test]
fn nobody_gives_badges_from_somebody_elses_design() {
    let node = Node::shared();
    let (victim, other) = (full(node), full(node));
    node.order(&other.office, &new_badge(&victim.design))
        .refused("not_found");
    node.post(&format!(
        "{}/credentials/{}/replacement",
        other.office.path, other.badge
    ))
    .token(&other.office.officer)
    .json(&new_badge(&victim.design))
    .refused("not_found");
    let batch = json!({ "credentials": [new_badge(&other.design), new_badge(&victim.design)] });
    node.post(&format!("{}/credentials/batch", other.office.path))
        .token(&other.office.officer)
        .json(&batch)
        .refused("not_found");
}

/// PT-10: what one organisation does, the rows of another do not show.
#[test]
fn what_one_organisation_does_leaves_the_rows_of_another_as_they_were() {
    let node = Node::start();
    let (still, busy) = (full(&node), full(&node));
    let id = rows::lines(
        &node,
        &format!(
            "SELECT id AS line FROM issuers WHERE slug = '{}'",
            still.office.slug
        ),
    );
    let of_still = || {
        rows::everything(&node, |table, columns| {
            let has = |name: &str| columns.iter().any(|column| column == name);
            let is = |column: &str| Some(format!("{column} = '{}'", id[0]));
            match table {
                "issuers" => is("id"),
                _ if has("issuer_id") => is("issuer_id"),
                _ if has("tenant") => is("tenant"),
                _ => None,
            }
        })
    };
    node.settle();
    let before = of_still();
    assert!(before.len() > 10, "{before:#?}");
    live(&node, &busy);
    node.settle();
    rows::hold(&of_still(), &before, "another organisation");
}

/// Does one of everything.
fn live(node: &Node, busy: &Full) {
    let office = &busy.office;
    let key = fresh_key();
    let order = || node.order(office, &new_badge(&busy.design)).key(&key);
    let badge = Badge::of(&order().expect(201));
    order().expect(201);
    node.about(office, &badge, "renewal").expect(201);
    node.about(office, &badge, "revocation").expect(200);
    node.about(office, &badge, "shares")
        .json(&json!({ "kind": "code" }))
        .expect(201);
    let admin = |method: &'static str, path: &str, body: &Value| {
        node.request(method, &format!("{}{path}", office.path))
            .token(&office.administrator)
            .json(body)
            .send()
    };
    admin(
        "PATCH",
        "",
        &json!({ "settings": { "allowPausing": true } }),
    );
    node.pass(300);
    assert_eq!(
        admin("POST", "/keys/key-2/activation", &json!({})).status,
        200
    );
    let revocation = json!({ "since": "2026-11-25T12:00:00Z" });
    assert_eq!(
        admin("POST", "/keys/key-1/revocation", &revocation).status,
        200
    );
    assert_eq!(admin("POST", "/closure", &json!({})).status, 200);
}
