//! Background work of a node.
