//! A node on this machine, with a clock that is moved by hand.

use super::client::Request;
use actix_web::web::Data;
use countersign::app::{self, Stopper};
use countersign::clock::Moment;
use countersign::config::{Config, Overrides};
use countersign::edge::clock::Clock;
use countersign::edge::state::State;
use std::ffi::OsString;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

/// When every node begins.
pub const BEGIN: &str = "2026-11-25T12:00:00Z";

/// A running node. It ends when it is dropped.
pub struct Node {
    /// What requests reach in it.
    pub state: Data<State>,
    /// Its clock.
    pub clock: Clock,
    /// The token of its operator.
    pub operator: String,
    address: SocketAddr,
    folder: PathBuf,
    ending: Mutex<Option<(Stopper, JoinHandle<()>)>>,
}

/// How a node differs from the usual one.
#[derive(Debug, Clone, Default)]
pub struct Unusual {
    /// Its address for others; without one it is tried out on this machine.
    pub base: Option<&'static str>,
    /// Further settings, as variables.
    pub settings: &'static [(&'static str, &'static str)],
}

/// The settings that let tests ask as often as they like.
const GENEROUS: [(&str, &str); 5] = [
    ("RATES_CHECK_ANONYMOUS", "100000/s"),
    ("RATES_CHECK_TOKEN", "100000/s"),
    ("RATES_ISSUE", "100000/s"),
    ("RATES_READ", "100000/s"),
    ("HTTP_WORKERS", "2"),
];

fn variables(unusual: &Unusual) -> Vec<(OsString, OsString)> {
    let all = GENEROUS.iter().chain(unusual.settings);
    all.map(|(name, value)| (format!("COUNTERSIGN_{name}").into(), (*value).into()))
        .collect()
}

/// A folder that no other test has.
pub fn folder() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("node-{}-{number}", std::process::id());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&path));
    path
}

impl Node {
    /// The node that tests share. Its clock stands still.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Node> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// A node of one's own.
    pub fn start() -> Self {
        Self::unusual(&Unusual::default())
    }

    /// A node that differs from the usual one.
    pub fn unusual(unusual: &Unusual) -> Self {
        Self::in_folder(folder(), unusual)
    }

    /// A node in a folder.
    pub fn in_folder(folder: PathBuf, unusual: &Unusual) -> Self {
        let clock = Clock::fixed(Moment::parse(BEGIN).expect("a moment"));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let overrides = Overrides {
            data: Some(folder.clone()),
            listen: Some(address.to_string()),
            base_url: unusual.base.map(str::to_owned),
            dev: unusual.base.is_none(),
            ..Overrides::default()
        };
        let config = Config::load(&overrides, variables(unusual)).expect("settings");
        let (send, receive) = mpsc::channel();
        let theirs = clock.clone();
        let thread = std::thread::spawn(move || {
            let opened = app::open_with_clock(config, theirs).expect("a node");
            let operator = app::first_token(&opened.state).expect("a database");
            actix_web::rt::System::new().block_on(async move {
                let running = app::start(opened, listener).await.expect("a server");
                let operator = operator.map(|token| token.to_string());
                send.send((running.state.clone(), running.stopper(), operator))
                    .expect("somebody waits");
                running.serve().await.expect("an orderly end");
            });
        });
        let (state, stopper, operator) = receive.recv().expect("a node");
        Self {
            state,
            clock,
            operator: operator.unwrap_or_default(),
            address,
            folder,
            ending: Mutex::new(Some((stopper, thread))),
        }
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where its files are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its base URL.
    pub fn base(&self) -> &str {
        self.state.address.base()
    }

    /// A request to it.
    pub fn request(&self, method: &'static str, path: &str) -> Request {
        Request::new(self.address, self.state.address.authority(), method, path)
    }

    /// Reads.
    pub fn get(&self, path: &str) -> Request {
        self.request("GET", path)
    }

    /// Makes, or does.
    pub fn post(&self, path: &str) -> Request {
        self.request("POST", path)
    }

    /// The path of one of its own addresses.
    #[track_caller]
    pub fn path_of<'u>(&self, url: &'u str) -> &'u str {
        self.state.address.path_of(url).expect("an address of ours")
    }

    /// Moves its clock.
    pub fn pass(&self, seconds: i64) {
        self.clock.advance(seconds);
        self.settle();
    }

    /// Waits until nothing is owed any more.
    pub fn settle(&self) {
        for _ in 0..600 {
            self.state.work.notify_one();
            if super::rows::owed(self) == 0 {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("jobs are left undone");
    }

    /// Waits until something is so.
    #[track_caller]
    pub fn until(&self, is_so: impl Fn() -> bool) {
        for _ in 0..600 {
            if is_so() {
                return;
            }
            self.state.work.notify_one();
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it never came");
    }

    /// Waits until everything that comes round has been done, after at least a
    /// day has passed: the lists are signed at the end of a round.
    #[track_caller]
    pub fn round(&self) {
        let now = self.clock.unix();
        let old = format!("published_lists WHERE created_at < {now}");
        self.until(|| super::rows::count(self, &old) == 0);
        self.settle();
    }

    /// Ends it in order.
    pub fn stop(&self) {
        let ending = self.ending.lock().expect("the ending").take();
        if let Some((stopper, thread)) = ending {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(stopper.stop());
            thread.join().expect("an orderly end");
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        self.stop();
        drop(std::fs::remove_dir_all(&self.folder));
    }
}
