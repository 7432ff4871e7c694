//! Shows the numbers of a node, on a listener of its own that strangers do not
//! reach.

use crate::edge::telemetry::Metrics;
use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, HttpServer};
use std::io;
use std::net::TcpListener;
use std::time::Duration;

/// Serves `GET /metrics` until the process ends.
///
/// # Errors
/// Those of the listener.
pub fn show_metrics(metrics: Metrics, listener: TcpListener) -> io::Result<()> {
    const BETWEEN_UPKEEPS: Duration = Duration::from_secs(5);
    let kept = metrics.clone();
    let server = HttpServer::new(move || {
        App::new()
            .app_data(Data::new(metrics.clone()))
            .route("/metrics", web::get().to(show))
    })
    .workers(1)
    .disable_signals()
    .listen(listener)?
    .run();
    actix_web::rt::spawn(server);
    actix_web::rt::spawn(async move {
        loop {
            tokio::time::sleep(BETWEEN_UPKEEPS).await;
            kept.upkeep();
        }
    });
    Ok(())
}

async fn show(metrics: Data<Metrics>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(Metrics::MEDIA_TYPE)
        .body(metrics.render())
}
