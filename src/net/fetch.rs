//! One document from the network: look the name up, look at the answers,
//! connect, ask, follow; each hop through all gates again.

use super::budget::Budget;
use super::connection::{BadRoot, connect, read_roots, secure, tls_config};
use super::evidence::Hop;
use super::exchange::{Question, Reply, ask};
use super::head::Head;
use super::pool::Pool;
use super::purpose::Purpose;
use super::redirect::follow;
use super::settings::Settings;
use super::target::{Reach, Target};
use super::trouble::Trouble;
use crate::verify::Unavailable;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use tokio::time::timeout;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::CertificateDer;

/// What came from the network.
#[derive(Debug)]
pub(super) enum Got {
    Document { head: Head, bytes: Vec<u8> },
    NotModified(Head),
}

/// Everything that requests share.
pub(super) struct Network {
    settings: Settings,
    roots: Vec<CertificateDer<'static>>,
    /// Made when first needed: it costs more than checking a badge.
    tls: OnceLock<Arc<ClientConfig>>,
    pool: Pool,
}

impl Network {
    pub(super) fn new(settings: Settings) -> Result<Self, BadRoot> {
        let roots: Result<Vec<_>, _> = settings
            .extra_roots
            .iter()
            .map(|pem| read_roots(pem))
            .collect();
        let network = Self {
            roots: roots?.into_iter().flatten().collect(),
            tls: OnceLock::new(),
            pool: Pool::new(settings.traffic),
            settings,
        };
        if !network.roots.is_empty() {
            network.tls()?;
        }
        Ok(network)
    }

    pub(super) const fn settings(&self) -> &Settings {
        &self.settings
    }

    fn tls(&self) -> Result<Arc<ClientConfig>, BadRoot> {
        if let Some(known) = self.tls.get() {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(tls_config(&self.roots)?);
        Ok(Arc::clone(self.tls.get_or_init(|| made)))
    }

    /// Asks, and follows redirects. The hops are told whatever the outcome.
    pub(super) async fn get(
        &self,
        target: Target,
        purpose: Purpose,
        etag: Option<&str>,
        budget: &mut Budget,
        hops: &mut Vec<Hop>,
    ) -> Result<Got, Trouble> {
        let mut asked = vec![target];
        loop {
            let Some(target) = asked.last() else {
                return Err(Trouble::ours(Unavailable::Refused, "nothing was asked"));
            };
            budget.take_fetch(target.host())?;
            let is_first = asked.len() == 1;
            // A tag belongs to the address where it was found.
            let etag = etag.filter(|_| is_first);
            let limit = purpose.limit(target.url().as_str());
            let question = Question {
                target,
                purpose,
                user_agent: &self.settings.user_agent,
                etag,
                limit: limit.min(budget.bytes()),
                times: &self.settings.times,
            };
            let reply = self.hop(&question, hops).await;
            match reply.map_err(|trouble| settle(trouble, is_first, &question, limit))? {
                Reply::NotModified(head) => return Ok(Got::NotModified(head)),
                Reply::Document { head, bytes } => {
                    budget.take_bytes(bytes.len());
                    return Ok(Got::Document { head, bytes });
                }
                Reply::Redirect(location) => {
                    let rules = &self.settings.rules;
                    let next = follow(&asked, &location, purpose.redirects(), rules).map_err(
                        |refused| Trouble::answer(Unavailable::Redirect, refused.to_string()),
                    )?;
                    asked.push(next);
                }
            }
        }
    }

    async fn hop(&self, question: &Question<'_>, hops: &mut Vec<Hop>) -> Result<Reply, Trouble> {
        hops.push(Hop {
            url: question.target.url().to_string(),
            peer: None,
        });
        let mut peer = None;
        let work = timeout(self.settings.times.hop, self.one(question, &mut peer));
        let done = self.pool.run(question.target.host(), work).await;
        if let Some(hop) = hops.last_mut() {
            hop.peer = peer;
        }
        match done {
            Err(_) => Err(Trouble::ours(Unavailable::Overloaded, "no place")),
            Ok(Err(_)) => Err(Trouble::answer(Unavailable::Timeout, "the whole request")),
            Ok(Ok(reply)) => reply,
        }
    }

    async fn one(
        &self,
        question: &Question<'_>,
        peer: &mut Option<SocketAddr>,
    ) -> Result<Reply, Trouble> {
        let vetted = self.vetted(question.target).await?;
        let times = &self.settings.times;
        let (stream, address) = connect(&vetted, times).await?;
        *peer = Some(address);
        if !question.target.is_secure() {
            return ask(stream, question).await;
        }
        let config = self
            .tls()
            .map_err(|error| Trouble::ours(Unavailable::Unreachable, error.to_string()))?;
        let stream = secure(stream, question.target, config, times).await?;
        ask(stream, question).await
    }

    /// The addresses to connect to: the name is looked up here and nowhere else.
    async fn vetted(&self, target: &Target) -> Result<Vec<SocketAddr>, Trouble> {
        let answers = match target.known_addresses() {
            Some(known) => known,
            None => {
                let is_public = target.reach() == Reach::Public;
                let look_up = self.settings.resolver.look_up(target.host(), is_public);
                timeout(self.settings.times.dns, look_up)
                    .await
                    .map_err(|_| Trouble::host(Unavailable::Timeout, "looking up the name"))?
            }
        };
        if answers.is_empty() {
            return Err(Trouble::host(
                Unavailable::Unreachable,
                "the name has no address",
            ));
        }
        target
            .vet(&answers)
            .map_err(|block| Trouble::host(Unavailable::Address, block))
    }
}

/// What went wrong after a redirect is not held against the host that was
/// redirected to: whoever redirects chose it. What was cut because this check
/// had no bytes left says nothing about the document.
fn settle(trouble: Trouble, is_first: bool, question: &Question<'_>, limit: usize) -> Trouble {
    let Trouble { why, detail, .. } = trouble;
    if why == Unavailable::TooLarge && question.limit < limit {
        return Trouble::ours(Unavailable::Budget, "bytes");
    }
    match trouble.whose {
        super::trouble::Whose::Hosts if !is_first => Trouble::answer(why, detail),
        whose => Trouble { why, whose, detail },
    }
}
