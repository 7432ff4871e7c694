//! How many requests run at once (L-20).
//!
//! Half of the places are for requests that are quick. One that is not moves to
//! the other half; if that is full and others wait, it is cut. So peers that
//! hang, however many, delay a healthy one by little (SEC-09).

use super::settings::Traffic;
use std::collections::HashMap;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How often one that is no longer quick looks whether it may stay.
const LOOK_AGAIN: Duration = Duration::from_millis(25);

/// Hosts with nothing running are forgotten when so many are known.
const KNOWN_HOSTS: usize = 1_024;

/// There was no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Full;

/// The places.
pub(super) struct Pool {
    quick: Arc<Semaphore>,
    slow: Arc<Semaphore>,
    hosts: Mutex<HashMap<String, Weak<Lane>>>,
    queued: AtomicUsize,
    wanting: AtomicUsize,
    traffic: Traffic,
}

/// The places of one host.
struct Lane {
    places: Arc<Semaphore>,
    queued: AtomicUsize,
}

/// Counts whoever waits, also if they stop waiting.
struct Waiting<'c>(&'c AtomicUsize);

impl<'c> Waiting<'c> {
    fn enter(count: &'c AtomicUsize, most: usize) -> Result<Self, Full> {
        let waiting = Self(count);
        if count.fetch_add(1, Ordering::Relaxed) >= most {
            return Err(Full);
        }
        Ok(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Pool {
    pub(super) fn new(traffic: Traffic) -> Self {
        let slow = traffic.at_once / 2;
        Self {
            quick: Arc::new(Semaphore::new(traffic.at_once - slow)),
            slow: Arc::new(Semaphore::new(slow)),
            hosts: Mutex::default(),
            queued: AtomicUsize::new(0),
            wanting: AtomicUsize::new(0),
            traffic,
        }
    }

    /// Runs `work` when there is a place for it.
    pub(super) async fn run<T>(
        &self,
        host: &str,
        work: impl Future<Output = T>,
    ) -> Result<T, Full> {
        let lane = self.lane(host);
        let _of_host = self.place_of_host(&lane).await?;
        let place = self.place().await?;
        let mut work = pin!(work);
        if let Ok(done) = timeout(self.traffic.quick, &mut work).await {
            return Ok(done);
        }
        loop {
            if let Ok(_slow) = Arc::clone(&self.slow).try_acquire_owned() {
                drop(place);
                return Ok(work.await);
            }
            if self.wanting.load(Ordering::Relaxed) > 0 {
                return Err(Full);
            }
            if let Ok(done) = timeout(LOOK_AGAIN, &mut work).await {
                return Ok(done);
            }
        }
    }

    fn lane(&self, host: &str) -> Arc<Lane> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = hosts.get(host).and_then(Weak::upgrade) {
            return lane;
        }
        if hosts.len() >= KNOWN_HOSTS {
            hosts.retain(|_, lane| lane.strong_count() > 0);
        }
        let lane = Arc::new(Lane {
            places: Arc::new(Semaphore::new(self.traffic.per_host)),
            queued: AtomicUsize::new(0),
        });
        hosts.insert(host.to_owned(), Arc::downgrade(&lane));
        lane
    }

    async fn place_of_host(&self, lane: &Lane) -> Result<OwnedSemaphorePermit, Full> {
        if let Ok(place) = Arc::clone(&lane.places).try_acquire_owned() {
            return Ok(place);
        }
        let _of_host = Waiting::enter(&lane.queued, self.traffic.waiting_per_host)?;
        let _of_all = Waiting::enter(&self.queued, self.traffic.waiting)?;
        Arc::clone(&lane.places)
            .acquire_owned()
            .await
            .map_err(|_| Full)
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, Full> {
        if let Ok(place) = Arc::clone(&self.quick).try_acquire_owned() {
            return Ok(place);
        }
        let _of_all = Waiting::enter(&self.queued, self.traffic.waiting)?;
        let _wanting = Waiting::enter(&self.wanting, usize::MAX)?;
        Arc::clone(&self.quick)
            .acquire_owned()
            .await
            .map_err(|_| Full)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;
    use tokio::task::JoinSet;
    use tokio::time::{Instant, sleep};

    fn pool(at_once: usize, per_host: usize, waiting: usize) -> Arc<Pool> {
        Arc::new(Pool::new(Traffic {
            at_once,
            quick: Duration::from_millis(30),
            per_host,
            waiting,
            waiting_per_host: waiting,
        }))
    }

    /// Peers that never answer, each of its own host unless one is given.
    fn hang(pool: &Arc<Pool>, count: usize, host: Option<&str>) -> JoinSet<Result<(), Full>> {
        let mut set = JoinSet::new();
        for number in 0..count {
            let pool = Arc::clone(pool);
            let host = host.map_or_else(|| format!("{number}.example"), str::to_owned);
            set.spawn(async move { pool.run(&host, pending()).await });
        }
        set
    }

    #[tokio::test]
    async fn peers_that_hang_do_not_keep_a_healthy_one_waiting() {
        let pool = pool(8, 4, 100);
        let mut hanging = hang(&pool, 20, None);
        sleep(Duration::from_millis(5)).await;
        let started = Instant::now();
        let healthy = timeout(
            Duration::from_secs(5),
            pool.run("healthy.example", async { 7 }),
        );
        assert_eq!(healthy.await, Ok(Ok(7)));
        assert!(started.elapsed() < Duration::from_millis(400));
        let mut cut = 0;
        while let Some(Ok(Err(Full))) = hanging.try_join_next() {
            cut += 1;
        }
        assert!(cut > 0, "some had to make room");
    }

    #[tokio::test]
    async fn one_that_is_slow_may_stay_while_nobody_waits() {
        let pool = pool(2, 4, 10);
        let slow = || async {
            sleep(Duration::from_millis(120)).await;
            1
        };
        let (a, b) = tokio::join!(pool.run("a", slow()), pool.run("b", slow()));
        assert_eq!((a, b), (Ok(1), Ok(1)));
    }

    #[tokio::test]
    async fn one_host_has_its_own_places_only() {
        let pool = pool(64, 2, 100);
        let _hanging = hang(&pool, 10, Some("hang.example"));
        sleep(Duration::from_millis(5)).await;
        let other = timeout(
            Duration::from_millis(20),
            pool.run("a.example", async { 1 }),
        );
        assert_eq!(other.await, Ok(Ok(1)));
        let same = timeout(
            Duration::from_millis(80),
            pool.run("hang.example", async { 1 }),
        );
        assert!(same.await.is_err(), "it has to wait");
    }

    #[tokio::test]
    async fn what_is_too_much_is_turned_away_at_once() {
        let pool = pool(64, 1, 3);
        let _hanging = hang(&pool, 4, Some("hang.example"));
        sleep(Duration::from_millis(5)).await;
        let turned_away = pool.run("hang.example", async { 1 });
        assert_eq!(
            timeout(Duration::from_millis(20), turned_away).await,
            Ok(Err(Full))
        );
        assert_eq!(pool.run("a.example", async { 1 }).await, Ok(1));
    }

    #[tokio::test]
    async fn whoever_stops_waiting_frees_the_place() {
        let pool = pool(64, 1, 2);
        let mut hanging = hang(&pool, 3, Some("hang.example"));
        sleep(Duration::from_millis(5)).await;
        hanging.shutdown().await;
        assert_eq!(pool.queued.load(Ordering::Relaxed), 0);
        assert_eq!(pool.run("hang.example", async { 1 }).await, Ok(1));
    }
}
