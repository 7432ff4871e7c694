//! Makes a back-up.

use super::{Error, FORMAT, Header, PART, TENANT, at, unpack};
use crate::clock::Moment;
use crate::keys::base64url;
use crate::keys::vault::{DataKey, MasterKey, Part};
use crate::store::backup::{self, Counts};
use crate::store::{audit, facts};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// Backs up the database at `database` to `to`, opens what was written, and
/// compares.
///
/// # Errors
/// [`Error`]; there is no file at `to` then.
pub fn write(database: &Path, to: &Path, master: &MasterKey, now: Moment) -> Result<Header, Error> {
    let copy = Temporary(with_ending(to, "copy"));
    backup::copy(database, &copy.0)?;
    let header = seal(&copy.0, to, master, now);
    let checked = header.and_then(|header| {
        let again = Temporary(with_ending(to, "check"));
        let unpacked = unpack(to, &again.0, master)?;
        if unpacked.header == header {
            Ok(header)
        } else {
            Err(Error::Damaged("it is not what was written"))
        }
    });
    if checked.is_err() {
        drop(fs::remove_file(to));
    }
    checked
}

/// A file that goes when it is no longer needed.
pub(super) struct Temporary(pub(super) PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.0));
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn seal(copy: &Path, to: &Path, master: &MasterKey, now: Moment) -> Result<Header, Error> {
    let mut chance = rand::rng();
    let key = DataKey::generate(&mut chance);
    let header = header(copy, master, &key, now)?;
    let out = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(to)
        .map_err(at(to))?;
    let mut out = BufWriter::new(out);
    let first = serde_json::to_string(&header).map_err(|_| Error::Damaged("its first line"))?;
    writeln!(out, "{first}").map_err(at(to))?;
    let mut file = File::open(copy).map_err(at(copy))?;
    let mut left = file.metadata().map_err(at(copy))?.len();
    let mut index = 0;
    loop {
        let bytes = next(&mut file).map_err(at(copy))?;
        left -= u64::try_from(bytes.len()).unwrap_or_default();
        let is_last = left == 0;
        let sealed = key.seal_part(&bytes, Part { index, is_last }, &mut chance)?;
        let length = u32::try_from(sealed.len()).unwrap_or(u32::MAX);
        out.write_all(&length.to_be_bytes())
            .and_then(|()| out.write_all(&sealed))
            .map_err(at(to))?;
        if is_last {
            break;
        }
        index += 1;
    }
    let file = out
        .into_inner()
        .map_err(|error| at(to)(error.into_error()))?;
    file.sync_all().map_err(at(to))?;
    Ok(header)
}

fn next(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(PART);
    file.take(PART as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn header(copy: &Path, master: &MasterKey, key: &DataKey, now: Moment) -> Result<Header, Error> {
    let mut conn = backup::peek(copy)?;
    let counts: Counts = backup::look_over(&mut conn)?;
    let (_, audit_head) = audit::head(&mut conn)?;
    Ok(Header {
        format: FORMAT.to_owned(),
        created_at: now.to_rfc3339(),
        epoch: facts::epoch(&mut conn)?,
        counts,
        audit_head,
        key: base64url::encode(&master.wrap(key, TENANT, &mut rand::rng())?),
    })
}
