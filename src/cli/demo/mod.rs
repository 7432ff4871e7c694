//! `countersign demo`: two nodes on this machine, and the whole way of a badge
//! between them, with invented people.

mod client;
mod ending;
mod folder;
mod member;
mod place;
mod story;

use super::failure::Failure;
use super::node;
use folder::Folder;
use place::{Place, Ready};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use story::Story;
use tokio::time::Instant;

/// Run two nodes on this machine that give badges and check each other's
///
/// A council and a university, both invented, give badges for a course, an
/// apprenticeship and an award; each checks the other's; one badge is changed,
/// one is withdrawn. Both nodes go on running until Ctrl-C, so that you can try
/// the pages and the API. Exit code: 70 if something did not end as it should.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    countersign demo\n  \
    countersign demo --data demo --once")]
pub(super) struct Args {
    /// The folder for both nodes' data; it stays, and the next demo goes on
    /// with it (default: a temporary folder)
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// End after the story
    #[arg(long)]
    once: bool,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let folder = Folder::take(args.data.as_deref())?;
    node::say(
        "Countersign demo: a council and a university on this machine. \
         All people and organisations are invented.\n",
    )?;
    let began = Instant::now();
    let council = Ready::open(&folder.path().join("council"))?;
    let university = Ready::open(&folder.path().join("university"))?;
    let nodes = demo((council, university), &folder, args.once, began);
    actix_web::rt::System::new().block_on(nodes)?;
    Ok(ExitCode::SUCCESS)
}

async fn demo(
    (council, university): (Ready, Ready),
    folder: &Folder,
    once: bool,
    began: Instant,
) -> Result<(), Failure> {
    let council = Place::start(council).await?;
    let university = match Place::start(university).await {
        Ok(university) => university,
        Err(failure) => {
            council.stopper().stop().await;
            return Err(failure);
        }
    };
    let stops = [council.stopper(), university.stopper()];
    let story = async {
        let story = whole(council, university, folder.path(), began).await?;
        if !once {
            stay(folder).await?;
        }
        Ok::<_, Failure>(story)
    };
    // Whatever happens, both nodes end in order.
    let ended = tokio::select! {
        ended = story => ended.map(drop),
        () = node::wait_for_the_end() => node::say("\nEnding both nodes.\n"),
    };
    for stop in stops {
        stop.stop().await;
    }
    ended
}

/// Leaves both nodes running: the signal that ends them ends the waiting.
async fn stay(folder: &Folder) -> Result<(), Failure> {
    let goes = if folder.goes() {
        " Their data goes then, too."
    } else {
        ""
    };
    node::say(&format!("\nBoth nodes run until you press Ctrl-C.{goes}\n"))?;
    std::future::pending().await
}

/// The story from its beginning to its end.
async fn whole(
    council: Place,
    university: Place,
    folder: &Path,
    began: Instant,
) -> Result<Story, Failure> {
    let story = Story::begin(council, university).await?;
    story.check_each_other().await?;
    story.save(folder).await?;
    story.change(folder).await?;
    story.withdraw().await?;
    story.keep_documents(folder).await?;
    let took = began.elapsed().as_secs_f64();
    node::say(&format!("\nAll of this took {took:.1} seconds.\n"))?;
    ending::tell(&story, folder).await?;
    Ok(story)
}
