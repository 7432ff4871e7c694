//! Checking a badge: the forms, and the page with the answer.
//!
//! **Promises.** A link to another host is never followed because of a GET: the
//! page shows where it leads, and a button asks (SEC-69). Nothing that is
//! handed in is kept. The person somebody asks about stands in no address and
//! on no page.

mod answers;
mod facts;
mod forms;
mod handed_in;
pub(super) mod own;
mod result;
mod technical;
mod typed;
mod verdict;

pub use answers::Answer;
pub use facts::{Facts, Giver, Picture};
pub use forms::{ElsewherePage, FilePage, LinkPage, TextPage};
pub(super) use forms::{ask, checked, file, follow, not_found, text};
pub(super) use handed_in::{file_sent, text_sent};
pub use own::{Design, Method, Own};
pub(super) use result::{Carried, answer, silent};
pub use result::{ResultPage, Several};
pub use technical::Technical;
pub(super) use typed::share_at;
pub use verdict::{Tone, Verdict};
