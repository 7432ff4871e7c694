//! Pages, made on the server, for people with browsers.
//!
//! **Promises.** Pages run no scripts, set no cookies and load nothing from
//! elsewhere. Every text of a stranger is escaped. An answer to a person is kept
//! by nobody. The engine behind a page is the one behind the API.
//!
//! At the addresses of badges, badge designs and organisations there is JSON as
//! well; pages are for those who ask for HTML.

pub mod about;
pub mod achievement;
mod assets;
pub mod badge;
pub mod check;
pub mod developers;
pub mod frame;
pub mod home;
pub mod issuer;
mod mount;
pub mod problem;
pub mod prose;
mod samples;
pub mod shown;

pub use mount::mount;
pub use samples::samples;
