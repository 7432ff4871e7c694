//! The JSON API, and what others fetch from a node.
