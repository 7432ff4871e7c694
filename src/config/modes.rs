//! Files that only their owner may read (SEC-84).

use super::problem::{Origin, Problem};
use super::{Config, MasterKey};
use std::fs::Metadata;
use std::io::{Error, ErrorKind};
use std::path::Path;

/// What is wrong with the files that hold secrets: others may read them, or
/// could put another file in their place. A master key that is not there yet is
/// no problem; a passphrase or a PIN is.
#[must_use]
pub fn check_modes(config: &Config) -> Vec<Problem> {
    let may_be_missing = matches!(config.keys.master, MasterKey::File(_));
    let files = config.keys.secret_files();
    files
        .into_iter()
        .flat_map(|(setting, path)| check_file(setting, path, may_be_missing))
        .collect()
}

fn check_file(setting: &str, path: &Path, may_be_missing: bool) -> Vec<Problem> {
    let problem = |wrong: String, right: String| Problem {
        setting: setting.to_owned(),
        origin: Origin::File {
            path: path.to_owned(),
            line: None,
        },
        wrong,
        right,
    };
    // Where a link leads to is what counts.
    let found = path.canonicalize().and_then(|real| {
        let folder = real.parent().map(Path::to_owned).unwrap_or_default();
        Ok((real.metadata()?, folder.metadata()?, folder))
    });
    let (file, above, folder) = match found {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound && may_be_missing => return Vec::new(),
        Err(error) => return vec![problem(unreadable(&error), readable(path))],
    };
    let mut problems = Vec::new();
    if !file.is_file() {
        problems.push(problem("it is no file".to_owned(), readable(path)));
    } else if let Some(mode) = mode(&file).filter(|mode| mode & 0o077 != 0) {
        problems.push(problem(
            format!(
                "others than its owner may use it (mode {:04o})",
                mode & 0o7777
            ),
            format!("Run: chmod 600 '{}'", path.display()),
        ));
    }
    // Whoever may write to the folder may put another key there, except where
    // the sticky bit protects the files of others.
    let is_open = |mode: &u32| mode & 0o022 != 0 && mode & 0o1000 == 0;
    if let Some(mode) = mode(&above).filter(is_open) {
        problems.push(problem(
            format!(
                "others may write to its folder (mode {:04o})",
                mode & 0o7777
            ),
            format!("Run: chmod go-w '{}'", folder.display()),
        ));
    }
    problems
}

fn unreadable(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn readable(path: &Path) -> String {
    format!(
        "Make {} a file that the node's user may read",
        path.display()
    )
}

#[cfg(unix)]
fn mode(of: &Metadata) -> Option<u32> {
    Some(std::os::unix::fs::PermissionsExt::mode(&of.permissions()))
}

/// Elsewhere there are no modes to look at.
#[cfg(not(unix))]
fn mode(_: &Metadata) -> Option<u32> {
    None
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{Permissions, create_dir_all, remove_dir_all, set_permissions, write};
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::path::PathBuf;

    fn folder(name: &str) -> PathBuf {
        let name = format!("countersign-modes-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        drop(remove_dir_all(&folder));
        create_dir_all(&folder).expect("a folder");
        chmod(&folder, 0o700);
        folder
    }

    fn chmod(path: &Path, mode: u32) {
        set_permissions(path, Permissions::from_mode(mode)).expect("a mode");
    }

    #[test]
    fn a_file_that_others_may_use_is_refused() {
        let folder = folder("file");
        let file = folder.join("master.key");
        write(&file, "secret").expect("a file");
        for (mode, is_fine) in [
            (0o600, true),
            (0o400, true),
            (0o640, false),
            (0o604, false),
            (0o620, false),
            (0o602, false),
            (0o610, false),
            (0o644, false),
            (0o666, false),
        ] {
            chmod(&file, mode);
            let found = check_file("keys.master_key_file", &file, true);
            assert_eq!(found.is_empty(), is_fine, "{mode:o}: {found:?}");
            assert!(
                found
                    .iter()
                    .all(|problem| problem.right.contains("chmod 600"))
            );
        }
        drop(remove_dir_all(folder));
    }

    #[test]
    fn a_folder_that_others_may_write_to_is_refused_unless_sticky() {
        let folder = folder("folder");
        let file = folder.join("master.key");
        write(&file, "secret").expect("a file");
        chmod(&file, 0o600);
        for (mode, is_fine) in [
            (0o700, true),
            (0o755, true),
            (0o770, false),
            (0o757, false),
            (0o1777, true),
        ] {
            chmod(&folder, mode);
            let found = check_file("keys.master_key_file", &file, true);
            assert_eq!(found.is_empty(), is_fine, "{mode:o}: {found:?}");
        }
        drop(remove_dir_all(folder));
    }

    #[test]
    fn a_link_is_as_open_as_what_it_leads_to() {
        let folder = folder("link");
        let (file, link) = (folder.join("open"), folder.join("link"));
        write(&file, "secret").expect("a file");
        symlink(&file, &link).expect("a link");
        chmod(&file, 0o644);
        assert_eq!(check_file("keys.passphrase_file", &link, false).len(), 1);
        chmod(&file, 0o600);
        assert!(check_file("keys.passphrase_file", &link, false).is_empty());
        drop(remove_dir_all(folder));
    }

    #[test]
    fn only_a_master_key_may_be_missing_and_a_folder_is_no_key() {
        let folder = folder("missing");
        let file = folder.join("none");
        assert!(check_file("keys.master_key_file", &file, true).is_empty());
        let found = check_file("keys.passphrase_file", &file, false);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].wrong, "there is no such file");
        let found = check_file("keys.master_key_file", &folder, true);
        assert!(
            found.iter().any(|problem| problem.wrong == "it is no file"),
            "{found:?}"
        );
        drop(remove_dir_all(folder));
    }
}
