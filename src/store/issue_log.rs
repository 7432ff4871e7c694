//! The issue log: a file beside the database that only grows.
//!
//! It knows every badge that was ever handed out, with its positions, so that
//! a database that was restored from an older copy can be brought up to date
//! and hands out no position again (REL-09). One JSON object a line; each line
//! carries the digest of the line before, so that a cut or changed file shows.
//!
//! **Promises.** What [`IssueLog::write`] returned from is on the disk. A line
//! that a crash cut short is dropped when the log is opened.
//!
//! **Does not** hold anything of a badge that was erased: the line of an
//! erasure names it, and `compact` drops its bytes.

use crate::text::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// A badge as the log knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    /// The issuer.
    pub issuer: String,
    /// The badge.
    pub credential: String,
    /// Its positions: (list, position).
    pub positions: Vec<(i64, i64)>,
    /// SHA-256 of the signed bytes, in hexadecimal.
    pub digest: String,
    /// The row as it was stored; a restored database takes it back.
    pub row: serde_json::Value,
}

/// A line: what is logged, and what ties it to the line before.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    epoch: i64,
    previous: String,
    badge: Logged,
}

/// The open log.
#[derive(Debug)]
pub struct IssueLog {
    path: PathBuf,
    file: File,
    epoch: i64,
    /// Digest of the last line that is on the disk.
    last: String,
    /// How long the file is up to there.
    length: u64,
    waiting: Vec<Logged>,
}

/// Before the first line.
const BEGINNING: &str = "countersign issue log 1";

impl IssueLog {
    /// Opens the log, or begins it. A last line that is cut short is dropped.
    ///
    /// # Errors
    /// Those of the file system; `InvalidData` if lines were changed or lost.
    pub fn open(path: &Path, epoch: i64) -> io::Result<Self> {
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)?;
        let (last, length) = walk(&file, |_| {})?;
        if file.seek(SeekFrom::End(0))? != length {
            file.set_len(length)?;
            file.sync_all()?;
        }
        Ok(Self {
            path: path.to_owned(),
            file,
            epoch,
            last,
            length,
            waiting: Vec::new(),
        })
    }

    /// Everything that is logged at `path`, oldest first.
    ///
    /// # Errors
    /// As [`IssueLog::open`].
    pub fn read(path: &Path) -> io::Result<Vec<Logged>> {
        let mut all = Vec::new();
        match File::open(path) {
            Ok(file) => walk(&file, |line| all.push(line.badge))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(all),
            Err(error) => return Err(error),
        };
        Ok(all)
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts a badge on the list of what the next [`IssueLog::write`] writes.
    pub(super) fn add(&mut self, badge: Logged) {
        self.waiting.push(badge);
    }

    pub(super) const fn waiting(&self) -> usize {
        self.waiting.len()
    }

    pub(super) fn forget_from(&mut self, index: usize) {
        self.waiting.truncate(index);
    }

    pub(super) fn forget(&mut self) {
        self.waiting.clear();
    }

    /// Writes what waits, and makes sure that it is on the disk.
    pub(super) fn write(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let mut text = Vec::new();
        let mut last = self.last.clone();
        for badge in self.waiting.drain(..) {
            let line = Line {
                epoch: self.epoch,
                previous: last,
                badge,
            };
            let from = text.len();
            serde_json::to_writer(&mut text, &line)?;
            last = digest(text.get(from..).unwrap_or_default());
            text.push(b'\n');
        }
        let written = self
            .file
            .write_all(&text)
            .and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // Half a line would tie the next one to nothing.
            self.file.set_len(self.length)?;
            return Err(error);
        }
        self.length += u64::try_from(text.len()).unwrap_or_default();
        self.last = last;
        Ok(())
    }
}

fn digest(line: &[u8]) -> String {
    hex(&Sha256::digest(line))
}

/// Looks at every whole line; returns the digest of the last and the length up
/// to there.
fn walk(file: &File, mut look: impl FnMut(Line)) -> io::Result<(String, u64)> {
    let mut reader = BufReader::new(file);
    let (mut last, mut length) = (digest(BEGINNING.as_bytes()), 0_u64);
    let mut text = Vec::new();
    loop {
        text.clear();
        let read = reader.read_until(b'\n', &mut text)?;
        // The end, or a line that a crash cut short.
        let Some(line) = text.strip_suffix(b"\n") else {
            return Ok((last, length));
        };
        let parsed: Line = serde_json::from_slice(line)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "a line is damaged"))?;
        if parsed.previous != last {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a line was changed or lost",
            ));
        }
        last = digest(line);
        length += u64::try_from(read).unwrap_or_default();
        look(parsed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::Folder;

    fn badge(name: &str) -> Logged {
        Logged {
            issuer: "council".to_owned(),
            credential: name.to_owned(),
            positions: vec![(1, 94_567)],
            digest: "00".to_owned(),
            row: serde_json::json!({ "id": name }),
        }
    }

    fn logged(folder: &Folder, names: &[&str]) -> PathBuf {
        let path = folder.path().join("issued.log");
        let mut log = IssueLog::open(&path, 1).expect("a log");
        for name in names {
            log.add(badge(name));
        }
        log.write().expect("written");
        path
    }

    #[test]
    fn what_is_written_is_read_again_in_order() {
        let folder = Folder::new();
        let path = logged(&folder, &["a", "b"]);
        logged(&folder, &["c"]);
        let names: Vec<String> = IssueLog::read(&path)
            .expect("the log")
            .into_iter()
            .map(|badge| badge.credential)
            .collect();
        assert_eq!(names, ["a", "b", "c"]);
    }

    #[test]
    fn what_was_taken_back_is_not_written() {
        let folder = Folder::new();
        let path = folder.path().join("issued.log");
        let mut log = IssueLog::open(&path, 1).expect("a log");
        log.add(badge("kept"));
        let before = log.waiting();
        log.add(badge("taken back"));
        log.forget_from(before);
        log.write().expect("written");
        assert_eq!(IssueLog::read(&path).expect("the log"), [badge("kept")]);
    }

    #[test]
    fn a_line_that_a_crash_cut_short_is_dropped() {
        let folder = Folder::new();
        let path = logged(&folder, &["a", "b"]);
        let whole = std::fs::read(&path).expect("the file");
        let first = whole
            .iter()
            .position(|byte| *byte == b'\n')
            .expect("a line")
            + 1;
        for length in first..whole.len() {
            std::fs::write(&path, &whole[..length]).expect("cut short");
            let mut log = IssueLog::open(&path, 1).expect("a log");
            log.add(badge("c"));
            log.write().expect("written");
            assert_eq!(
                IssueLog::read(&path).expect("the log"),
                [badge("a"), badge("c")]
            );
        }
    }

    #[test]
    fn a_line_that_was_changed_or_lost_shows() {
        let folder = Folder::new();
        let path = logged(&folder, &["a", "b", "c"]);
        let whole = std::fs::read_to_string(&path).expect("the file");
        let lines: Vec<&str> = whole.lines().collect();
        for changed in [
            whole.replacen("94567", "94568", 1),
            format!("{}\n{}\n", lines[0], lines[2]),
            format!("{}\n{}\n", lines[1], lines[2]),
            format!("{}\n{}\n{}\n", lines[1], lines[0], lines[2]),
        ] {
            std::fs::write(&path, changed).expect("changed");
            assert!(IssueLog::read(&path).is_err());
            assert!(IssueLog::open(&path, 1).is_err());
        }
    }
}
