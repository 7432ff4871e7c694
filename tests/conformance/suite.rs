//! Where the suites lie.

use std::path::PathBuf;

/// The folder `name` of the shared vectors, or `None` with a printed line.
pub fn folder(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(name);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {name} is not here");
    None
}

pub fn text(path: &std::path::Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
