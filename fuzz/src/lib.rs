//! What several fuzz targets share. Nothing here is part of the product.

pub mod oracle;
pub mod sealed;
pub mod statements;
pub mod tree;
