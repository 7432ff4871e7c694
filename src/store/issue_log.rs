//! The issue log: a file beside the database that only grows.
//!
//! It knows every badge that was ever handed out, with its positions, and every
//! withdrawal, so that a database that was restored from an older copy can be
//! brought up to date, hands out no position again and makes no withdrawn badge
//! good (REL-09). One JSON object a line; each line
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

/// Something that was said of a position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedChange {
    /// The issuer.
    pub issuer: String,
    /// The badge.
    pub credential: String,
    /// The list.
    pub list: i64,
    /// The position.
    pub position: i64,
    /// Withdrawn or paused, or no longer so.
    pub is_set: bool,
    /// What everybody may know.
    pub reason: Option<String>,
    /// Who said it.
    pub actor: String,
    /// When.
    pub at: i64,
}

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// A badge was handed out.
    Badge(Logged),
    /// Something was said of a badge.
    Change(LoggedChange),
}

/// A line: what is logged, and what ties it to the line before.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    epoch: i64,
    previous: String,
    #[serde(flatten)]
    entry: Entry,
}

/// The open log.
#[derive(Debug)]
pub struct IssueLog {
    path: PathBuf,
    file: File,
    epoch: i64,
    /// How far it is on the disk.
    mark: Mark,
    waiting: Vec<Entry>,
}

/// Before the first line.
const BEGINNING: &str = "countersign issue log 1";

/// How far a database knows the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The length of the file, in bytes.
    pub length: u64,
    /// The digest of the last line.
    pub last: String,
}

impl Mark {
    fn beginning() -> Self {
        Self {
            length: 0,
            last: digest(BEGINNING.as_bytes()),
        }
    }

    /// Reads what [`Mark`]'s `Display` wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (length, last) = text.split_once(' ')?;
        Some(Self {
            length: length.parse().ok()?,
            last: last.to_owned(),
        })
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.length, self.last)
    }
}

impl IssueLog {
    /// Opens the log, or begins it, and returns what it holds beyond `known`. A
    /// last line that is cut short is dropped.
    ///
    /// # Errors
    /// Those of the file system; `InvalidData` if the log is shorter than is
    /// known, or lines beyond were changed or lost.
    pub fn open(path: &Path, epoch: i64, known: Option<Mark>) -> io::Result<(Self, Vec<Entry>)> {
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)?;
        let known = known.unwrap_or_else(Mark::beginning);
        if file.metadata()?.len() < known.length {
            return Err(lost("the issue log is shorter than the database knows"));
        }
        let mut beyond = Vec::new();
        let mark = walk(&mut file, known, |entry| beyond.push(entry))?;
        if file.seek(SeekFrom::End(0))? != mark.length {
            file.set_len(mark.length)?;
            file.sync_all()?;
        }
        let log = Self {
            path: path.to_owned(),
            file,
            epoch,
            mark,
            waiting: Vec::new(),
        };
        Ok((log, beyond))
    }

    /// Looks at everything that is logged at `path`, oldest first. Nothing, if
    /// there is no log.
    ///
    /// # Errors
    /// As [`IssueLog::open`].
    pub fn read(path: &Path, look: impl FnMut(Entry)) -> io::Result<()> {
        match File::open(path) {
            Ok(mut file) => walk(&mut file, Mark::beginning(), look).map(drop),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// How far it goes.
    #[must_use]
    pub const fn mark(&self) -> &Mark {
        &self.mark
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts something on the list of what the next [`IssueLog::write`] writes.
    pub(super) fn add(&mut self, entry: Entry) {
        self.waiting.push(entry);
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

    /// Writes what waits, and makes sure that it is on the disk; how far the
    /// log goes then, if anything waited.
    pub(super) fn write(&mut self) -> io::Result<Option<&Mark>> {
        if self.waiting.is_empty() {
            return Ok(None);
        }
        let mut text = Vec::new();
        let mut last = self.mark.last.clone();
        for entry in self.waiting.drain(..) {
            let line = Line {
                epoch: self.epoch,
                previous: last,
                entry,
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
            self.file.set_len(self.mark.length)?;
            return Err(error);
        }
        self.mark.length += u64::try_from(text.len()).unwrap_or_default();
        self.mark.last = last;
        Ok(Some(&self.mark))
    }
}

fn digest(line: &[u8]) -> String {
    hex(&Sha256::digest(line))
}

fn lost(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Looks at every whole line behind a mark; returns where the last one ends.
fn walk(file: &mut File, from: Mark, mut look: impl FnMut(Entry)) -> io::Result<Mark> {
    file.seek(SeekFrom::Start(from.length))?;
    let mut reader = BufReader::new(file);
    let mut mark = from;
    let mut text = Vec::new();
    loop {
        text.clear();
        let read = reader.read_until(b'\n', &mut text)?;
        // The end, or a line that a crash cut short.
        let Some(line) = text.strip_suffix(b"\n") else {
            return Ok(mark);
        };
        let parsed: Line =
            serde_json::from_slice(line).map_err(|_| lost("a line of the issue log is damaged"))?;
        if parsed.previous != mark.last {
            return Err(lost("a line of the issue log was changed or lost"));
        }
        mark.last = digest(line);
        mark.length += u64::try_from(read).unwrap_or_default();
        look(parsed.entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testing::Folder;

    fn badge(name: &str) -> Entry {
        Entry::Badge(Logged {
            issuer: "council".to_owned(),
            credential: name.to_owned(),
            positions: vec![(1, 94_567)],
            digest: "00".to_owned(),
            row: serde_json::json!({ "id": name }),
        })
    }

    fn read(path: &Path) -> Vec<Entry> {
        let mut all = Vec::new();
        IssueLog::read(path, |badge| all.push(badge)).expect("the log");
        all
    }

    fn logged(folder: &Folder, names: &[&str]) -> PathBuf {
        let path = folder.path().join("issued.log");
        let (mut log, _) = IssueLog::open(&path, 1, None).expect("a log");
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
        assert_eq!(read(&path), [badge("a"), badge("b"), badge("c")]);
    }

    #[test]
    fn what_was_taken_back_is_not_written() {
        let folder = Folder::new();
        let path = folder.path().join("issued.log");
        let (mut log, _) = IssueLog::open(&path, 1, None).expect("a log");
        log.add(badge("kept"));
        let before = log.waiting();
        log.add(badge("taken back"));
        log.forget_from(before);
        log.write().expect("written");
        assert_eq!(read(&path), [badge("kept")]);
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
            let (mut log, _) = IssueLog::open(&path, 1, None).expect("a log");
            log.add(badge("c"));
            log.write().expect("written");
            assert_eq!(read(&path), [badge("a"), badge("c")]);
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
            assert!(IssueLog::read(&path, |_| {}).is_err());
            assert!(IssueLog::open(&path, 1, None).is_err());
        }
    }

    #[test]
    fn what_is_beyond_the_mark_is_told_and_a_shorter_log_is_refused() {
        let folder = Folder::new();
        let path = logged(&folder, &["a"]);
        let (log, _) = IssueLog::open(&path, 1, None).expect("a log");
        let mark = Mark::parse(&log.mark().to_string()).expect("a mark");
        assert_eq!(&mark, log.mark());
        logged(&folder, &["b", "c"]);
        let (_, beyond) = IssueLog::open(&path, 1, Some(mark)).expect("a log");
        assert_eq!(beyond, [badge("b"), badge("c")]);
        let (log, _) = IssueLog::open(&path, 1, None).expect("a log");
        let ahead = log.mark().clone();
        std::fs::write(&path, "").expect("lost");
        assert!(IssueLog::open(&path, 1, Some(ahead)).is_err());
    }
}
