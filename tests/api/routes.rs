//! Each route has a file of tests that is named after it.

use countersign::http::routes::{ROUTES, Route};
use std::path::Path;

/// (method, path, the file below `tests/api`).
const FILES: &[(&str, &str, &str)] = &[
    ("GET", "/livez", "documents/health"),
    ("GET", "/readyz", "documents/health"),
    ("GET", "/api/v1/openapi.json", "openapi"),
    ("GET", "/.well-known/did.json", "documents/keys"),
    ("GET", "/.well-known/jwks.json", "documents/keys"),
    ("GET", "/jwks.json", "documents/keys"),
    ("GET", "/keys/{id}", "documents/keys"),
    ("GET", "/status/{number}", "documents/lists"),
    ("GET", "/issuers/{slug}/did.json", "documents/keys"),
    ("GET", "/issuers/{slug}/jwks.json", "documents/keys"),
    ("GET", "/issuers/{slug}/keys/{id}", "documents/keys"),
    ("GET", "/issuers/{slug}/status/{number}", "documents/lists"),
    ("GET", "/logo.svg", "documents/profile"),
    ("GET", "/issuers/{slug}/logo.svg", "documents/profile"),
    ("GET", "/issuers/{slug}", "documents/profile"),
    ("GET", "/", "documents/profile"),
    ("GET", "/achievements/{id}", "documents/achievement"),
    (
        "GET",
        "/achievements/{id}/image.svg",
        "documents/achievement",
    ),
    ("GET", "/files/{digest}", "v1/files/create"),
    ("GET", "/credentials/{id}", "documents/shared"),
    ("GET", "/s/{token}", "documents/shared"),
    ("GET", "/c/{code}", "documents/shared"),
    ("GET", "/b/{slug}", "documents/shared"),
    ("POST", "/api/v1/checks", "v1/checks/create"),
    ("GET", "/api/v1/issuers", "v1/issuers/list"),
    ("POST", "/api/v1/issuers", "v1/issuers/create"),
    ("GET", "/api/v1/issuers/{issuer}", "v1/issuers/read"),
    ("PATCH", "/api/v1/issuers/{issuer}", "v1/issuers/change"),
    (
        "POST",
        "/api/v1/issuers/{issuer}/closure",
        "v1/issuers/close",
    ),
    ("GET", "/api/v1/issuers/{issuer}/keys", "v1/keys/list"),
    ("POST", "/api/v1/issuers/{issuer}/keys", "v1/keys/create"),
    (
        "POST",
        "/api/v1/issuers/{issuer}/keys/{id}/activation",
        "v1/keys/activate",
    ),
    (
        "POST",
        "/api/v1/issuers/{issuer}/keys/{id}/revocation",
        "v1/keys/revoke",
    ),
    ("GET", "/api/v1/issuers/{issuer}/tokens", "v1/tokens/list"),
    (
        "POST",
        "/api/v1/issuers/{issuer}/tokens",
        "v1/tokens/create",
    ),
    (
        "DELETE",
        "/api/v1/issuers/{issuer}/tokens/{id}",
        "v1/tokens/end",
    ),
    ("GET", "/api/v1/tokens", "v1/tokens/list"),
    ("POST", "/api/v1/tokens", "v1/tokens/create_of_node"),
    ("DELETE", "/api/v1/tokens/{id}", "v1/tokens/end"),
    (
        "GET",
        "/api/v1/issuers/{issuer}/achievements",
        "v1/achievements/list",
    ),
    (
        "POST",
        "/api/v1/issuers/{issuer}/achievements",
        "v1/achievements/create",
    ),
    (
        "GET",
        "/api/v1/issuers/{issuer}/achievements/{id}",
        "v1/achievements/read",
    ),
    (
        "PUT",
        "/api/v1/issuers/{issuer}/achievements/{id}",
        "v1/achievements/change",
    ),
    (
        "DELETE",
        "/api/v1/issuers/{issuer}/achievements/{id}",
        "v1/achievements/retire",
    ),
    ("POST", "/api/v1/issuers/{issuer}/files", "v1/files/create"),
    (
        "GET",
        "/api/v1/issuers/{issuer}/credentials",
        "v1/credentials/list",
    ),
    (
        "POST",
        "/api/v1/issuers/{issuer}/credentials",
        "v1/credentials/create",
    ),
    (
        "POST",
        "/api/v1/issuers/{issuer}/credentials/batch",
        "v1/credentials/create_batch",
    ),
    (
        "GET",
        "/api/v1/issuers/{issuer}/credentials/{id}",
        "v1/credentials/read",
    ),
    (
        "GET",
        "/api/v1/issuers/{issuer}/credentials/{id}/file",
        "v1/shares/download",
    ),
    (
        "POST",
        "/api/v1/issuers/{issuer}/credentials/{id}/revocation",
        "v1/status/revoke",
    ),
    (
        "POST",
        "/api/v1/issuers/{issuer}/credentials/{id}/suspension",
        "v1/status/suspend",
    ),
    (
        "DELETE",
        "/api/v1/issuers/{issuer}/credentials/{id}/suspension",
        "v1/status/resume",
    ),
    (
        "POST",
        "/api/v1/issuers/{issuer}/credentials/{id}/renewal",
        "v1/status/renew",
    ),
    (
        "POST",
        "/api/v1/issuers/{issuer}/credentials/{id}/replacement",
        "v1/status/replace",
    ),
    (
        "POST",
        "/api/v1/issuers/{issuer}/credentials/{id}/approval",
        "v1/status/approve",
    ),
    (
        "GET",
        "/api/v1/issuers/{issuer}/credentials/{id}/shares",
        "v1/shares/list",
    ),
    (
        "POST",
        "/api/v1/issuers/{issuer}/credentials/{id}/shares",
        "v1/shares/create",
    ),
    (
        "DELETE",
        "/api/v1/issuers/{issuer}/credentials/{id}/shares/{token}",
        "v1/shares/end",
    ),
    ("GET", "/api/v1/issuers/{issuer}/audit", "v1/audit/list"),
    ("GET", "/api/v1/audit", "v1/audit/list"),
    ("PUT", "/api/v1/stops/{what}", "v1/stops/put"),
    ("DELETE", "/api/v1/stops/{what}", "v1/stops/lift"),
];

/// (method, path, why it has no file here).
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("POST", "/vc/credentials/issue", "tests/vc_api"),
    ("POST", "/vc/credentials/status", "tests/vc_api"),
    ("POST", "/vc/credentials/verify", "tests/vc_api"),
    ("POST", "/vc/presentations/verify", "tests/vc_api"),
];

fn is(route: &Route, method: &str, path: &str) -> bool {
    route.method.name() == method && route.path == path
}

#[test]
fn every_route_has_a_file_of_tests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api");
    for route in ROUTES {
        let what = format!("{} {}", route.method.name(), route.path);
        let file = FILES
            .iter()
            .find(|(method, path, _)| is(route, method, path));
        let excused = ELSEWHERE
            .iter()
            .find(|(method, path, _)| is(route, method, path));
        assert!(
            file.is_some() != excused.is_some(),
            "{what}: no file, or two homes"
        );
        let Some((_, _, file)) = file else { continue };
        let text = std::fs::read_to_string(folder.join(format!("{file}.rs")));
        let text = text.unwrap_or_else(|error| panic!("{what}: tests/api/{file}.rs: {error}"));
        assert!(text.matches("#[test]").count() >= 2, "{what}: few tests");
    }
}

#[test]
fn no_row_is_about_a_route_that_is_gone() {
    for (method, path, _) in FILES.iter().chain(ELSEWHERE) {
        assert!(
            ROUTES.iter().any(|route| is(route, method, path)),
            "{method} {path}"
        );
    }
}
