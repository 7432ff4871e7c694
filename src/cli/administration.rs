//! What the commands share that administer a node's data.
//!
//! **Promises.** They do what the API does, by the same functions, and write
//! the same audit, as [`ACTOR`]. The node must not be running: its folder is
//! taken as the node takes it. What cannot be undone is only done with
//! `--apply`; without it the command says what it would do.

use super::failure::Failure;
use super::node;
use super::node_options::NodeOptions;
use crate::app::{self, OpenNodeError};
use crate::config::{self, Config, Problems};
use crate::edge::directory::Tenant;
use crate::edge::problem::Problem;
use crate::edge::state::State;
use crate::store::OpenError;
use crate::{hardware, jobs};
use actix_web::web::Data;
use std::fmt::Write as _;
use std::sync::Arc;

/// Who acts, in the audit.
pub(super) const ACTOR: &str = "command line";

/// Whether there has to be a node in the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// There has to be one.
    Existing,
    /// If there is none, it is made.
    Any,
}

/// Opens a node's data, does something, and what follows from it: lists are
/// signed, documents made.
pub(super) fn with_node<T>(
    options: &NodeOptions,
    need: Need,
    act: impl AsyncFnOnce(Data<State>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let config = node::config(options)?;
    let problems = config::check_modes(&config);
    if !problems.is_empty() {
        return Err(Failure::config(Problems(problems).to_string()));
    }
    if need == Need::Existing && !config.database.file.exists() {
        return Err(Failure::unreadable(
            &config.database.file,
            "there is no node in this folder",
        ));
    }
    hardware::protect_memory().map_err(|error| Failure::ours(error.to_string()))?;
    let state = open(config)?;
    actix_web::rt::System::new().block_on(async {
        let done = act(state.clone()).await?;
        jobs::settle(&state).await;
        Ok(done)
    })
}

fn open(config: Config) -> Result<Data<State>, Failure> {
    match app::open(config) {
        Ok(opened) => Ok(opened.state),
        Err(OpenNodeError::Database(OpenError::InUse { path })) => {
            let path = path.display();
            Err(Failure::unavailable(format!(
                "{path} is in use: stop the node first, or use its API"
            )))
        }
        Err(error) => Err(node::not_opened(&error)),
    }
}

/// A problem as a command tells it. Unlike a caller of the API, whoever
/// administers the data is told what went wrong inside.
pub(super) fn refused(problem: &Problem) -> Failure {
    let mut line = problem.detail.clone();
    for fault in &problem.faults {
        let _ = write!(line, "\n  {}: {}", fault.at, fault.detail);
    }
    if let Some(cause) = problem.cause() {
        let _ = write!(line, ": {cause}");
    }
    match (problem.code.status, problem.retry_after) {
        (500, _) => Failure::ours(line),
        (503.., _) | (_, Some(_)) => Failure::unavailable(line),
        _ => Failure::data(line),
    }
}

/// The organisation at a path.
pub(super) fn tenant(state: &State, slug: &str) -> Result<Arc<Tenant>, Failure> {
    state.directory.get(slug).ok_or_else(|| {
        Failure::data(format!(
            "there is no organisation {slug}; `countersign issuer list` shows them"
        ))
    })
}

/// What a command says that would have changed something.
pub(super) fn nothing_changed(would: &str) -> Result<(), Failure> {
    node::say(&format!(
        "Would {would}.\nNothing was changed. Add --apply to do it.\n"
    ))
}

/// A list, as columns or as JSON.
pub(super) fn list(
    heads: &[&str],
    rows: &[serde_json::Value],
    members: &[&str],
    as_json: bool,
) -> Result<(), Failure> {
    if as_json {
        return json(&serde_json::Value::Array(rows.to_vec()));
    }
    let mut lines = vec![heads.iter().map(|head| (*head).to_owned()).collect()];
    lines.extend(rows.iter().map(|row| cells(row, members)));
    node::say(&columns(&lines))
}

/// JSON for scripts.
pub(super) fn json(value: &serde_json::Value) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value);
    let text = text.map_err(|error| Failure::ours(error.to_string()))?;
    node::say(&format!("{text}\n"))
}

fn cells(row: &serde_json::Value, members: &[&str]) -> Vec<String> {
    let cell = |name: &&str| match row.get(*name) {
        None | Some(serde_json::Value::Null) => "-".to_owned(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    members.iter().map(cell).collect()
}

/// Columns that stand below each other.
fn columns(lines: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for line in lines {
        for (at, cell) in line.iter().enumerate() {
            let width = cell.chars().count();
            match widths.get_mut(at) {
                Some(known) => *known = width.max(*known),
                None => widths.push(width),
            }
        }
    }
    let mut text = String::new();
    for line in lines {
        let padded: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        let _ = writeln!(text, "{}", padded.join("  ").trim_end());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other_also_with_letters_of_two_bytes() {
        let line = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let text = columns(&[line(["Gwâl", "x"]), line(["a", "y"])]);
        assert_eq!(text, "Gwâl  x\na     y\n");
    }

    #[test]
    fn what_can_be_tried_later_is_told_apart_from_what_is_wrong() {
        use crate::edge::problem::Code;
        let wrong = Problem::faulty("/slug", "small letters");
        assert_eq!(refused(&wrong).code(), 65);
        let later = Problem::new(Code::STATE_CONFLICT, "later").retry_after(5);
        assert_eq!(refused(&later).code(), 69);
        assert_eq!(refused(&Problem::internal("disk")).code(), 70);
    }
}
