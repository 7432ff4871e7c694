//! A node as a process of its own.

use crate::client::{Answer, send};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The program, built with its failpoints.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_countersign");

/// A folder that goes when the test ends.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("countersign-{name}-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&path));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// What outlives the process: the data, the port and the tokens.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) folder: Folder,
    pub(crate) port: u16,
    pub(crate) officer: String,
    pub(crate) auditor: String,
}

/// The process; it is killed when the handle goes.
#[derive(Debug)]
pub(crate) struct Node {
    child: Child,
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Place {
    /// A node with an organisation, a design and tokens; it runs.
    pub(crate) fn new(name: &str) -> (Self, Node) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        drop(listener);
        let mut place = Self {
            folder: Folder::new(name),
            port,
            officer: String::new(),
            auditor: String::new(),
        };
        let (node, operator) = place.start_with("");
        let operator = operator.expect("the first token");
        place.furnish(&operator);
        (place, node)
    }

    fn furnish(&mut self, operator: &str) {
        let issuer = json!({"slug": "council", "root": true, "profile": {"name": "Council"}});
        self.post(operator, "/api/v1/issuers", "issuer", &issuer);
        let admin = json!({"issuer": "council", "role": "administrator", "name": "a"});
        let admin = self.post(operator, "/api/v1/tokens", "admin", &admin)["token"].clone();
        let admin = admin.as_str().expect("a token").to_owned();
        let token = |role: &str| {
            let new = json!({"role": role, "name": role});
            let made = self.post(&admin, "/api/v1/issuers/council/tokens", role, &new);
            made["token"].as_str().expect("a token").to_owned()
        };
        let (officer, auditor) = (token("officer"), token("auditor"));
        let design = json!({"slug": "first-aid", "achievement": {
            "name": "First aid", "description": "One day.", "criteria": {"narrative": "Attend."}}});
        self.post(
            &officer,
            "/api/v1/issuers/council/achievements",
            "design",
            &design,
        );
        self.officer = officer;
        self.auditor = auditor;
    }

    /// Sends what has to work.
    pub(crate) fn post(&self, token: &str, path: &str, key: &str, body: &Value) -> Value {
        let answer = self.try_post(token, path, key, body).expect("an answer");
        assert!(answer.status < 300, "{path}: {answer:?}");
        answer.json()
    }

    pub(crate) fn try_post(
        &self,
        token: &str,
        path: &str,
        key: &str,
        body: &Value,
    ) -> Option<Answer> {
        let bearer = format!("Bearer {token}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("idempotency-key", key),
            ("content-type", "application/json"),
        ];
        send(self.port, ("POST", path), &headers, &body.to_string())
    }

    pub(crate) fn get(&self, token: &str, path: &str) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str())];
        send(self.port, ("GET", path), &headers, "").expect("an answer")
    }

    /// Starts the process; `failpoints` as the crate `fail` reads them.
    pub(crate) fn start(&self, failpoints: &str) -> Node {
        self.start_with(failpoints).0
    }

    fn start_with(&self, failpoints: &str) -> (Node, Option<String>) {
        let mut node = Node {
            child: self.command(failpoints).spawn().expect("the program"),
        };
        let said = self.folder.path().join("said");
        // A node may be killed while it starts.
        wait_until(|| node.is_gone() || send(self.port, ("GET", "/livez"), &[], "").is_some());
        let said = std::fs::read_to_string(said).unwrap_or_default();
        let token = said
            .split_whitespace()
            .find(|word| word.starts_with("csk_"));
        (node, token.map(str::to_owned))
    }

    /// The command that runs the node.
    pub(crate) fn command(&self, failpoints: &str) -> Command {
        let said = std::fs::File::create(self.folder.path().join("said")).expect("a file");
        let mut command = Command::new(PROGRAM);
        command
            .args(["serve", "--dev", "--listen"])
            .arg(format!("127.0.0.1:{}", self.port))
            .arg("--data")
            .arg(self.folder.path().join("data"))
            .env("FAILPOINTS", failpoints)
            .env("COUNTERSIGN_RATES_ISSUE", "100000/s")
            .env("COUNTERSIGN_RATES_READ", "100000/s")
            .env("COUNTERSIGN_RATES_CHECK_ANONYMOUS", "100000/s")
            .stdout(Stdio::from(said))
            .stderr(Stdio::null());
        command
    }

    /// Runs another command over the data of this node.
    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = Command::new(PROGRAM)
            .args(arguments)
            .args(["--dev", "--base-url"])
            .arg(format!("http://localhost:{}", self.port))
            .arg("--data")
            .arg(self.folder.path().join("data"))
            .output()
            .expect("the program");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code().unwrap_or(-1), text + &errors)
    }
}

impl Node {
    /// Kills the process as a power cut would.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }

    /// Whether the process is gone.
    pub(crate) fn is_gone(&mut self) -> bool {
        self.child.try_wait().expect("a state").is_some()
    }
}

/// Waits for something that has to come soon.
pub(crate) fn wait_until(mut is_there: impl FnMut() -> bool) {
    for _ in 0..3_000 {
        if is_there() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("it did not come");
}
