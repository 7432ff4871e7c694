//! What others fetch, as finished bytes in memory: keys, profiles and status
//! lists are served when the database is not there (REL-26).

use crate::text::hex;
use crate::verify::Document;
use actix_web::web::Bytes;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// How a document is served.
#[derive(Debug)]
pub struct Served {
    /// The bytes.
    pub body: Bytes,
    /// What they are.
    pub media_type: &'static str,
    /// The digest, quoted, as `ETag` wants it.
    pub etag: String,
    /// How long others may keep it, in seconds.
    pub max_age: u32,
    document: OnceLock<Arc<Document>>,
}

impl Served {
    /// Takes finished bytes.
    #[must_use]
    pub fn new(body: impl Into<Bytes>, media_type: &'static str, max_age: u32) -> Self {
        let body = body.into();
        let digest = hex(&Sha256::digest(&body));
        let short = digest.get(..32).unwrap_or_default();
        Self {
            etag: format!("\"{short}\""),
            body,
            media_type,
            max_age,
            document: OnceLock::new(),
        }
    }

    /// The document as a check reads it; what is read from it is remembered.
    pub fn document(&self) -> Arc<Document> {
        let document = || Arc::new(Document::new(self.body.to_vec(), None));
        Arc::clone(self.document.get_or_init(document))
    }
}

/// All documents, by their path on this node.
#[derive(Debug, Default)]
pub struct Published {
    documents: RwLock<HashMap<String, Arc<Served>>>,
}

impl Published {
    /// The document at a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Arc<Served>> {
        let documents = self
            .documents
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        documents.get(path).cloned()
    }

    /// Puts documents in the place of those before them.
    pub fn put(&self, all: impl IntoIterator<Item = (String, Served)>) {
        let mut documents = self
            .documents
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        documents.extend(
            all.into_iter()
                .map(|(path, served)| (path, Arc::new(served))),
        );
    }
}
