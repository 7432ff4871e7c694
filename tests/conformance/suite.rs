//! Where the suites lie, and how their files are read.

use std::path::{Path, PathBuf};

/// The folder `name` of the shared data, or `None` with a printed line.
///
/// The data lies in `../shared`, or where `COUNTERSIGN_SHARED` says.
pub fn folder(name: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("COUNTERSIGN_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = shared.join(name);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {name} is not here");
    None
}

pub fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names of the files in `folder` that end in `ending`, in order.
pub fn names(folder: &Path, ending: &str) -> Vec<String> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name())
        .filter_map(|name| name.into_string().ok())
        .filter(|name| name.ends_with(ending) && folder.join(name).is_file())
        .collect();
    names.sort();
    names
}

/// Bytes that are published as hexadecimal digits, blanks between or not.
pub fn unhex(digits: &str) -> Vec<u8> {
    let digits: Vec<u32> = digits
        .chars()
        .filter(|digit| !digit.is_whitespace())
        .map(|digit| digit.to_digit(16).expect("a hexadecimal digit"))
        .collect();
    digits
        .chunks_exact(2)
        .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).expect("a byte"))
        .collect()
}
