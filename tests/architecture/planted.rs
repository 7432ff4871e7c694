//! Violations of each rule, and what only looks like one.

use super::{IGNORED, MOST_LINES, PLACES, TO_DO, findings, habits, module_of, places, read};

#[track_caller]
fn check(file: &str, text: &str, expected: &str) {
    let text = format!("//! A header.\n{text}");
    let found = [
        findings(file, &text, false),
        habits(file, &text),
        places(file, &text),
    ];
    let found = found.concat().join("\n");
    assert_eq!(found.is_empty(), expected.is_empty(), "{text}\n{found}");
    assert!(found.contains(expected), "{text}\n{found}");
}

#[test]
fn names_on_higher_rows_are_found_however_they_are_written() {
    check(
        "src/canon/jcs.rs",
        "use crate::proof::Suite;",
        "higher row: crate::proof::Suite",
    );
    check(
        "src/canon/jcs.rs",
        "use crate::{json, proof::{Suite, Form}};",
        "crate::proof::Form",
    );
    check("src/canon/mod.rs", "use super::verify;", "higher row");
    check(
        "src/canon/rdfc/mod.rs",
        "use super::super::bake::{self};",
        "higher row",
    );
    check(
        "src/canon/jcs.rs",
        "fn f() { g!(crate::cli::run()) }",
        "higher row",
    );
    check(
        "src/canon/jcs.rs",
        "mod a { fn f(x: super::super::super::cli::X) {} }",
        "climbs",
    );
    check(
        "src/canon/a.rs",
        "#[cfg(test)] mod tests { use super::super::super::cli::X; }",
        "higher row",
    );
    check("src/main.rs", "fn main() { countersign::cli::run() }", "");
    check(
        "src/canon/jcs.rs",
        "// crate::cli\nconst A: &str = \"crate::cli::B\";",
        "",
    );
    check(
        "src/proof/jose.rs",
        "use crate::{keys, did, json::Value};",
        "",
    );
}

#[test]
fn neighbours_are_strangers_from_row_four_on() {
    check("src/http/mod.rs", "use crate::web::Page;", "neighbour");
    check("src/net/mod.rs", "use crate::store::Rows;", "neighbour");
    check(
        "src/http/mod.rs",
        "use crate::{edge, net, verify}; use self::a::B;",
        "",
    );
    check("src/verify/mod.rs", "use crate::bake::unbake;", "");
}

#[test]
fn only_the_fetcher_opens_connections() {
    let opens = "only the fetcher";
    check("src/edge/a.rs", "use tokio::net::TcpStream;", opens);
    check(
        "src/jobs/a.rs",
        "fn f() { std::net::TcpStream::connect(x) }",
        opens,
    );
    check("src/http/a.rs", "use hyper::client::conn::http1;", opens);
    check("src/net/a.rs", "use tokio::net::TcpStream;", "");
    check(
        "src/http/a.rs",
        "#[cfg(test)] mod tests { use std::net::TcpStream; }",
        "",
    );
}

#[test]
fn pure_rows_reach_nothing_outside_except_in_tests() {
    check(
        "src/canon/jcs.rs",
        "use std::{io, fs::File};",
        "pure row names it: std::fs::File",
    );
    check(
        "src/did/web.rs",
        "fn f() { let now = std::time::SystemTime::now(); }",
        "pure row",
    );
    check("src/did/web.rs", "fn f() { rand::random() }", "pure row");
    check(
        "src/keys/a.rs",
        "use rand_core::{CryptoRng, OsRng};",
        "pure row",
    );
    check(
        "src/json/a.rs",
        "#[cfg(test)]\nmod tests { use std::fs; }\nuse std::env;",
        "std::env",
    );
    check(
        "src/json/a.rs",
        "#[cfg(test)]\nmod tests { use std::fs; }",
        "",
    );
    check("src/store/a.rs", "use diesel::prelude::*;", "");
    let declared = read("src/bake/mod.rs", "#[cfg(test)]\nmod tests;", false).test_modules;
    assert_eq!(declared, [module_of("src/bake/tests.rs")]);
    assert!(findings("src/bake/tests.rs", "//! A\nuse std::fs;", true).is_empty());
}

#[test]
fn other_rules_can_fail() {
    check("src/utils/mod.rs", "", "utils has no row");
    check(
        "src/bake/mod.rs",
        "use crate::utils::x;",
        "no row: crate::utils::x",
    );
    check("src/bake/mod.rs", "pub use error::Error;", "");
    check(
        "src/bake/png.rs",
        "pub(crate) use error::Error;",
        "only mod.rs",
    );
    check(
        "src/bake/mod.rs",
        "pub use crate::json::Value;",
        "passed on",
    );
    check("src/bake/mod.rs", &"\n".repeat(MOST_LINES), "lines");
    check(
        "src/bake/mod.rs",
        &format!("// {TO_DO}: more"),
        "without an issue",
    );
    check("src/bake/mod.rs", &format!("// {TO_DO}(#12): more"), "");
    check(
        "src/bake/mod.rs",
        &format!("{IGNORED}]\nfn f() {{}}"),
        "ignored",
    );
    check(
        "src/bake/mod.rs",
        &format!("// see {}x", PLACES[0]),
        "machine",
    );
    check(
        "src/bake/mod.rs",
        &format!("// see https://a.example{}x", PLACES[0]),
        "",
    );
    assert!(findings("src/bake/mod.rs", "use std::io;", false)[0].contains("no header"));
}
