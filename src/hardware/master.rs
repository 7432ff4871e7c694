//! A node's master key, sealed by a key that never leaves a token.
//!
//! **Promises.** Without the token the sealed text is worth nothing. Where the
//! token has AES-GCM, the text is also bound to the name of the key that sealed
//! it; else AES key wrap (RFC 3394) is used, which has no place for a name.
//!
//! **Does not:** keep the master key out of this process: once opened, it lies
//! in memory as any other master key does.

use super::connection::{Connection, Role};
use super::{Device, Error, KeyName};
use crate::keys::base64url;
use crate::keys::vault::MasterKey;
use cryptoki::mechanism::aead::GcmParams;
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use rand_core::CryptoRng;
use std::ffi::c_ulong;
use zeroize::{Zeroize as _, Zeroizing};

const TEXT: &str = "countersign-sealed-master-key-1:";
const NONCE_BYTES: usize = 12;
const TAG_BITS: c_ulong = 128;
const KEY_BYTES: c_ulong = 32;

/// How the token seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Gcm,
    KeyWrap,
}

impl Way {
    const ALL: [Self; 2] = [Self::Gcm, Self::KeyWrap];

    const fn name(self) -> &'static str {
        match self {
            Self::Gcm => "aes-gcm:",
            Self::KeyWrap => "aes-kw:",
        }
    }

    const fn mechanism(self) -> MechanismType {
        match self {
            Self::Gcm => MechanismType::AES_GCM,
            Self::KeyWrap => MechanismType::AES_KEY_WRAP,
        }
    }
}

impl Device {
    /// Makes the AES key that [`Self::seal_master`] seals with.
    ///
    /// # Errors
    /// [`Error::KeyExists`], [`Error::Unsupported`].
    pub fn generate_wrapping_key(&self, label: &str) -> Result<(), Error> {
        let template = [
            Attribute::Token(true),
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::Encrypt(true),
            Attribute::Decrypt(true),
            Attribute::Wrap(true),
            Attribute::Unwrap(true),
            Attribute::ValueLen(KEY_BYTES.into()),
            Attribute::Label(label.as_bytes().to_vec()),
        ];
        self.with(|connection| {
            connection.refuse_taken(&KeyName::Label(label.to_owned()))?;
            connection
                .session()
                .generate_key(&Mechanism::AesKeyGen, &template)?;
            Ok(())
        })
    }

    /// Seals a master key, as one line of text for a file.
    ///
    /// # Errors
    /// [`Error::NoKey`]; [`Error::Unsupported`] if the token can't encrypt.
    pub fn seal_master(
        &self,
        wrapping: &str,
        master: &MasterKey,
        chance: &mut dyn CryptoRng,
    ) -> Result<String, Error> {
        let mut nonce = [0; NONCE_BYTES];
        chance.fill_bytes(&mut nonce);
        let way = self.way()?;
        let name = KeyName::Label(wrapping.to_owned());
        let sealed = self.with(|connection| {
            let key = connection.find(Role::Wrapping, &name)?;
            match way {
                Way::Gcm => encrypt(connection, key, (nonce, wrapping), master),
                Way::KeyWrap => wrap(connection, key, master),
            }
        })?;
        Ok(format!(
            "{TEXT}{}{}",
            way.name(),
            base64url::encode(&sealed)
        ))
    }

    /// Opens what [`Self::seal_master`] sealed with the same key.
    ///
    /// # Errors
    /// [`Error::SealedText`] if it is none, [`Error::SealedElsewhere`] if
    /// another key sealed it or it was changed, [`Error::NoKey`].
    pub fn open_master(&self, wrapping: &str, sealed: &str) -> Result<MasterKey, Error> {
        let (way, sealed) = parse(sealed).ok_or(Error::SealedText)?;
        let name = KeyName::Label(wrapping.to_owned());
        let secret = self.with(|connection| {
            let key = connection.find(Role::Wrapping, &name)?;
            match way {
                Way::Gcm => decrypt(connection, key, wrapping, &sealed),
                Way::KeyWrap => unwrap(connection, key, &sealed),
            }
        })?;
        MasterKey::from_bytes(&secret).map_err(|_| Error::SealedElsewhere)
    }

    fn way(&self) -> Result<Way, Error> {
        for way in Way::ALL {
            if self.knows(&[way.mechanism()])? {
                return Ok(way);
            }
        }
        Err(Error::Unsupported {
            what: "AES-GCM and AES key wrap",
        })
    }
}

fn parse(text: &str) -> Option<(Way, Vec<u8>)> {
    let rest = text.trim().strip_prefix(TEXT)?;
    Way::ALL.into_iter().find_map(|way| {
        let digits = rest.strip_prefix(way.name())?;
        Some((way, base64url::decode(digits)?))
    })
}

/// What an encryption is bound to.
fn bound(wrapping: &str) -> Vec<u8> {
    format!("{TEXT}{wrapping}").into_bytes()
}

fn encrypt(
    connection: &Connection,
    key: ObjectHandle,
    (mut nonce, wrapping): ([u8; NONCE_BYTES], &str),
    master: &MasterKey,
) -> Result<Vec<u8>, Error> {
    let bound = bound(wrapping);
    let params = GcmParams::new(&mut nonce, &bound, TAG_BITS.into())?;
    let session = connection.session();
    let inside = session.encrypt(&Mechanism::AesGcm(params), key, master.expose())?;
    // Some devices put a nonce of their own in its place.
    Ok([&nonce[..], &inside].concat())
}

fn decrypt(
    connection: &Connection,
    key: ObjectHandle,
    wrapping: &str,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let (nonce, inside) = sealed
        .split_first_chunk::<NONCE_BYTES>()
        .ok_or(Error::SealedText)?;
    let (mut nonce, bound) = (*nonce, bound(wrapping));
    let params = GcmParams::new(&mut nonce, &bound, TAG_BITS.into())?;
    let opened = connection
        .session()
        .decrypt(&Mechanism::AesGcm(params), key, inside);
    opened.map(Zeroizing::new).map_err(not_opened)
}

/// Key wrap takes objects only, so the master key becomes one for a moment. It
/// ends with the session at the latest.
fn wrap(connection: &Connection, key: ObjectHandle, master: &MasterKey) -> Result<Vec<u8>, Error> {
    let mut template = passing_key();
    template.push(Attribute::Value(master.expose().to_vec()));
    let session = connection.session();
    let passing = session.create_object(&template);
    if let Some(Attribute::Value(secret)) = template.last_mut() {
        secret.zeroize();
    }
    let passing = passing?;
    let wrapped = session.wrap_key(&Mechanism::AesKeyWrap, key, passing);
    session.destroy_object(passing)?;
    Ok(wrapped?)
}

fn unwrap(
    connection: &Connection,
    key: ObjectHandle,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let session = connection.session();
    let passing = session
        .unwrap_key(&Mechanism::AesKeyWrap, key, sealed, &passing_key())
        .map_err(not_opened)?;
    let values = session.get_attributes(passing, &[AttributeType::Value]);
    session.destroy_object(passing)?;
    match values?.pop() {
        Some(Attribute::Value(secret)) => Ok(Zeroizing::new(secret)),
        _ => Err(Error::SealedElsewhere),
    }
}

/// A secret of this session only, which may be read out again.
fn passing_key() -> Vec<Attribute> {
    vec![
        Attribute::Class(ObjectClass::SECRET_KEY),
        Attribute::KeyType(KeyType::GENERIC_SECRET),
        Attribute::Token(false),
        Attribute::Private(true),
        Attribute::Sensitive(false),
        Attribute::Extractable(true),
    ]
}

/// A device that is away is another matter than one that says no.
fn not_opened(error: cryptoki::error::Error) -> Error {
    match Error::from(error) {
        Error::Failed { .. } => Error::SealedElsewhere,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_master_key_has_one_form() {
        let text = "countersign-sealed-master-key-1:aes-gcm:AAAA";
        assert_eq!(parse(text), Some((Way::Gcm, vec![0; 3])));
        assert_eq!(parse(&format!("{text}\n")), parse(text));
        assert_eq!(
            parse(&text.replace("gcm", "kw")),
            Some((Way::KeyWrap, vec![0; 3]))
        );
        for (from, to) in [
            ("-1:", "-2:"),
            ("gcm", "cbc"),
            ("gcm:", "gcm"),
            ("AAAA", "AAA="),
            ("AAAA", "AA AA"),
            ("sealed-", ""),
        ] {
            assert_eq!(parse(&text.replace(from, to)), None, "{to}");
        }
    }
}
