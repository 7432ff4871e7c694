//! Who may call.

mod create;
mod create_of_node;
mod end;
mod list;
