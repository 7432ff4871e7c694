//! A SoftHSM token for one test.

use countersign::hardware::{Device, Error, PinFrom, Settings, TokenName};
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::session::UserType;
use cryptoki::types::AuthPin;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;
use std::{env, fs};

pub(crate) const PIN: &str = "8642-countersign";
pub(crate) const LABEL: &str = "countersign test";
const OFFICER_PIN: &str = "officer-1357";
const FOLDER: &str = "COUNTERSIGN_TEST_TOKEN";

const MISSING: &str = "SoftHSM is not installed, so keys in devices are not tested. On \
    Debian and Ubuntu: sudo apt-get install softhsm2. Elsewhere: set \
    COUNTERSIGN_TEST_PKCS11 to the file libsofthsm2.so.";

const PLACES: [&str; 6] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

/// The library and the files of the token, in the process that has them.
pub(crate) struct Token {
    pub(crate) module: PathBuf,
    pub(crate) folder: PathBuf,
}

/// Runs `case` in a process of its own, which has a new token. `name` is the
/// path of the calling test.
#[track_caller]
pub(crate) fn with_token(name: &str, case: impl FnOnce(&Token)) {
    with_lesser_token(name, "ALL", case);
}

/// [`with_token`], on a device that can only do what SoftHSM's setting
/// `slots.mechanisms` says.
#[track_caller]
pub(crate) fn with_lesser_token(name: &str, mechanisms: &str, case: impl FnOnce(&Token)) {
    let Some(module) = module() else { return };
    if let Some(folder) = env::var_os(FOLDER) {
        let folder = PathBuf::from(folder);
        return case(&Token::set_up(module, folder));
    }
    let folder = env::temp_dir().join(format!(
        "countersign-token-{}-{}",
        std::process::id(),
        name.replace(':', "-")
    ));
    fs::create_dir_all(folder.join("tokens")).expect("a folder");
    let settings = folder.join("softhsm2.conf");
    let tokens = folder.join("tokens");
    let text = format!(
        "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\nslots.mechanisms = {mechanisms}\n",
        tokens.display()
    );
    fs::write(&settings, text).expect("the settings of SoftHSM");
    let run = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", name, "--nocapture"])
        .env("SOFTHSM2_CONF", &settings)
        .env(FOLDER, &folder)
        .output()
        .expect("this program runs");
    fs::remove_dir_all(&folder).expect("the folder is removed");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success() && said.contains("1 passed"),
        "{said}\n{}",
        String::from_utf8_lossy(&run.stderr)
    );
}

fn module() -> Option<PathBuf> {
    let given = env::var_os("COUNTERSIGN_TEST_PKCS11").map(PathBuf::from);
    let found = given.or_else(|| {
        let places = PLACES.iter().map(PathBuf::from);
        places.into_iter().find(|place| place.exists())
    });
    if found.is_none() {
        static TOLD: Once = Once::new();
        assert!(env::var_os("CI").is_none(), "{MISSING}");
        // Not by a macro, whose output is kept back when a test passes.
        TOLD.call_once(|| {
            let _ = writeln!(std::io::stderr(), "NOT TESTED: {MISSING}");
        });
    }
    found
}

impl Token {
    fn set_up(module: PathBuf, folder: PathBuf) -> Self {
        let token = Self { module, folder };
        token.initialise(LABEL);
        token
    }

    /// Makes a token in the slot that is still free.
    pub(crate) fn initialise(&self, label: &str) {
        let library = self.library();
        let officer = AuthPin::from(OFFICER_PIN);
        let slots = library.get_slots_with_token().expect("slots");
        let free = slots
            .into_iter()
            .find(|slot| {
                let token = library.get_token_info(*slot).expect("a token");
                !token.token_initialized()
            })
            .expect("a free slot");
        library.init_token(free, &officer, label).expect("a token");
        let session = library.open_rw_session(free).expect("a session");
        session
            .login(UserType::So, Some(&officer))
            .expect("logged in");
        session.init_pin(&AuthPin::from(PIN)).expect("a PIN");
    }

    /// The library as another part of the same process has it.
    pub(crate) fn library(&self) -> Pkcs11 {
        let library = Pkcs11::new(&self.module).expect("the library");
        // It is set up already but for the first time.
        let _ = library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK));
        library
    }

    /// All sessions end, as when a card is pulled and put back.
    pub(crate) fn forget_sessions(&self) {
        self.library().finalize().expect("ended");
        self.library();
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings {
            module: self.module.clone(),
            token: TokenName::Label(LABEL.to_owned()),
            pin: PinFrom::File(self.pin_file("pin", PIN)),
            sessions: Settings::SESSIONS,
        }
    }

    pub(crate) fn pin_file(&self, name: &str, pin: &str) -> PathBuf {
        let path = self.folder.join(name);
        fs::write(&path, format!("{pin}\n")).expect("a file");
        private(&path);
        path
    }

    pub(crate) fn open(&self) -> Device {
        Device::open(self.settings()).expect("a device")
    }

    #[track_caller]
    pub(crate) fn refused(&self, change: impl FnOnce(&mut Settings)) -> Error {
        let mut settings = self.settings();
        change(&mut settings);
        Device::open(settings).expect_err("no device")
    }
}

#[cfg(unix)]
fn private(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).expect("a mode");
}

#[cfg(not(unix))]
fn private(_: &Path) {}
