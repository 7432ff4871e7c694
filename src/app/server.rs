//! Serves a node: layers, routes, pages, jobs, and an orderly end (REL-29).

use super::layer::{self, Times};
use super::limits::Limits;
use super::open::Opened;
use crate::edge::issuing;
use crate::edge::problem::Problem;
use crate::edge::state::State;
use crate::{http, jobs, web as pages};
use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, PayloadConfig, QueryConfig};
use actix_web::{App, HttpServer};
use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::atomic::Ordering;

/// A node that serves.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its state.
    pub state: Data<State>,
    handle: ServerHandle,
    server: Serving,
}

/// Ends when the node has ended.
pub type Serving = Pin<Box<dyn Future<Output = io::Result<()>>>>;

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// Starts to serve: what a crash left half done is finished first.
///
/// # Errors
/// Those of the listener; `Other` with the problem if the start fails.
pub async fn start(opened: Opened, listener: TcpListener) -> io::Result<Running> {
    let Opened { state, config } = opened;
    let failed = |problem: Problem| {
        problem.log("start");
        io::Error::other(problem.to_string())
    };
    let finished = issuing::recover(&state).await.map_err(failed)?;
    if finished > 0 {
        tracing::info!(
            badges = finished,
            "badges that were left half done were finished"
        );
    }
    jobs::settle(&state).await;
    let address = listener.local_addr()?;
    let (data, limits) = (state.clone(), config.http.clone());
    let body_limit = limits.image_size.length().max(limits.json_size.length());
    let times = Times {
        body: limits.body_time,
    };
    let counted = Data::new(Limits::new(&config.rates, limits.trusted_proxies.clone()));
    let api = Data::new(api(&state));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(counted.clone())
            .app_data(data.clone())
            .app_data(api.clone())
            .app_data(times)
            .app_data(PayloadConfig::new(body_limit))
            .app_data(QueryConfig::default())
            .wrap(from_fn(layer::layer))
            .configure(pages::mount)
            .configure(http::routes::mount)
            .default_service(web::to(layer::nowhere))
    })
    .keep_alive(limits.keep_alive)
    .client_request_timeout(limits.head_time)
    .max_connections(usize::try_from(limits.connections).unwrap_or(1_000))
    .shutdown_timeout(limits.shutdown_time.as_secs())
    .disable_signals();
    let server = match limits.workers {
        Some(workers) => server.workers(usize::from(workers.get())),
        None => server,
    };
    let server = server.listen(listener)?.run();
    let handle = server.handle();
    actix_web::rt::spawn(jobs::run(state.clone()));
    Ok(Running {
        address,
        state,
        handle,
        server: Box::pin(server),
    })
}

/// What the pages say about the API.
fn api(state: &State) -> pages::developers::Api {
    let description = http::openapi::document(state.address.base()).to_json();
    let routes = http::routes::ROUTES.iter().map(|route| {
        let is_public = route.access == http::routes::Access::Public;
        (route.method.name(), route.path, is_public)
    });
    pages::developers::Api::new(&description.unwrap_or_default(), routes)
}

impl Running {
    /// Serves until [`Running::stopper`] is called or the server fails.
    ///
    /// # Errors
    /// Those of the server.
    pub async fn serve(self) -> io::Result<()> {
        self.server.await
    }

    /// Something that ends the node in order: not ready any more, no new
    /// connections, what runs is finished.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        Stopper {
            state: self.state.clone(),
            handle: self.handle.clone(),
        }
    }
}

/// Ends a node.
#[derive(Clone)]
pub struct Stopper {
    state: Data<State>,
    handle: ServerHandle,
}

impl std::fmt::Debug for Stopper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stopper").finish_non_exhaustive()
    }
}

impl Stopper {
    /// Ends the node; returns when everything that ran is finished.
    pub async fn stop(&self) {
        self.state.stopping.store(true, Ordering::Relaxed);
        self.state.work.notify_one();
        self.handle.stop(true).await;
    }
}
