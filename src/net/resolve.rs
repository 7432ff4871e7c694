//! From a name to its addresses: once for each request.
//!
//! Nothing that connects looks a name up a second time, so a name that changes
//! its answer between the check and the connection changes nothing (SEC-05).

use crate::limits;
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::net::{IpAddr, ToSocketAddrs as _};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Who answers for names.
#[derive(Clone)]
pub struct Resolver(Kind);

#[derive(Clone)]
enum Kind {
    System(Arc<Semaphore>),
    Fixed(Arc<Mutex<Answers>>),
}

/// For each name the answers it gives, one after the other.
type Answers = HashMap<String, VecDeque<Vec<IpAddr>>>;

impl Default for Resolver {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self.0 {
            Kind::System(_) => "Resolver::system",
            Kind::Fixed(_) => "Resolver::fixed",
        })
    }
}

impl Resolver {
    /// The machine's own.
    #[must_use]
    pub fn system() -> Self {
        Self(Kind::System(Arc::new(Semaphore::new(
            limits::LOOKUPS_AT_ONCE,
        ))))
    }

    /// A list. A name with several answers gives them one after the other, and
    /// the last for ever; a name that is not listed has none.
    #[must_use]
    pub fn fixed<'n>(names: impl IntoIterator<Item = (&'n str, Vec<Vec<IpAddr>>)>) -> Self {
        let to_entry = |(name, answers): (&str, Vec<_>)| (name.to_owned(), answers.into());
        let answers = names.into_iter().map(to_entry).collect();
        Self(Kind::Fixed(Arc::new(Mutex::new(answers))))
    }

    /// The addresses of a name; none if it has none. `is_public` keeps the
    /// machine from completing the name with its own network's.
    pub(super) async fn look_up(&self, name: &str, is_public: bool) -> Vec<IpAddr> {
        match &self.0 {
            Kind::Fixed(answers) => from_list(answers, name),
            Kind::System(places) => {
                let name = if is_public {
                    format!("{name}.")
                } else {
                    name.to_owned()
                };
                from_system(Arc::clone(places), name).await
            }
        }
    }
}

fn from_list(answers: &Mutex<Answers>, name: &str) -> Vec<IpAddr> {
    let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
    match answers.get_mut(name) {
        None => Vec::new(),
        Some(left) if left.len() > 1 => left.pop_front().unwrap_or_default(),
        Some(left) => left.front().cloned().unwrap_or_default(),
    }
}

/// The place is kept until the look-up ends, also when nobody waits any more.
async fn from_system(places: Arc<Semaphore>, name: String) -> Vec<IpAddr> {
    let Ok(place) = places.acquire_owned().await else {
        return Vec::new();
    };
    let look_up = move || {
        let _place = place;
        let found = (name.as_str(), 0).to_socket_addrs();
        found.map(|found| found.map(|address| address.ip()).collect())
    };
    match tokio::task::spawn_blocking(look_up).await {
        Ok(Ok(addresses)) => addresses,
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_list_answers_in_turn_and_ends_with_its_last() {
        let (a, b): (IpAddr, IpAddr) = ([1, 1, 1, 1].into(), [127, 0, 0, 1].into());
        let list = Resolver::fixed([("a.example", vec![vec![a], vec![b]])]);
        assert_eq!(list.look_up("a.example", true).await, [a]);
        assert_eq!(list.look_up("a.example", true).await, [b]);
        assert_eq!(list.look_up("a.example", true).await, [b]);
        assert!(list.look_up("b.example", true).await.is_empty());
    }

    #[tokio::test]
    async fn the_system_knows_this_machine_and_not_what_is_no_name() {
        let system = Resolver::system();
        let found = system.look_up("localhost", false).await;
        assert!(!found.is_empty() && found.iter().all(IpAddr::is_loopback));
        assert!(system.look_up("", true).await.is_empty());
    }
}
