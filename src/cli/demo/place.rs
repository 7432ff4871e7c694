//! A node of the demo: its folder, its port, its settings.

use super::client::Client;
use crate::access::Role;
use crate::app::{self, Opened, Stopper};
use crate::cli::failure::Failure;
use crate::cli::{files, node};
use crate::config::{Config, Overrides};
use crate::edge::granting::{self, Grant};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

/// A node that serves.
pub(super) struct Place {
    /// Where strangers reach it.
    pub(super) base: String,
    /// How the demo asks it.
    pub(super) client: Client,
    /// A token of whoever runs it.
    pub(super) operator: String,
    stopper: Stopper,
}

/// A node that is open and does not serve yet.
pub(super) struct Ready {
    opened: Opened,
    listener: TcpListener,
}

impl Ready {
    /// Opens the node of a folder; the first start chooses a free port, which
    /// stays, since it is in every badge. It waits for the disk, so it is no
    /// future.
    pub(super) fn open(folder: &Path) -> Result<Self, Failure> {
        let (config, listener) = prepare(folder)?;
        let opened = node::open(config)?;
        Ok(Self { opened, listener })
    }
}

impl Place {
    /// Starts a node.
    pub(super) async fn start(ready: Ready) -> Result<Self, Failure> {
        let Ready { opened, listener } = ready;
        let base = opened.state.address.base().to_owned();
        let authority = opened.state.address.authority().to_owned();
        let grant = Grant {
            issuer: None,
            role: Role::Operator,
            name: "demo".to_owned(),
            days: 30,
            actor: "demo".to_owned(),
            request: String::new(),
        };
        let (_, token) = granting::grant(&opened.state, grant)
            .await
            .map_err(|problem| Failure::ours(problem.to_string()))?;
        let failed = |error: io::Error| Failure::ours(error.to_string());
        let running = app::start(opened, listener).await.map_err(failed)?;
        let client = Client {
            address: running.address,
            authority,
        };
        let stopper = running.stopper();
        actix_web::rt::spawn(running.serve());
        Ok(Self {
            base,
            client,
            operator: token.to_string(),
            stopper,
        })
    }

    /// Something that ends the node in order.
    pub(super) fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }
}

/// The settings lie in the folder, so that `countersign serve --dev --data`
/// runs the same node.
fn prepare(folder: &Path) -> Result<(Config, TcpListener), Failure> {
    let settings = folder.join("countersign.toml");
    let first = if settings.exists() {
        None
    } else {
        Some(write_settings(folder, &settings)?)
    };
    let overrides = Overrides {
        data: Some(folder.to_owned()),
        dev: true,
        ..Overrides::default()
    };
    let config =
        Config::load(&overrides, []).map_err(|problems| Failure::config(problems.to_string()))?;
    let listener = match first {
        Some(listener) => listener,
        None => TcpListener::bind(config.http.listen).map_err(|error| {
            Failure::unavailable(format!(
                "cannot listen on {}: {error}; the port of the first start is in every badge",
                config.http.listen
            ))
        })?,
    };
    Ok((config, listener))
}

fn write_settings(folder: &Path, settings: &Path) -> Result<TcpListener, Failure> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::unwritable(folder, error))?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .map_err(|error| Failure::unavailable(format!("there is no free port: {error}")))?;
    let address = listener
        .local_addr()
        .map_err(|error| Failure::ours(error.to_string()))?;
    let text = format!(
        "# A node of `countersign demo`. Run it alone with:\n\
         #   countersign serve --dev --data {}\n\
         environment = \"development\"\n\n[http]\nlisten = \"{address}\"\n",
        folder.display()
    );
    files::write(Some(settings), text.as_bytes())?;
    Ok(listener)
}
