//! `countersign serve`.

use super::failure::Failure;
use super::node;
use super::node_options::NodeOptions;
use crate::config::{self, Config, Problems};
use crate::edge::telemetry::{self, Metrics};
use crate::{app, hardware};
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;

/// Run a node: host issuers, give badges, check what others present
///
/// The first start makes the database, the master key and an operator's token,
/// which is shown once. Ctrl-C or SIGTERM ends the node in order.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    countersign serve --dev\n  \
    countersign serve --config /etc/countersign.toml")]
pub(super) struct Args {
    #[command(flatten)]
    node: NodeOptions,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    // Does nothing but in tests: the crate's feature is off in every other build.
    let _scenario = fail::FailScenario::setup();
    let config = node::config(&args.node)?;
    let metrics = prepare(&config)?;
    let listen = config.http.listen;
    let listener = bind(listen)?;
    let watched = config.http.metrics.map(bind).transpose()?;
    let opened = node::open(config)?;
    let base = opened.state.address.base().to_owned();
    let first =
        app::first_token(&opened.state).map_err(|error| Failure::ours(error.to_string()))?;
    node::say(&format!("Countersign serves {base}\n"))?;
    if let Some(token) = first {
        node::say(&format!(
            "\nThis is the operator's token. It is shown this once:\n\n  {}\n\n",
            *token
        ))?;
    }
    actix_web::rt::System::new().block_on(async move {
        if let Some(watched) = watched {
            app::show_metrics(metrics, watched)
                .map_err(|error| Failure::ours(error.to_string()))?;
        }
        serve(opened, listener).await
    })
}

/// What has to be so before secrets are read: nobody else reads the files, and
/// nothing of this process is written to a core file.
fn prepare(config: &Config) -> Result<Metrics, Failure> {
    let problems = config::check_modes(config);
    if !problems.is_empty() {
        return Err(Failure::config(Problems(problems).to_string()));
    }
    let ours = |error: &dyn std::fmt::Display| Failure::ours(error.to_string());
    telemetry::log_to_stderr(&config.logs).map_err(|error| ours(&error))?;
    telemetry::log_panics();
    hardware::protect_memory().map_err(|error| ours(&error))?;
    Metrics::install().map_err(|error| ours(&error))
}

fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .map_err(|error| Failure::unavailable(format!("cannot listen on {address}: {error}")))
}

async fn serve(opened: app::Opened, listener: TcpListener) -> Result<ExitCode, Failure> {
    let failed = |error: std::io::Error| Failure::ours(error.to_string());
    let running = app::start(opened, listener).await.map_err(failed)?;
    let stopper = running.stopper();
    actix_web::rt::spawn(async move {
        node::wait_for_the_end().await;
        stopper.stop().await;
    });
    running.serve().await.map_err(failed)?;
    Ok(ExitCode::SUCCESS)
}
