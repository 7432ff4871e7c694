//! Opens a back-up and looks at what is inside.

use super::{Error, FORMAT, Header, PART, TENANT, at};
use crate::keys::base64url;
use crate::keys::vault::{DataKey, MasterKey, Part};
use crate::store::audit;
use crate::store::backup;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// More than any sealed part has.
const LONGEST: usize = PART + 1024;

/// A back-up whose database was written out and found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// What it says of itself.
    pub header: Header,
    /// How many entries of the audit were followed.
    pub audit_entries: i64,
}

/// Writes the database of a back-up to `to`, which must not be there, and reads
/// it whole: pages, references, counts, audit.
///
/// # Errors
/// [`Error`]; what was written so far stays for the caller to remove.
pub fn unpack(from: &Path, to: &Path, master: &MasterKey) -> Result<Unpacked, Error> {
    let mut file = BufReader::new(File::open(from).map_err(at(from))?);
    let header = header(&mut file, from)?;
    let wrapped = base64url::decode(&header.key).ok_or(Error::Damaged("its first line"))?;
    let key = master.open(&wrapped, TENANT)?;
    let out = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(to)
        .map_err(at(to))?;
    parts(&mut file, BufWriter::new(out), (from, to), &key)?;
    let mut conn = backup::peek(to)?;
    if backup::look_over(&mut conn)? != header.counts {
        return Err(Error::Damaged("rows are missing"));
    }
    let checkpoints = audit::checkpoints(&mut conn)?;
    let audit_entries = audit::verify(&mut conn, &checkpoints)?.map_err(Error::Audit)?;
    Ok(Unpacked {
        header,
        audit_entries,
    })
}

fn header(file: &mut BufReader<File>, from: &Path) -> Result<Header, Error> {
    const LONGEST_LINE: u64 = 64 * 1024;
    let mut line = Vec::new();
    file.take(LONGEST_LINE)
        .read_until(b'\n', &mut line)
        .map_err(at(from))?;
    let header: Header = serde_json::from_slice(&line)
        .map_err(|_| Error::Damaged("it does not begin as a back-up does"))?;
    if header.format == FORMAT {
        Ok(header)
    } else {
        Err(Error::Damaged("it is of another version"))
    }
}

fn parts(
    file: &mut BufReader<File>,
    mut out: BufWriter<File>,
    (from, to): (&Path, &Path),
    key: &DataKey,
) -> Result<(), Error> {
    let mut index = 0;
    let mut sealed = sealed(file, from)?.ok_or(Error::Damaged("it is cut off"))?;
    loop {
        let following = self::sealed(file, from)?;
        let is_last = following.is_none();
        let bytes = key.open_part(&sealed, Part { index, is_last })?;
        out.write_all(&bytes).map_err(at(to))?;
        let Some(following) = following else { break };
        sealed = following;
        index += 1;
    }
    let out = out
        .into_inner()
        .map_err(|error| at(to)(error.into_error()))?;
    out.sync_all().map_err(at(to))
}

/// The next part; nothing at the end of the file.
fn sealed(file: &mut BufReader<File>, from: &Path) -> Result<Option<Vec<u8>>, Error> {
    const CUT_OFF: Error = Error::Damaged("it is cut off");
    if file.fill_buf().map_err(at(from))?.is_empty() {
        return Ok(None);
    }
    let mut length = [0; 4];
    file.read_exact(&mut length).map_err(|_| CUT_OFF)?;
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > LONGEST {
        return Err(Error::Damaged("a part is too long"));
    }
    let mut sealed = vec![0; length];
    file.read_exact(&mut sealed).map_err(|_| CUT_OFF)?;
    Ok(Some(sealed))
}
