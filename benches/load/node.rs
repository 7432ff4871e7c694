//! A node with an organisation, a design of usual size and a shared badge; and
//! actix answering "hello".

use actix_web::{App, HttpResponse, HttpServer, web};
use countersign::app;
use countersign::config::{Config, Overrides};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::time::Instant;

pub(crate) struct Node {
    pub(crate) base: String,
    folder: PathBuf,
    officer: String,
}

pub(crate) struct Badge {
    pub(crate) path: String,
    pub(crate) credential: Value,
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// Answers a little JSON, with as many workers as the node has.
pub(crate) fn hello() -> String {
    let (listener, base) = listen();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            let app = || {
                App::new().route(
                    "/",
                    web::get().to(|| async { HttpResponse::Ok().json(json!({"hello": "world"})) }),
                )
            };
            HttpServer::new(app)
                .workers(2)
                .listen(listener)
                .expect("a listener")
                .run()
                .await
        })
    });
    base
}

fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    (listener, format!("http://localhost:{port}"))
}

impl Node {
    pub(crate) fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("countersign-load-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        let (listener, base) = listen();
        let overrides = Overrides {
            data: Some(folder.clone()),
            base_url: Some(base.clone()),
            dev: true,
            ..Overrides::default()
        };
        let free = ["READ", "ISSUE", "CHECK_ANONYMOUS", "CHECK_TOKEN"].map(|name| {
            (
                format!("COUNTERSIGN_RATES_{name}").into(),
                "1000000/s".into(),
            )
        });
        let workers = [("COUNTERSIGN_HTTP_WORKERS".into(), "2".into())];
        let config = Config::load(&overrides, free.into_iter().chain(workers)).expect("settings");
        let (told, token) = mpsc::channel();
        std::thread::spawn(move || {
            let opened = app::open(config).expect("a node");
            let token = app::first_token(&opened.state)
                .expect("a store")
                .expect("a token");
            told.send(token.to_string()).expect("told");
            actix_web::rt::System::new().block_on(async {
                app::start(opened, listener)
                    .await
                    .expect("it starts")
                    .serve()
                    .await
            })
        });
        let operator = token.recv().expect("a token");
        let mut node = Self {
            base,
            folder,
            officer: String::new(),
        };
        node.furnish(&operator);
        node
    }

    fn furnish(&mut self, operator: &str) {
        let issuer = json!({"slug": "council", "root": true, "profile": {
            "name": "Northmarch County Council workforce development",
            "url": "https://northmarch.example.org", "email": "badges@northmarch.example.org"}});
        self.post(operator, "/api/v1/issuers", &issuer);
        let token = |made: Value| made["token"].as_str().expect("a token").to_owned();
        let admin = json!({"issuer": "council", "role": "administrator", "name": "a"});
        let admin = token(self.post(operator, "/api/v1/tokens", &admin));
        let officer = json!({"role": "officer", "name": "o"});
        self.officer = token(self.post(&admin, "/api/v1/issuers/council/tokens", &officer));
        let design: Value = serde_json::from_str(include_str!("design.json")).expect("JSON");
        self.post(
            &self.officer,
            "/api/v1/issuers/council/achievements",
            &design,
        );
    }

    /// What is asked for: a badge with a name and a result.
    pub(crate) fn order(&self) -> String {
        json!({"achievement": "safeguarding", "subject": {"name": "Saffron Velvetine"},
            "results": [{"type": ["Result"], "value": "86",
                "resultDescription": "urn:uuid:a7234be3-ac78-5976-a47f-bad6c89c00bf"}]})
        .to_string()
    }

    pub(crate) fn authorization(&self) -> String {
        format!("Bearer {}", self.officer)
    }

    pub(crate) fn badge(&self) -> Badge {
        let order = serde_json::from_str(&self.order()).expect("JSON");
        let path = "/api/v1/issuers/council/credentials";
        let given = self.post(&self.officer, path, &order);
        let id = given["id"].as_str().expect("an id");
        self.post(
            &self.officer,
            &format!("{path}/{id}/shares"),
            &json!({"kind": "page"}),
        );
        Badge {
            path: format!("/credentials/{id}"),
            credential: given["credential"].clone(),
        }
    }

    /// Ten thousand badges in batches of five hundred.
    pub(crate) fn batch(&self) {
        let order: Value = serde_json::from_str(&self.order()).expect("JSON");
        let batch = json!({"credentials": vec![order; 500]});
        let began = Instant::now();
        for _ in 0..20 {
            let given = self.post(
                &self.officer,
                "/api/v1/issuers/council/credentials/batch",
                &batch,
            );
            assert_eq!(given["items"].as_array().expect("badges").len(), 500);
        }
        println!(
            "batch of 10,000, durable    {:.2} s",
            began.elapsed().as_secs_f64()
        );
    }

    fn post(&self, token: &str, path: &str, body: &Value) -> Value {
        let host = self.base.trim_start_matches("http://");
        let body = body.to_string();
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let key = NEXT.fetch_add(1, Ordering::Relaxed);
        let mut stream =
            TcpStream::connect(host.replace("localhost", "127.0.0.1")).expect("a connection");
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\nauthorization: Bearer {token}\r\nidempotency-key: {key}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        assert!(head.starts_with("HTTP/1.1 201"), "{answer}");
        serde_json::from_str(body).expect("JSON")
    }
}
