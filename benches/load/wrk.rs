//! Runs `wrk` and reads what it says.

use std::process::Command;

/// What is asked for again and again.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    url: String,
    script: String,
}

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measured {
    pub(crate) per_second: f64,
    pub(crate) p50: f64,
    pub(crate) p99: f64,
    pub(crate) errors: u64,
}

impl Request {
    pub(crate) fn get(base: &str, path: &str) -> Self {
        Self {
            url: format!("{base}{path}"),
            script: String::new(),
        }
    }

    pub(crate) fn post(base: &str, path: &str, body: &str, headers: &[(&str, &str)]) -> Self {
        let mut script = format!(
            "wrk.method = \"POST\"\nwrk.body = [==[{body}]==]\nwrk.headers[\"content-type\"] = \"application/json\"\n"
        );
        for (name, value) in headers {
            script.push_str(&format!("wrk.headers[\"{name}\"] = \"{value}\"\n"));
        }
        Self {
            url: format!("{base}{path}"),
            script,
        }
    }

    /// Each request gets a name of its own.
    pub(crate) fn once_each(mut self) -> Self {
        self.script.push_str(
            "math.randomseed(os.time())\nlocal run = math.random(1, 1e9)\nlocal n = 0\nrequest = function()\n  n = n + 1\n  wrk.headers[\"idempotency-key\"] = run .. \"-\" .. n\n  return wrk.format()\nend\n",
        );
        self
    }
}

/// What every script ends with: one line that is read here.
const TOLD: &str = r#"
done = function(summary, latency, requests)
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.status + summary.errors.timeout
  io.write(string.format("told %f %f %f %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, errors))
end
"#;

pub(crate) fn is_there() -> bool {
    Command::new("wrk").arg("--version").output().is_ok()
}

/// Sixty-four clients, one thread of `wrk`.
pub(crate) fn measure(request: &Request) -> Measured {
    let seconds = std::env::var("SECONDS").unwrap_or_else(|_| "5".to_owned());
    let script = std::env::temp_dir().join(format!("countersign-load-{}.lua", std::process::id()));
    std::fs::write(&script, format!("{}{TOLD}", request.script)).expect("a script");
    let output = Command::new("wrk")
        .args(["-t1", "-c64", &format!("-d{seconds}s"), "-s"])
        .arg(&script)
        .arg(&request.url)
        .output()
        .expect("wrk");
    drop(std::fs::remove_file(&script));
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix("told "));
    let line = line.unwrap_or_else(|| panic!("{text}"));
    let numbers: Vec<f64> = line
        .split(' ')
        .map(|number| number.parse().expect("a number"))
        .collect();
    Measured {
        per_second: numbers[0],
        p50: numbers[1],
        p99: numbers[2],
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count"
        )]
        errors: numbers[3] as u64,
    }
}
