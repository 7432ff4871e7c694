//! What cannot be a request is refused, in one form, and never breaks the node
//! (SEC-15 to 19, SEC-57, SEC-59, SEC-74).

use crate::{Node, Request, Unusual, new_badge, raw, trickle};
use countersign::edge::problem::Code;
use std::time::Duration;

/// The codes with their statuses: they never change. New ones are added.
const CODES: &[(&str, u16)] = &[
    ("bad_request", 400),
    ("idempotency_missing", 400),
    ("json_syntax", 400),
    ("json_too_deep", 400),
    ("json_too_large", 400),
    ("json_number", 400),
    ("json_duplicate_key", 400),
    ("utf8_invalid", 400),
    ("auth_required", 401),
    ("token_expired", 401),
    ("not_allowed", 403),
    ("approval_required", 403),
    ("not_found", 404),
    ("method_not_allowed", 405),
    ("not_acceptable", 406),
    ("request_timeout", 408),
    ("idempotency_in_progress", 409),
    ("profile_changed", 409),
    ("state_conflict", 409),
    ("erased", 410),
    ("etag_mismatch", 412),
    ("payload_too_large", 413),
    ("batch_too_large", 413),
    ("media_type", 415),
    ("host_unknown", 421),
    ("credential_shape", 422),
    ("schema_invalid", 422),
    ("issue_refused", 422),
    ("field_too_long", 422),
    ("image_limits", 422),
    ("svg_refused", 422),
    ("key_weak", 422),
    ("idempotency_mismatch", 422),
    ("MALFORMED_VALUE_ERROR", 422),
    ("PROOF_VERIFICATION_ERROR", 400),
    ("rate_limited", 429),
    ("headers_too_large", 431),
    ("internal", 500),
    ("issue_mismatch", 500),
    ("overloaded", 503),
    ("clock_unsafe", 503),
    ("signer_down", 503),
    ("issue_stopped", 503),
    ("fenced", 503),
    ("stopping", 503),
    ("storage_low", 507),
];

#[test]
fn a_code_never_changes_its_name_or_status() {
    for (name, status) in CODES {
        let code = Code::ALL.iter().find(|code| code.name == *name);
        assert_eq!(code.map(|code| code.status), Some(*status), "{name}");
    }
    for code in Code::ALL {
        assert!(
            CODES.iter().any(|(name, _)| *name == code.name),
            "add {}",
            code.name
        );
    }
}

/// A request for a badge with this body.
fn order(node: &Node, body: &[u8]) -> Request {
    let office = node.office();
    node.order(&office, &serde_json::json!(null))
        .bytes("application/json", body)
}

#[test]
fn a_body_that_is_not_json_as_everybody_reads_it_is_refused() {
    let node = Node::shared();
    let deep = |depth: usize| format!("{{\"a\":{}1{}}}", "[".repeat(depth), "]".repeat(depth));
    let many = format!("[{}]", "1,".repeat(21_000) + "1");
    for (code, body) in [
        ("json_syntax", String::new()),
        ("json_syntax", "{".to_owned()),
        ("json_syntax", "{\"a\":1} {\"a\":1}".to_owned()),
        ("json_syntax", "{\"a\":1}x".to_owned()),
        ("json_syntax", "{\"a\":NaN}".to_owned()),
        ("json_syntax", "{\"a\":1,}".to_owned()),
        ("json_syntax", "/* a */ {}".to_owned()),
        ("json_syntax", "{\"a\":\"\u{1}\"}".to_owned()),
        ("json_syntax", "{\"a\":\"\\ud800\"}".to_owned()),
        ("utf8_invalid", "\u{feff}{}".to_owned()),
        ("json_too_deep", deep(33)),
        ("json_too_deep", deep(128)),
        ("json_too_deep", "[".repeat(50_000)),
        ("json_too_deep", "[".repeat(1_000_000)),
        ("json_too_deep", "{\"a\":".repeat(50_000)),
        ("json_too_large", many),
        (
            "json_too_large",
            format!("{{\"a\":\"{}\"}}", "a".repeat(70_000)),
        ),
        ("json_number", "{\"a\":9007199254740993}".to_owned()),
        ("json_number", "{\"a\":1e999}".to_owned()),
        ("json_duplicate_key", "{\"a\":1,\"a\":1}".to_owned()),
        ("json_duplicate_key", "{\"a\":1,\"\\u0061\":1}".to_owned()),
        (
            "json_duplicate_key",
            "{\"subject\":{\"name\":\"A\",\"name\":\"B\"}}".to_owned(),
        ),
    ] {
        let answer = order(node, body.as_bytes()).send();
        let start: String = body.chars().take(40).collect();
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (400, code),
            "{start}"
        );
    }
    for bytes in [
        &b"{\"a\":\"\xff\"}"[..],
        b"\xff\xfe{\x00}\x00",
        b"{\"a\":\"\xed\xa0\x80\"}",
    ] {
        order(node, bytes).refused("utf8_invalid");
    }
    node.get("/livez").expect(200);
}

#[test]
fn a_body_of_another_kind_or_size_is_refused() {
    let node = Node::shared();
    let office = node.office();
    let design = node.design(&office);
    let text = new_badge(&design).to_string();
    let send = |media_type: &str| {
        node.order(&office, &new_badge(&design))
            .bytes(media_type, text.as_bytes())
    };
    for other in [
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonx",
        "json",
        "*/*",
    ] {
        send(other).refused("media_type");
    }
    for good in ["application/json; charset=utf-8", "Application/JSON"] {
        send(good).expect(201);
    }
    let large = format!("{text}{}", " ".repeat(1024 * 1024));
    node.order(&office, &new_badge(&design))
        .text(&large)
        .refused("payload_too_large");
    let larger = " ".repeat(5 * 1024 * 1024);
    node.order(&office, &new_badge(&design))
        .text(&larger)
        .refused("payload_too_large");
}

#[test]
fn a_body_that_trickles_is_not_waited_for() {
    let node = Node::unusual(&Unusual {
        settings: &[("HTTP_BODY_TIME", "1 s")],
        ..Unusual::default()
    });
    let office = node.office();
    for path in [
        format!("{}/credentials", office.path),
        "/api/v1/checks".to_owned(),
        format!("{}/files", office.path),
    ] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nIdempotency-Key: slow\r\nContent-Type: {}\r\nContent-Length: 100000\r\n\r\n",
            node.state.address.authority(),
            office.officer,
            if path.ends_with("files") {
                "image/png"
            } else {
                "application/json"
            },
        );
        let answer = trickle(node.address(), &head, Duration::from_millis(200)).expect("an answer");
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (408, "request_timeout"),
            "{path}"
        );
    }
}

#[test]
fn an_address_that_leads_nowhere_is_told_so() {
    let node = Node::shared();
    for path in [
        "/nowhere",
        "/api/v1",
        "/api/v1/",
        "/api/v2/issuers",
        "/api/v1/issuers/",
        "/api/v1/../v1/issuers",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/.git/config",
        "/a%00b",
        "/%ff%fe",
        "/%",
        "/%zz",
        "/?q=%ff",
    ] {
        let answer = node.get(path).send();
        assert!(
            [400, 404].contains(&answer.status),
            "{path}: {}",
            answer.text()
        );
    }
    let long = format!("/{}", "a".repeat(20_000));
    let answer = node.get(&long).send();
    assert!([404, 414].contains(&answer.status), "{}", answer.text());
}

#[test]
fn a_method_that_is_not_for_there_is_told_what_is() {
    let node = Node::shared();
    for (method, path, allowed) in [
        ("DELETE", "/api/v1/issuers", "GET, HEAD, POST"),
        ("GET", "/api/v1/checks", "POST"),
        ("PUT", "/api/v1/issuers/x", "GET, HEAD, PATCH"),
        ("OPTIONS", "/api/v1/issuers", "GET, HEAD, POST"),
        ("TRACE", "/livez", "GET, HEAD"),
    ] {
        let answer = node.request(method, path).refused("method_not_allowed");
        assert_eq!(answer.header("allow"), allowed, "{method} {path}");
    }
}

/// SEC-59.
#[test]
fn a_host_that_is_not_ours_is_misdirected() {
    let node = Node::shared();
    let ours = node.state.address.authority().to_owned();
    let port = ours.rsplit(':').next().expect("a port").to_owned();
    let nameless = raw(
        node.address(),
        b"GET /.well-known/jwks.json HTTP/1.1\r\nConnection: close\r\n\r\n",
    );
    assert!(nameless.is_none_or(|answer| [400, 421].contains(&answer.status)));
    for host in [
        "evil.example",
        "localhost",
        "localhost:1",
        "localhost.evil.example",
        "[::1]",
    ] {
        let answer = node
            .get("/.well-known/jwks.json")
            .host(host)
            .refused("host_unknown");
        assert_eq!(answer.status, 421, "{host}");
    }
    for host in [ours.to_uppercase(), format!("127.0.0.1:{port}")] {
        node.get("/.well-known/jwks.json").host(&host).expect(200);
    }
    node.get("/.well-known/jwks.json")
        .host("evil.example")
        .header("X-Forwarded-Host", &ours)
        .refused("host_unknown");
    let named = Node::unusual(&Unusual {
        base: Some("https://badges.northmarch.example.org"),
        ..Unusual::default()
    });
    named.get("/.well-known/jwks.json").expect(200);
    for host in [
        "127.0.0.1",
        "localhost",
        "badges.northmarch.example.org.evil.example",
        "badges.northmarch.example.org:8443",
    ] {
        named
            .get("/.well-known/jwks.json")
            .host(host)
            .refused("host_unknown");
    }
}

#[test]
fn what_is_not_http_ends_the_connection_and_nothing_else() {
    let node = Node::shared();
    let host = node.state.address.authority();
    for bytes in [
        "\r\n\r\n".to_owned(),
        "GET\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        "\u{16}\u{3}\u{1}".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n"),
        format!(
            "POST /api/v1/checks HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nContent-Length: 6\r\nConnection: close\r\n\r\nabcdef"
        ),
        format!(
            "POST /api/v1/checks HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\nConnection: close\r\n\r\n"
        ),
        format!(
            "POST /api/v1/checks HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\nConnection: close\r\n\r\n0\r\n\r\n"
        ),
        format!(
            "POST /api/v1/checks HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n"
        ),
        format!(
            "GET / HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n",
            "a".repeat(200_000)
        ),
    ] {
        if let Some(answer) = raw(node.address(), format!("{bytes}\u{0}").as_bytes()) {
            let start: String = bytes.chars().take(60).collect();
            assert!(answer.status < 500, "{start}: {}", answer.text());
        }
    }
    node.get("/livez").expect(200);
}

#[test]
fn the_callers_own_id_is_kept_if_it_is_plain() {
    let node = Node::shared();
    let ask = |id: &str| {
        node.get("/nowhere")
            .header("X-Request-Id", id)
            .refused("not_found")
            .header("x-request-id")
            .to_owned()
    };
    assert_eq!(ask("trace-0123456789"), "trace-0123456789");
    for bad in [
        "short",
        "<script>alert(1)</script>",
        "a b c d e f g h",
        &"a".repeat(65),
    ] {
        assert_ne!(ask(bad), bad);
    }
}

#[test]
fn too_many_requests_are_told_when_to_come_again() {
    let node = Node::unusual(&Unusual {
        settings: &[("RATES_READ", "3/min"), ("RATES_ISSUE", "2/min")],
        ..Unusual::default()
    });
    let answers: Vec<_> = (0..8)
        .map(|_| node.get("/.well-known/jwks.json").send())
        .collect();
    let limited = answers
        .iter()
        .find(|answer| answer.status == 429)
        .expect("a limit");
    assert_eq!(limited.code(), "rate_limited");
    let wait: u64 = limited.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&wait), "{wait}");
    node.get("/livez").expect(200);
}
