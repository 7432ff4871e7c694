//! What is read, and what is refused.

use super::*;
use std::path::Path;
use std::time::Duration;

/// A folder of its own for a test, with a settings file in it.
fn folder(name: &str, file: &str) -> PathBuf {
    let folder =
        std::env::temp_dir().join(format!("countersign-config-{}-{name}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).expect("a folder");
    if !file.is_empty() {
        std::fs::write(folder.join("countersign.toml"), file).expect("a file");
    }
    folder
}

fn variables(pairs: &[(&str, &str)]) -> Vec<(OsString, OsString)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect()
}

/// Settings that are fine but for what `file` says.
fn load(name: &str, file: &str, pairs: &[(&str, &str)]) -> Result<Config, Problems> {
    let folder = folder(name, file);
    let overrides = Overrides {
        data: Some(folder.clone()),
        ..Overrides::default()
    };
    let mut all = variables(pairs);
    if !file.contains("base_url") && !pairs.iter().any(|(name, _)| name.ends_with("BASE_URL")) {
        all.extend(variables(&[(
            "COUNTERSIGN_HTTP_BASE_URL",
            "https://badges.example",
        )]));
    }
    let outcome = Config::load(&overrides, all);
    drop(std::fs::remove_dir_all(folder));
    outcome
}

fn problems(name: &str, file: &str, pairs: &[(&str, &str)]) -> Vec<Problem> {
    load(name, file, pairs).expect_err("problems").0
}

/// Exactly one problem, with this setting, and these words in it.
#[track_caller]
fn refuses(file: &str, setting: &str, words: &str) {
    let name = format!("refuses-{}", std::panic::Location::caller().line());
    let found = problems(&name, file, &[]);
    let [problem] = found.as_slice() else {
        panic!("{file}: {found:#?}");
    };
    assert_eq!(problem.setting, setting, "{file}: {problem}");
    assert!(problem.to_string().contains(words), "{file}: {problem}");
}

#[test]
fn without_anything_but_a_base_url_the_defaults_hold() {
    let config = load("defaults", "", &[]).expect("settings");
    assert_eq!(config.environment, Environment::Production);
    assert_eq!(config.http.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.http.base_url.as_str(), "https://badges.example");
    assert_eq!((config.http.metrics, config.http.workers), (None, None));
    assert_eq!(
        config.issuing.status_validity,
        Duration::from_secs(7 * 86_400)
    );
    assert!(config.fetch.exceptions.is_empty() && !config.dev);
    assert!(config.database.file.ends_with("countersign.db"));
    assert!(config.database.file.starts_with(&config.database.folder));
    let master = config.database.folder.join("master.key");
    assert_eq!(config.keys.master, MasterKey::File(master));
}

#[test]
fn the_base_url_has_to_be_given() {
    let found = Config::load(&Overrides::default(), [])
        .expect_err("a problem")
        .0;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].setting, "http.base_url");
    assert_eq!(found[0].origin, Origin::Default);
}

#[test]
fn with_dev_the_base_url_is_this_machine() {
    let overrides = Overrides {
        dev: true,
        listen: Some("127.0.0.1:9191".to_owned()),
        ..Overrides::default()
    };
    let config = Config::load(&overrides, []).expect("settings");
    assert_eq!(config.http.base_url.as_str(), "http://localhost:9191");
    assert_eq!(config.environment, Environment::Development);
    assert!(config.dev);
}

#[test]
fn options_win_over_variables_and_these_over_the_file() {
    let folder = folder(
        "order",
        "[http]\nlisten = \"127.0.0.1:1\"\nworkers = 3\nhead_time = \"9 s\"\n",
    );
    let overrides = Overrides {
        data: Some(folder.clone()),
        listen: Some("127.0.0.1:3".to_owned()),
        base_url: Some("https://badges.example/".to_owned()),
        ..Overrides::default()
    };
    let given = [
        ("COUNTERSIGN_HTTP_LISTEN", "127.0.0.1:2"),
        ("COUNTERSIGN_HTTP_HEAD_TIME", "8 s"),
    ];
    let config = Config::load(&overrides, variables(&given)).expect("settings");
    assert_eq!(config.http.listen.port(), 3);
    assert_eq!(config.http.head_time, Duration::from_secs(8));
    assert_eq!(config.http.workers.map(u16::from), Some(3));
    drop(std::fs::remove_dir_all(folder));
}

#[test]
fn all_problems_are_told_at_once_with_their_places() {
    let file = "colour = 1\n[http]\nlisten = \"here\"\nbase_url = \"http://badges.example/a\"\n\
        lisen = 1\n[databse]\n[rates]\nissue = \"often\"\n[fetch]\nexceptions = [\"localhost:8081\"]\n";
    let pairs = [
        ("COUNTERSIGN_HTTP_WORKERS", "0"),
        ("COUNTERSIGN_LOGS_LEVLE", "info"),
    ];
    let found = problems("all", file, &pairs);
    let told: Vec<(&str, String)> = found
        .iter()
        .map(|problem| (problem.setting.as_str(), place(problem)))
        .collect();
    for (setting, place) in [
        ("colour", "line 1"),
        ("http.listen", "line 3"),
        ("http.base_url", "line 4"),
        ("http.lisen", "line 5"),
        ("databse", "line 6"),
        ("rates.issue", "line 8"),
        ("fetch.exceptions", "line 10"),
        ("http.workers", "variable COUNTERSIGN_HTTP_WORKERS"),
        ("", "variable COUNTERSIGN_LOGS_LEVLE"),
    ] {
        assert!(
            told.contains(&(setting, place.to_owned())),
            "{setting}: {told:#?}"
        );
    }
    assert_eq!(found.len(), 9, "{found:#?}");
    assert_eq!(Problems(found.clone()).to_string().lines().count(), 9);
}

fn place(problem: &Problem) -> String {
    match &problem.origin {
        Origin::File {
            line: Some(line), ..
        } => format!("line {line}"),
        other => other.to_string(),
    }
}

#[test]
fn unknown_names_are_told_with_the_nearest_known_one() {
    refuses(
        "listen = \"127.0.0.1:1\"",
        "listen",
        "The nearest name is http.listen",
    );
    refuses("[http]\nbase-uri = 1", "http.base-uri", "http.base_url");
    refuses("[htpp]\nlisten = 1", "htpp", "The nearest name is http");
    refuses("[http]\nicecream = 1", "http.icecream", "Take it out");
    refuses(
        "[http.listen]\na = 1",
        "http.listen",
        "it is of the kind table",
    );
    refuses("[[http]]\nlisten = 1", "http", "no such setting");
    let found = problems("variable", "", &[("COUNTERSIGN_HTTP_LISTNE", "x")]);
    assert!(
        found[0].right.contains("COUNTERSIGN_HTTP_LISTEN"),
        "{found:#?}"
    );
}

#[test]
fn variables_of_others_are_left_alone() {
    let pairs = [
        ("COUNTERSIGN_SERVICE_HOST", "10.0.0.1"),
        ("COUNTERSIGN_PORT_8080_TCP_ADDR", "10.0.0.1"),
        ("COUNTERSIGN_PORT", "tcp://10.0.0.1:8080"),
        ("COUNTERSIGN_LONG", "1"),
        ("COUNTERSIGNATURE", "1"),
        ("PATH", "/bin"),
    ];
    load("others", "", &pairs).expect("settings");
    assert_eq!(problems("ours", "", &[("COUNTERSIGN_DATA", "x")]).len(), 1);
}

#[test]
fn development_is_refused_in_production() {
    let exceptions = "environment = \"production\"\n[fetch]\nexceptions = [\"localhost:8081\"]";
    refuses(exceptions, "fetch.exceptions", "refused in production");
    let overrides = Overrides {
        dev: true,
        ..Overrides::default()
    };
    let production = variables(&[("COUNTERSIGN_ENVIRONMENT", "production")]);
    let found = Config::load(&overrides, production)
        .expect_err("a problem")
        .0;
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].origin, Origin::Option("--dev"));
    let file = "environment = \"development\"\n[fetch]\nexceptions = [\"localhost:8081\"]";
    let config = load("development", file, &[]).expect("settings");
    assert_eq!(config.fetch.exceptions.len(), 1);
}

#[test]
fn a_base_url_that_others_cannot_fetch_from_is_refused() {
    for (url, words) in [
        ("http://badges.example", "not https"),
        ("http://localhost:8080", "not https"),
        ("https://203.0.113.9", "an address, not a name"),
        ("https://[::1]", "an address, not a name"),
        ("https://badges", "only means something here"),
        ("https://badges.internal", "only means something here"),
        ("https://badges.example:8443", "port 443"),
        ("https://badges.example/node", "it has a path"),
        ("https://badges.example?a", "a query"),
        ("https://a:b@badges.example", "a user name"),
    ] {
        let found = problems("base", "", &[("COUNTERSIGN_HTTP_BASE_URL", url)]);
        assert!(
            found
                .iter()
                .all(|problem| problem.setting == "http.base_url"),
            "{found:#?}"
        );
        assert!(
            found.iter().any(|problem| problem.wrong.contains(words)),
            "{url}: {found:#?}"
        );
    }
}

#[test]
fn dev_allows_plain_http_on_this_machine_only() {
    let with = |url: &str| {
        let overrides = Overrides {
            dev: true,
            base_url: Some(url.to_owned()),
            ..Overrides::default()
        };
        Config::load(&overrides, [])
    };
    for good in [
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://[::1]:1",
        "https://node.test:8443",
    ] {
        assert!(with(good).is_ok(), "{good}");
    }
    for bad in [
        "http://badges.example",
        "http://10.0.0.1:8080",
        "http://localhost:8080/a",
    ] {
        assert!(with(bad).is_err(), "{bad}");
    }
}

#[test]
fn secrets_stand_in_no_file_and_in_no_message() {
    const CANARY: &str = "canary-5e0c";
    let file = format!("[keys]\npassphrase = \"{CANARY}\"\npkcs11_pin = \"{CANARY}\"\n");
    let found = problems("secrets", &file, &[]);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(!format!("{found:?} {}", Problems(found.clone())).contains(CANARY));
    let pairs = [
        ("COUNTERSIGN_KEYS_MASTER_KEY", "passphrase"),
        ("COUNTERSIGN_KEYS_PASSPHRASE", CANARY),
    ];
    let config = load("secret", "", &pairs).expect("settings");
    let MasterKey::Passphrase(from) = &config.keys.master else {
        panic!("{:?}", config.keys);
    };
    assert_eq!(from.read().expect("a secret").reveal(), CANARY);
    assert!(!format!("{config:?}").contains(CANARY));
    assert!(format!("{config:?}").contains("***"));
}

#[test]
fn each_kind_of_master_key_needs_its_own() {
    refuses(
        "[keys]\nmaster_key = \"passphrase\"",
        "keys.passphrase_file",
        "needed",
    );
    refuses(
        "[keys]\nmaster_key = \"vault\"",
        "keys.master_key",
        "\"pkcs11\"",
    );
    let found = problems("hardware", "[keys]\nmaster_key = \"pkcs11\"", &[]);
    let settings: Vec<&str> = found
        .iter()
        .map(|problem| problem.setting.as_str())
        .collect();
    assert_eq!(
        settings,
        [
            "keys.pkcs11_module",
            "keys.pkcs11_token",
            "keys.pkcs11_pin_file"
        ]
    );
    let file = "[keys]\nmaster_key = \"pkcs11\"\npkcs11_module = \"/usr/lib/hsm.so\"\n\
        pkcs11_token = \"badges\"\npkcs11_pin_file = \"pin\"";
    let config = load("token", file, &[]).expect("settings");
    let pin = config.database.folder.join("pin");
    assert_eq!(
        config.keys.secret_files(),
        [("keys.pkcs11_pin_file", pin.as_path())]
    );
}

#[test]
fn settings_have_to_agree_with_each_other() {
    refuses(
        "[http]\nmetrics = \"127.0.0.1:8080\"",
        "http.metrics",
        "strangers",
    );
    refuses(
        "[http]\nmetrics = \"0.0.0.0:8080\"",
        "http.metrics",
        "strangers",
    );
    refuses(
        "[issuing]\nstatus_validity = \"1 d\"",
        "issuing.status_renewal",
        "half",
    );
    refuses(
        "[issuing]\nstatus_validity = \"10 min\"\nstatus_renewal = \"1 min\"\nstatus_ttl = \"10 min\"",
        "issuing.status_ttl",
        "less than",
    );
    refuses(
        "[database]\nissue_log = \"countersign.db\"",
        "database.issue_log",
        "of its own",
    );
}

#[test]
fn values_of_the_wrong_kind_are_refused() {
    refuses(
        "[http]\nlisten = 8080",
        "http.listen",
        "an address and a port",
    );
    refuses(
        "[http]\nlisten = [\"127.0.0.1:1\"]",
        "http.listen",
        "it is a list",
    );
    refuses("[http]\nworkers = 1.5", "http.workers", "of the kind float");
    refuses("[http]\nworkers = 0", "http.workers", "or \"auto\"");
    refuses("[http]\nmetrics = \"on\"", "http.metrics", "or \"off\"");
    refuses("[http]\njson_size = \"1 GiB\"", "http.json_size", "16 MiB");
    refuses(
        "[http]\nhead_time = \"0 s\"",
        "http.head_time",
        "at most 60 s",
    );
    refuses(
        "[http]\ntrusted_proxies = \"127.0.0.1\"",
        "http.trusted_proxies",
        "no list",
    );
    refuses(
        "[http]\ntrusted_proxies = [\"all\"]",
        "http.trusted_proxies",
        "\"all\" is in it",
    );
    refuses(
        "[http]\ntrusted_proxies = [[\"::1\"]]",
        "http.trusted_proxies",
        "a list of lists",
    );
    refuses("[logs]\nlevel = \"loud\"", "logs.level", "\"warn\"");
    refuses("environment = \"test\"", "environment", "\"development\"");
}

#[test]
fn a_file_that_is_no_toml_is_told_with_its_lines() {
    let found = problems("toml", "[http\nlisten = \n\n[logs]\nlevel \"x\"\n", &[]);
    assert!(
        found.iter().all(|problem| problem.wrong.contains("TOML")),
        "{found:#?}"
    );
    let lines: Vec<String> = found.iter().map(place).collect();
    assert!(
        lines.contains(&"line 1".to_owned()) && lines.len() > 1,
        "{found:#?}"
    );
}

#[test]
fn a_file_that_was_named_has_to_be_there() {
    let with = |overrides: &Overrides, pairs: &[(&str, &str)]| {
        Config::load(overrides, variables(pairs))
            .expect_err("a problem")
            .to_string()
    };
    let named = Overrides {
        config: Some(Path::new("no/such.toml").to_owned()),
        base_url: Some("https://badges.example".to_owned()),
        ..Overrides::default()
    };
    assert!(with(&named, &[]).starts_with("no/such.toml: it cannot be read"));
    let plain = Overrides {
        config: None,
        ..named
    };
    let said = with(&plain, &[("COUNTERSIGN_CONFIG", "no/other.toml")]);
    assert!(
        said.starts_with("no/other.toml: it cannot be read"),
        "{said}"
    );
}

#[test]
fn an_empty_variable_takes_a_value_away() {
    let file =
        "[fetch]\ncontact = \"mailto:a@badges.example\"\n[http]\ntrusted_proxies = [\"::1\"]";
    let pairs = [
        ("COUNTERSIGN_FETCH_CONTACT", ""),
        ("COUNTERSIGN_HTTP_TRUSTED_PROXIES", ""),
    ];
    let config = load("empty", file, &pairs).expect("settings");
    assert_eq!(config.fetch.contact, None);
    assert!(config.http.trusted_proxies.is_empty());
    let pairs = [("COUNTERSIGN_HTTP_TRUSTED_PROXIES", "::1, 10.0.0.0/8")];
    let config = load("list", "", &pairs).expect("settings");
    assert_eq!(config.http.trusted_proxies.len(), 2);
}

#[test]
fn the_file_may_be_named_by_variable_and_the_option_wins() {
    let folder = folder("named", "[http]\nworkers = 7\n");
    let other = folder.join("other.toml");
    std::fs::write(&other, "[http]\nworkers = 9\n").expect("a file");
    let first = folder.join("countersign.toml").into_os_string();
    let mut pairs = vec![("COUNTERSIGN_CONFIG".into(), first)];
    pairs.extend(variables(&[(
        "COUNTERSIGN_HTTP_BASE_URL",
        "https://badges.example",
    )]));
    let by_variable = Config::load(&Overrides::default(), pairs.clone()).expect("settings");
    assert_eq!(by_variable.http.workers.map(u16::from), Some(7));
    let overrides = Overrides {
        config: Some(other),
        ..Overrides::default()
    };
    let by_option = Config::load(&overrides, pairs).expect("settings");
    assert_eq!(by_option.http.workers.map(u16::from), Some(9));
    drop(std::fs::remove_dir_all(folder));
}
