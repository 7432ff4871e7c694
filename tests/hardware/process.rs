//! The memory of a process. Each test runs itself again, because what is done
//! to a process stays.

use countersign::hardware::protect_memory;
use std::env;
use std::process::Command;

const INSIDE: &str = "COUNTERSIGN_TEST_INSIDE";

#[cfg(target_os = "linux")]
#[test]
fn a_protected_process_leaves_no_dump_and_is_not_traced() {
    use rustix::process::{DumpableBehavior, dumpable_behavior};
    let name = "process::a_protected_process_leaves_no_dump_and_is_not_traced";
    if env::var_os(INSIDE).is_none() {
        let run = Command::new(env::current_exe().expect("this program"))
            .args(["--exact", name])
            .env(INSIDE, "1")
            .output()
            .expect("this program runs");
        let said = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success() && said.contains("1 passed"), "{said}");
        return;
    }
    assert_eq!(dumpable_behavior(), Ok(DumpableBehavior::Dumpable));
    protect_memory().expect("protected");
    assert_eq!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable));
    let limits = std::fs::read_to_string("/proc/self/limits").expect("the limits");
    let core = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"))
        .expect("the limit");
    let numbers: Vec<&str> = core.split_whitespace().skip(4).collect();
    assert_eq!(numbers, ["0", "0", "bytes"], "soft and hard");
    protect_memory().expect("twice does no harm");
}
