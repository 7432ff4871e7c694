//! The database of a node.
