//! The master key for commands that do not open the whole node.

use super::master::{self, MasterError};
use crate::config::Config;
use crate::keys::vault::{MasterKey, Recipe};
use crate::store::{Error, backup, facts};

/// What opens the sealed things of a node.
#[derive(Debug)]
pub struct Keys {
    /// The master key.
    pub master: MasterKey,
}

/// The master key of the database of these settings, beside a node that runs.
///
/// # Errors
/// [`MasterError`].
pub fn keys(config: &Config) -> Result<Keys, MasterError> {
    let mut conn = backup::peek(&config.database.file)?;
    let known = facts::get(&mut conn, master::CHECK)?
        .ok_or(Error::Damaged("the database has no master key"))?;
    let found = master::Found {
        recipe: facts::get(&mut conn, master::RECIPE)?,
        sealed: facts::get(&mut conn, master::SEALED)?,
    };
    let key = master::known(&config.keys.master, &found)?;
    key.check(&known)?;
    Ok(Keys { master: key })
}

/// The master key where there is no database yet: from a file, since a
/// passphrase or a device needs what only the database knows.
///
/// # Errors
/// [`MasterError`].
pub fn keys_for_restoring(config: &Config) -> Result<Keys, MasterError> {
    let nothing = master::Found {
        recipe: None,
        sealed: None,
    };
    let master = master::known(&config.keys.master, &nothing)?;
    Ok(Keys { master })
}

/// How a passphrase becomes the key.
pub(super) fn recipe(text: Option<&str>) -> Result<Recipe, MasterError> {
    let text = text.ok_or(Error::Damaged("how the master key is made"))?;
    Ok(Recipe::parse(text)?)
}
