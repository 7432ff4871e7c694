//! What one verification may use of the network, however its documents ask for
//! one another (L-10).

use super::settings::Allowance;
use super::trouble::Trouble;
use crate::verify::Unavailable;
use tokio::time::Instant;

/// What is left for one verification.
#[derive(Debug)]
pub struct Budget {
    fetches: usize,
    bytes: usize,
    most_hosts: usize,
    hosts: Vec<String>,
    until: Instant,
}

impl Budget {
    /// All of it, from now on.
    #[must_use]
    pub fn new(allowance: &Allowance) -> Self {
        let now = Instant::now();
        Self {
            fetches: allowance.fetches,
            bytes: allowance.bytes,
            most_hosts: allowance.hosts,
            hosts: Vec::new(),
            until: now.checked_add(allowance.time).unwrap_or(now),
        }
    }

    /// When it ends, whatever is left.
    pub(super) const fn until(&self) -> Instant {
        self.until
    }

    /// Bytes that may still come.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes one request to a host.
    pub(super) fn take_fetch(&mut self, host: &str) -> Result<(), Trouble> {
        let over = |what| Trouble::ours(Unavailable::Budget, what);
        self.fetches = self.fetches.checked_sub(1).ok_or_else(|| over("fetches"))?;
        if !self.hosts.iter().any(|known| known == host) {
            if self.hosts.len() >= self.most_hosts {
                return Err(over("hosts"));
            }
            self.hosts.push(host.to_owned());
        }
        Ok(())
    }

    /// Takes the bytes of an answer.
    pub(super) const fn take_bytes(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_sub(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn budget(fetches: usize, hosts: usize) -> Budget {
        Budget::new(&Allowance {
            fetches,
            hosts,
            bytes: 10,
            time: Duration::from_secs(1),
        })
    }

    #[test]
    fn requests_and_hosts_and_bytes_have_an_end() {
        let mut few = budget(2, 9);
        assert!(few.take_fetch("a").is_ok());
        assert!(few.take_fetch("a").is_ok());
        let over = few.take_fetch("a").map_err(|trouble| trouble.why);
        assert_eq!(over, Err(Unavailable::Budget));

        let mut narrow = budget(9, 2);
        assert!(narrow.take_fetch("a").is_ok());
        assert!(narrow.take_fetch("b").is_ok());
        assert!(narrow.take_fetch("a").is_ok());
        assert!(narrow.take_fetch("c").is_err());

        narrow.take_bytes(7);
        assert_eq!(narrow.bytes(), 3);
        narrow.take_bytes(7);
        assert_eq!(narrow.bytes(), 0);
    }
}
