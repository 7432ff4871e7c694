//! The list of what is left out, with reasons.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

pub struct Skips {
    reasons: BTreeMap<String, String>,
    used: RefCell<BTreeSet<String>>,
}

impl Skips {
    pub fn of(suite: &str) -> Self {
        let all: BTreeMap<String, BTreeMap<String, String>> =
            toml::from_str(include_str!("skip.toml")).expect("skip.toml is TOML");
        Self {
            reasons: all.get(suite).cloned().unwrap_or_default(),
            used: RefCell::default(),
        }
    }

    /// Whether `case` is on the list.
    pub fn has(&self, case: &str) -> bool {
        let listed = self.reasons.contains_key(case);
        if listed {
            self.used.borrow_mut().insert(case.to_owned());
        }
        listed
    }

    /// Fails if a listed case did not need to be skipped or does not exist.
    pub fn assert_all_used(&self) {
        let used = self.used.borrow();
        let unused: Vec<_> = self
            .reasons
            .keys()
            .filter(|case| !used.contains(*case))
            .collect();
        assert!(unused.is_empty(), "skips that are not needed: {unused:?}");
    }
}
