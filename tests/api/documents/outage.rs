//! Keys, profiles and lists are served while the database does not answer
//! (REL-26).

use crate::{Node, Unusual};
use countersign::store::Error;
use std::sync::mpsc;
use std::time::Duration;

#[test]
fn what_others_verify_by_is_served_without_a_database() {
    let node = Node::unusual(&Unusual {
        settings: &[("DATABASE_READERS", "1")],
        ..Unusual::default()
    });
    let (office, design, _) = node.given();
    let slug = &office.slug;
    let (writer, reader) = (node.state.store.clone(), node.state.store.clone());
    let (release, (held, (write_go, read_go))) = hold();
    let held_too = held.clone();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            writer.write_blocking(move |_| {
                held.send(()).expect("somebody waits");
                let _released = write_go.recv();
                Ok::<_, Error>(())
            })
        });
        scope.spawn(move || {
            reader.read_blocking(|_| {
                held_too.send(()).expect("somebody waits");
                let _released = read_go.recv();
                Ok::<_, Error>(())
            })
        });
        for _ in 0..2 {
            release
                .held
                .recv_timeout(Duration::from_secs(10))
                .expect("it is held");
        }
        for path in [
            format!("/issuers/{slug}"),
            format!("/issuers/{slug}/did.json"),
            format!("/issuers/{slug}/jwks.json"),
            format!("/issuers/{slug}/keys/key-1"),
            format!("/issuers/{slug}/status/1"),
            "/.well-known/jwks.json".to_owned(),
            "/livez".to_owned(),
        ] {
            node.get(&path).expect(200);
        }
        let design = node
            .get(&format!("/achievements/{design}"))
            .may_fail()
            .send();
        assert_eq!(
            design.status, 503,
            "the control: the database does not answer"
        );
        drop(release);
    });
}

struct Release {
    held: mpsc::Receiver<()>,
    _ends: (mpsc::Sender<()>, mpsc::Sender<()>),
}

type Held = (mpsc::Sender<()>, (mpsc::Receiver<()>, mpsc::Receiver<()>));

/// What holds until `Release` is dropped.
fn hold() -> (Release, Held) {
    let (held, wait) = mpsc::channel();
    let (first, write_go) = mpsc::channel();
    let (second, read_go) = mpsc::channel();
    let release = Release {
        held: wait,
        _ends: (first, second),
    };
    (release, (held, (write_go, read_go)))
}
