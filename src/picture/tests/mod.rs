//! The module from outside: hostile files, honest files, limits.

mod drawn;
mod honest;
mod hostile;
mod limits;
mod raster;

use super::{Error, Picture, sanitise};

/// A drawing with this in it.
fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 8 8\">{inside}</svg>"
    )
}

/// The text of a drawing made anew, which is also the same made anew twice.
#[track_caller]
fn remade(text: &str) -> String {
    let picture = sanitise(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
    stays(&picture);
    String::from_utf8(picture.into_bytes()).expect("UTF-8")
}

/// What [`remade`] puts between the root's tags.
#[track_caller]
fn inside(text: &str) -> String {
    let remade = remade(&svg(text));
    let (_, rest) = remade.split_once("viewBox=\"0 0 8 8\"").expect("the root");
    let rest = rest
        .strip_suffix("</svg>")
        .or(rest.strip_suffix("/>"))
        .expect("an end");
    rest.strip_prefix('>').unwrap_or(rest).to_owned()
}

#[track_caller]
fn stays(picture: &Picture) {
    let again = sanitise(picture.bytes()).expect("made anew twice");
    assert_eq!(&again, picture, "made anew twice is not made anew once");
}

#[track_caller]
fn refused(text: &str) -> Error {
    match sanitise(text.as_bytes()) {
        Err(error) => error,
        Ok(picture) => panic!("{}", String::from_utf8_lossy(picture.bytes())),
    }
}
