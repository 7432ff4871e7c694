//! `countersign serve`.

use super::failure::Failure;
use super::node;
use super::node_options::NodeOptions;
use crate::app;
use std::net::TcpListener;
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
    let config = node::config(&args.node)?;
    let listen = config.http.listen;
    let listener = TcpListener::bind(listen)
        .map_err(|error| Failure::unavailable(format!("cannot listen on {listen}: {error}")))?;
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
    actix_web::rt::System::new().block_on(serve(opened, listener))
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
