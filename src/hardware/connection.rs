//! One session with a token, logged in, and the keys it has found.

use super::{Error, KeyName};
use cryptoki::object::{Attribute, ObjectClass, ObjectHandle};
use cryptoki::session::Session;
use std::collections::HashMap;

/// A session. Handles of keys are kept with it, because both end together.
pub(super) struct Connection {
    session: Session,
    found: HashMap<(Role, KeyName), ObjectHandle>,
}

/// What kind of object a key is looked for as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// What signs.
    Private,
    /// What a signature is checked with.
    Public,
    /// What wraps a master key.
    Wrapping,
}

impl Role {
    const fn class(self) -> ObjectClass {
        match self {
            Self::Private => ObjectClass::PRIVATE_KEY,
            Self::Public => ObjectClass::PUBLIC_KEY,
            Self::Wrapping => ObjectClass::SECRET_KEY,
        }
    }
}

impl Connection {
    pub(super) fn new(session: Session) -> Self {
        Self {
            session,
            found: HashMap::new(),
        }
    }

    pub(super) const fn session(&self) -> &Session {
        &self.session
    }

    /// The one key of that name.
    pub(super) fn find(&mut self, role: Role, name: &KeyName) -> Result<ObjectHandle, Error> {
        let key = (role, name.clone());
        if let Some(handle) = self.found.get(&key) {
            return Ok(*handle);
        }
        let all = self.search(role, name)?;
        let [handle] = all.as_slice() else {
            let name = name.to_string();
            return Err(if all.is_empty() {
                Error::NoKey { name }
            } else {
                Error::Ambiguous { name }
            });
        };
        self.found.insert(key, *handle);
        Ok(*handle)
    }

    /// Refuses a name that is taken: two keys of one name can't be told apart.
    pub(super) fn refuse_taken(&self, name: &KeyName) -> Result<(), Error> {
        for role in [Role::Private, Role::Public, Role::Wrapping] {
            if !self.search(role, name)?.is_empty() {
                let name = name.to_string();
                return Err(Error::KeyExists { name });
            }
        }
        Ok(())
    }

    fn search(&self, role: Role, name: &KeyName) -> Result<Vec<ObjectHandle>, Error> {
        let template = [
            Attribute::Token(true),
            Attribute::Class(role.class()),
            match name {
                KeyName::Label(label) => Attribute::Label(label.clone().into_bytes()),
                KeyName::Id(id) => Attribute::Id(id.clone()),
            },
        ];
        Ok(self.session.find_objects(&template)?)
    }
}
