//! `countersign doctor`, `countersign migrate`, `countersign audit`,
//! `countersign openapi`.

use super::failure::Failure;
use super::node_options::NodeOptions;
use super::{files, node};
use crate::app;
use crate::config::{self, Config};
use crate::edge::audit_key;
use crate::http::openapi;
use crate::keys::base64url;
use crate::store::audit::Checkpoint;
use crate::store::{Conn, audit, backup, facts, jobs, status};
use std::process::ExitCode;

/// Look over a node's settings and data; the node may run
///
/// Exit code 0: all is well · 1: something needs a look.
#[derive(Debug, clap::Args)]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    node: NodeOptions,
    /// Read the whole database, not only its heads
    #[arg(long)]
    deep: bool,
}

/// Bring a node's database to the shape of this version
#[derive(Debug, clap::Args)]
pub(super) struct MigrateArgs {
    #[command(flatten)]
    node: NodeOptions,
    /// Do it; without, only say what would be done
    #[arg(long)]
    apply: bool,
}

/// Look over the record of who did what
#[derive(Debug, clap::Args)]
pub(super) struct AuditArgs {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Debug, clap::Subcommand)]
enum AuditCommand {
    /// Follow the chain of digests from the first entry to the last
    ///
    /// Exit code 0: whole · 1: something was changed, added or removed; the
    /// first such entry is named.
    Verify(VerifyArgs),
}

#[derive(Debug, clap::Args)]
struct VerifyArgs {
    #[command(flatten)]
    node: NodeOptions,
    /// Checkpoints that were kept elsewhere: the lines of the .checkpoints file
    #[arg(long, value_name = "FILE")]
    checkpoints: Option<std::path::PathBuf>,
}

/// Print the API description (OpenAPI 3.1)
#[derive(Debug, clap::Args)]
pub(super) struct OpenApiArgs {
    /// How others reach the node
    #[arg(long, value_name = "URL", default_value = "https://badges.example.org")]
    base_url: String,
}

pub(super) fn openapi(args: &OpenApiArgs) -> Result<ExitCode, Failure> {
    let text = openapi::document(&args.base_url)
        .to_pretty_json()
        .map_err(|error| Failure::ours(error.to_string()))?;
    node::say(&format!("{text}\n"))?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn migrate(args: &MigrateArgs) -> Result<ExitCode, Failure> {
    let config = node::config(&args.node)?;
    let failed = |error: &dyn std::fmt::Display| Failure::data(error.to_string());
    let mut conn = peek(&config)?;
    let pending = crate::store::pending(&mut conn).map_err(|error| failed(&error))?;
    drop(conn);
    if pending.names.is_empty() {
        node::say("The database has the shape of this version.\n")?;
        return Ok(ExitCode::SUCCESS);
    }
    for name in &pending.names {
        node::say(&format!("{name}\n"))?;
    }
    if !args.apply {
        node::say("Nothing was changed. Back it up, then say --apply.\n")?;
        return Ok(ExitCode::SUCCESS);
    }
    // Opening brings it up to date, under the node's lock.
    drop(node::open(config)?);
    node::say("Done.\n")?;
    Ok(ExitCode::SUCCESS)
}

fn peek(config: &Config) -> Result<Conn, Failure> {
    backup::peek(&config.database.file)
        .map_err(|error| Failure::unreadable(&config.database.file, error))
}

pub(super) fn audit(args: &AuditArgs) -> Result<ExitCode, Failure> {
    let AuditCommand::Verify(args) = &args.command;
    let config = node::config(&args.node)?;
    let mut conn = peek(&config)?;
    match follow(&mut conn, args)? {
        Ok(entries) => {
            node::say(&format!("The record is whole: {entries} entries.\n"))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(broken) => {
            node::say(&format!("The record is not whole: {broken}.\n"))?;
            Ok(ExitCode::from(1))
        }
    }
}

fn follow(conn: &mut Conn, args: &VerifyArgs) -> Result<Result<i64, String>, Failure> {
    let failed = |error: crate::store::Error| Failure::data(error.to_string());
    let points = match &args.checkpoints {
        None => audit::checkpoints(conn).map_err(failed)?,
        Some(path) => {
            let bytes = files::read(path, usize::MAX)?;
            read_checkpoints(&String::from_utf8_lossy(&bytes))
                .ok_or_else(|| Failure::unreadable(path, "a line is no checkpoint"))?
        }
    };
    if let Some(point) = forged(conn, &points).map_err(failed)? {
        return Ok(Err(format!(
            "the checkpoint at entry {point} was not made by this node"
        )));
    }
    let followed = audit::verify(conn, &points).map_err(failed)?;
    Ok(followed.map_err(|broken| broken.to_string()))
}

fn read_checkpoints(text: &str) -> Option<Vec<Checkpoint>> {
    #[derive(serde::Deserialize)]
    struct Line {
        seq: i64,
        hash: String,
        key: String,
        signature: String,
        at: i64,
    }
    let one = |line: &str| {
        let line: Line = serde_json::from_str(line).ok()?;
        Some(Checkpoint {
            seq: line.seq,
            hash: line.hash,
            key: line.key,
            signature: line.signature,
            created_at: line.at,
        })
    };
    text.lines().map(one).collect()
}

/// The first checkpoint whose signature does not hold.
fn forged(conn: &mut Conn, points: &[Checkpoint]) -> Result<Option<i64>, crate::store::Error> {
    let Some(key) = audit_key::public(conn)? else {
        return Ok(points.first().map(|point| point.seq));
    };
    let holds = |point: &&Checkpoint| {
        let message = Checkpoint::message(point.seq, &point.hash, point.created_at);
        base64url::decode(&point.signature)
            .is_some_and(|signature| key.verify(message.as_bytes(), &signature).is_ok())
    };
    Ok(points
        .iter()
        .find(|point| !holds(point))
        .map(|point| point.seq))
}

/// What was looked at: its name, and what is wrong with it.
type Look = (&'static str, Result<String, String>);

pub(super) fn doctor(args: &DoctorArgs) -> Result<ExitCode, Failure> {
    let config = node::config(&args.node)?;
    let now = files::moment(None)?.as_unix();
    let mut looks = vec![modes(&config), master(&config)];
    match backup::peek(&config.database.file) {
        Err(error) => looks.push(("database", Err(error.to_string()))),
        Ok(mut conn) => looks.extend(database(&mut conn, args.deep, now)),
    }
    let mut is_well = true;
    for (name, found) in looks {
        let line = match found {
            Ok(text) => format!("  ok      {name:<14} {text}\n"),
            Err(text) => {
                is_well = false;
                format!("  LOOK    {name:<14} {text}\n")
            }
        };
        node::say(&line)?;
    }
    Ok(ExitCode::from(u8::from(!is_well)))
}

fn modes(config: &Config) -> Look {
    let problems = config::check_modes(config);
    let found = match problems.first() {
        None => Ok("only their owner reads the secret files".to_owned()),
        Some(_) => Err(config::Problems(problems).to_string()),
    };
    ("files", found)
}

fn master(config: &Config) -> Look {
    let found = app::keys(config)
        .map(|_| "it belongs to this database".to_owned())
        .map_err(|error| error.to_string());
    ("master key", found)
}

fn database(conn: &mut Conn, deep: bool, now: i64) -> Vec<Look> {
    let text = |error: crate::store::Error| error.to_string();
    let counted = if deep {
        backup::look_over(conn)
    } else {
        backup::counts(conn)
    };
    let counted = counted.map_err(text).map(|counts| {
        format!(
            "{} badges of {} organisations",
            counts.credentials, counts.issuers
        )
    });
    let fence = facts::fence(conn)
        .map_err(text)
        .and_then(|fence| match fence {
            None => Ok("it may hand out badges".to_owned()),
            Some(why) => Err(format!("{why}; run: countersign restore --resume --apply")),
        });
    vec![
        ("database", counted),
        ("restored", fence),
        (
            "status lists",
            lists(conn, now).map_err(text).and_then(|look| look),
        ),
        ("jobs", owed(conn).map_err(text).and_then(|look| look)),
        (
            "audit",
            chain(conn, deep).map_err(text).and_then(|look| look),
        ),
    ]
}

fn lists(conn: &mut Conn, now: i64) -> Result<Result<String, String>, crate::store::Error> {
    const THREE_DAYS: i64 = 3 * 86_400;
    let due = status::due(conn, now + THREE_DAYS)?;
    Ok(if due.is_empty() {
        Ok("all last more than three days".to_owned())
    } else {
        Err(format!(
            "{} end within three days, or were never signed",
            due.len()
        ))
    })
}

fn owed(conn: &mut Conn) -> Result<Result<String, String>, crate::store::Error> {
    let (owed, dead) = jobs::counts(conn)?;
    Ok(if dead == 0 {
        Ok(format!("{owed} waiting"))
    } else {
        Err(format!("{dead} were given up"))
    })
}

fn chain(conn: &mut Conn, deep: bool) -> Result<Result<String, String>, crate::store::Error> {
    if !deep {
        let (seq, _) = audit::head(conn)?;
        return Ok(Ok(format!("{seq} entries; --deep follows them")));
    }
    let points = audit::checkpoints(conn)?;
    Ok(audit::verify(conn, &points)?
        .map(|entries| format!("{entries} entries follow each other"))
        .map_err(|broken| broken.to_string()))
}
