//! Where the demo keeps its data: a folder that was named, or one that goes
//! when the demo ends.

use crate::cli::failure::Failure;
use crate::text::random_id;
use std::path::{Path, PathBuf};

/// The folder.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    is_ours: bool,
}

impl Folder {
    /// Takes the folder that was named, or makes one.
    pub(super) fn take(named: Option<&Path>) -> Result<Self, Failure> {
        let path = match named {
            Some(path) => path.to_owned(),
            None => {
                let name = format!("countersign-demo-{}", random_id(&mut rand::rng()));
                std::env::temp_dir().join(name)
            }
        };
        std::fs::create_dir_all(&path).map_err(|error| Failure::unwritable(&path, error))?;
        Ok(Self {
            path,
            is_ours: named.is_none(),
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it goes when the demo ends.
    pub(super) const fn goes(&self) -> bool {
        self.is_ours
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.is_ours {
            // A folder for temporary files is emptied anyway, later.
            drop(std::fs::remove_dir_all(&self.path));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_folder_that_nobody_named_goes() {
        let ours = Folder::take(None).expect("a folder");
        let path = ours.path().to_owned();
        assert!(path.is_dir() && ours.goes());
        drop(Folder::take(Some(&path)).expect("the same folder"));
        assert!(path.is_dir());
        drop(ours);
        assert!(!path.exists());
    }
}
