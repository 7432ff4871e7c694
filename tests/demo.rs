//! The demo from nothing, on existing data, and until it is ended.

#![expect(clippy::expect_used, reason = "a test stops where it stands")]

use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn demo(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
    command.arg("demo").arg("--data").arg(folder).env_clear();
    command
}

fn once(folder: &Path) -> Output {
    demo(folder).arg("--once").output().expect("the demo runs")
}

#[track_caller]
fn told(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}\n{wrong}");
    said
}

const MILESTONES: [&str; 12] = [
    "Northmarch County Council workforce development",
    "University of Aldermere School of Social Work",
    "Corvin Kettlebrook   gets Safeguarding basics",
    "Ignatius Thimblewick gets Practice educator of the year",
    "This badge is genuine and current",
    "This badge is genuine\n",
    "award.png\n     This badge is genuine\n",
    "changed.json\n     This badge has been changed since it was issued\n",
    "before\n     This badge is genuine\n",
    "after\n     This badge was withdrawn",
    "All of this took ",
    "The API, described",
];

#[test]
fn the_whole_story_is_told_from_nothing_and_again_on_what_is_there() {
    let folder = scratch("demo-once");
    for start in ["first", "second"] {
        let said = told(&once(&folder));
        let mut rest = said.as_str();
        for milestone in MILESTONES {
            let at = rest.find(milestone);
            let at = at.unwrap_or_else(|| panic!("{start}: no {milestone:?} in its place\n{said}"));
            rest = rest.get(at..).unwrap_or_default();
        }
        assert!(!said.contains("until you press Ctrl-C"), "{said}");
    }
    for file in ["award.svg", "award.png", "changed.json", "genuine.json"] {
        assert!(folder.join(file).is_file(), "{file}");
    }
}

#[test]
fn a_port_of_the_first_start_that_is_taken_is_told() {
    let folder = scratch("demo-port");
    told(&once(&folder));
    let settings = std::fs::read_to_string(folder.join("university/countersign.toml"));
    let settings = settings.expect("settings");
    let address = settings.split('"').find(|part| part.starts_with("127."));
    let taken = std::net::TcpListener::bind(address.expect("an address")).expect("a port");
    let output = once(&folder);
    let wrong = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(69), "{wrong}");
    assert!(wrong.contains("the first start"), "{wrong}");
    drop(taken);
    told(&once(&folder));
}

/// The status of an answer to a stranger's browser.
fn status(link: &str) -> String {
    let rest = link.strip_prefix("http://").expect("plain http");
    let (authority, path) = rest.split_once('/').expect("a path");
    let mut stream = TcpStream::connect(authority).expect("the node listens");
    let request = format!(
        "GET /{path} HTTP/1.1\r\nHost: {authority}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).expect("it is sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn the_links_lead_somewhere_until_the_demo_is_ended() {
    let folder = scratch("demo-links");
    let mut child = demo(&folder)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the demo runs");
    let mut out = BufReader::new(child.stdout.take().expect("its output"));
    let (mut said, mut links) = (String::new(), Vec::new());
    while !said.contains("until you press Ctrl-C") {
        let mut line = String::new();
        let length = out.read_line(&mut line).expect("a line");
        assert!(length > 0, "it ended early\n{said}");
        let last = line.split_whitespace().last().unwrap_or_default();
        if last.starts_with("http://") {
            links.push(last.to_owned());
        }
        said.push_str(&line);
    }
    assert!(links.len() >= 14, "{said}");
    for link in &links {
        let link = if link.matches('/').count() == 2 {
            format!("{link}/")
        } else {
            link.clone()
        };
        assert_eq!(status(&link), "HTTP/1.1 200 OK", "{link}");
    }
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    kill_process(pid.expect("a process"), Signal::TERM).expect("a signal");
    assert!(child.wait().expect("it ends").success());
    let mut rest = String::new();
    out.read_to_string(&mut rest).expect("the end");
    assert!(rest.contains("Ending both nodes"), "{rest}");
}
