//! Answers a verification from a folder.
//!
//! A document at `https://host:port/path?query` lies at
//! `DIR/host%3Aport/path%3Fquery`, else with `.json` behind it, else at
//! `…/index.json`. A path never leads out of the folder.

use super::failure::Failure;
use super::files;
use crate::limits;
use crate::verify::{Answer, Document, Policy, Report, Step, Unavailable, Verification, Wanted};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder of saved documents, or none: then every document is unavailable.
#[derive(Debug, Default)]
pub(super) struct Documents {
    folder: Option<PathBuf>,
    read: HashMap<Wanted, Answer>,
}

impl Documents {
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            read: HashMap::new(),
        }
    }

    /// Checks one input to the end.
    pub(super) fn check(
        &mut self,
        bytes: &[u8],
        now: crate::clock::Moment,
        policy: Policy,
    ) -> Report {
        let mut verification = Verification::new(bytes, now, policy);
        loop {
            match verification.step() {
                Step::Done(report) => return *report,
                Step::Ask(wanted) => {
                    let answer = self.answer(&wanted);
                    verification.answer(wanted, answer);
                }
            }
        }
    }

    /// The badge that the folder holds for an address.
    pub(super) fn badge(&self, url: &str) -> Result<Vec<u8>, Failure> {
        let folder = self.folder.as_deref();
        let path = folder.and_then(|folder| path_of(folder, url));
        let file = path.and_then(|path| candidates(&path).into_iter().find(|path| path.is_file()));
        match file {
            Some(file) => files::read(&file, limits::IMAGE_BYTES),
            None => Err(Failure::unreadable(
                url.as_ref(),
                "the folder of documents does not have it",
            )),
        }
    }

    /// What the folder holds; read once for all inputs of a call.
    fn answer(&mut self, wanted: &Wanted) -> Answer {
        if let Some(known) = self.read.get(wanted) {
            return known.clone();
        }
        let answer = self.look_up(wanted);
        self.read.insert(wanted.clone(), answer.clone());
        answer
    }

    fn look_up(&self, wanted: &Wanted) -> Answer {
        let Some(folder) = &self.folder else {
            return Answer::Unavailable(Unavailable::Offline);
        };
        let Some(path) = path_of(folder, &wanted.url) else {
            return Answer::Unavailable(Unavailable::Address);
        };
        let file = candidates(&path).into_iter().find(|path| path.is_file());
        match file {
            None => Answer::Unavailable(Unavailable::Offline),
            Some(file) => read(&file, wanted.limit()),
        }
    }
}

fn read(file: &Path, limit: usize) -> Answer {
    let length = fs::metadata(file).map_or(u64::MAX, |metadata| metadata.len());
    if usize::try_from(length).map_or(true, |length| length > limit) {
        return Answer::Unavailable(Unavailable::TooLarge);
    }
    match fs::read(file) {
        Ok(bytes) => Answer::Document(Arc::new(Document::new(bytes, None))),
        Err(_) => Answer::Unavailable(Unavailable::Unreachable),
    }
}

fn path_of(folder: &Path, url: &str) -> Option<PathBuf> {
    let url = url::Url::parse(url).ok()?;
    let host = url.host_str()?;
    let host = match url.port() {
        Some(port) => format!("{host}%3A{port}"),
        None => host.to_owned(),
    };
    let mut path = folder.join(host);
    for segment in url.path_segments()? {
        if segment == ".." || segment.contains(['\\', '\0']) {
            return None;
        }
        if !segment.is_empty() {
            path.push(segment);
        }
    }
    if let Some(query) = url.query() {
        let mut name = path.file_name()?.to_os_string();
        name.push(format!("%3F{}", query.replace('/', "%2F")));
        path.set_file_name(name);
    }
    Some(path)
}

fn candidates(path: &Path) -> [PathBuf; 3] {
    let mut with_ending = path.as_os_str().to_os_string();
    with_ending.push(".json");
    [
        path.to_path_buf(),
        PathBuf::from(with_ending),
        path.join("index.json"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_become_paths_within_the_folder() {
        let folder = Path::new("saved");
        for (url, path) in [
            (
                "https://a.example/.well-known/did.json",
                "saved/a.example/.well-known/did.json",
            ),
            (
                "https://a.example:8443/x/did.json",
                "saved/a.example%3A8443/x/did.json",
            ),
            (
                "http://localhost:8080/status/1",
                "saved/localhost%3A8080/status/1",
            ),
            (
                "https://a.example/badge.php?b=1&v=2",
                "saved/a.example/badge.php%3Fb=1&v=2",
            ),
            (
                "https://a.example/x?next=/etc/passwd",
                "saved/a.example/x%3Fnext=%2Fetc%2Fpasswd",
            ),
            (
                "https://a.example/../../etc/passwd",
                "saved/a.example/etc/passwd",
            ),
            ("https://a.example/%2e%2e/x", "saved/a.example/x"),
            ("https://a.example", "saved/a.example"),
        ] {
            assert_eq!(path_of(folder, url), Some(PathBuf::from(path)), "{url}");
        }
        assert_eq!(path_of(folder, "data:,x"), None);
        assert_eq!(path_of(folder, "not a url"), None);
    }
}
