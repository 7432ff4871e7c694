//! Decides for each element and attribute: kept, left out, refused.

use super::super::error::{Error, Limit, Refusal};
use super::super::{Kind as PictureKind, raster};
use super::css;
use super::names::{self, Content};
use super::read::{Named, Scanner, Space, Step, Tag, shown};
use super::tree::{Child, Drawing, Element};
use super::value::{self, Held, Kind};
use crate::limits;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hashbrown::HashMap;

/// An element that is open.
enum Open {
    /// It is kept, and has this number.
    Kept(usize, Content),
    /// A style sheet: its text is collected.
    Sheet,
    /// It is left out with everything in it.
    Skipped,
}

struct Builder {
    drawing: Drawing,
    open: Vec<Open>,
    /// Pixels that pictures inside may still have.
    pixels: u64,
}

/// Reads a drawing.
pub(super) fn build(text: &str) -> Result<Drawing, Error> {
    let mut scanner = Scanner::new(text)?;
    let mut builder = Builder {
        drawing: Drawing {
            elements: Vec::new(),
            ids: HashMap::new(),
            sheet: String::new(),
        },
        open: Vec::new(),
        pixels: raster::MOST_PIXELS,
    };
    loop {
        match scanner.next()? {
            Step::Open(tag) => {
                let open = builder.open(tag)?;
                builder.open.push(open);
            }
            Step::Close => {
                builder.open.pop();
            }
            Step::Text(text) => builder.text(text),
            Step::End => return Ok(builder.drawing),
        }
    }
}

impl Builder {
    fn open(&mut self, tag: Tag) -> Result<Open, Error> {
        let is_root = self.open.is_empty();
        if is_root && (tag.space, tag.name.as_str()) != (Space::Svg, "svg") {
            return Err(Refusal::Namespace.into());
        }
        refuse_active(&tag)?;
        match self.open.last() {
            Some(Open::Sheet | Open::Skipped) => return Ok(Open::Skipped),
            Some(Open::Kept(_, Content::Text)) => return Ok(Open::Skipped),
            _ => {}
        }
        if tag.space != Space::Svg || names::is_unseen(&tag.name) {
            return Ok(Open::Skipped);
        }
        if tag.name == "style" {
            check_sheet(&tag)?;
            return Ok(Open::Sheet);
        }
        let name = shown(&tag.name);
        let (name, content) = names::element(&tag.name).ok_or(Refusal::Element { name })?;
        let element = self.element(name, tag.attributes)?;
        let number = self.drawing.elements.len();
        if let Some(id) = element.attribute("id") {
            self.drawing.ids.insert(id.to_owned(), number);
        }
        self.drawing.elements.push(element);
        self.add(Child::Element(number));
        Ok(Open::Kept(number, content))
    }

    /// Puts a child into the element that is open.
    fn add(&mut self, child: Child) {
        if let Some(Open::Kept(parent, _)) = self.open.last()
            && let Some(parent) = self.drawing.elements.get_mut(*parent)
        {
            match (child, parent.children.last_mut()) {
                (Child::Text(text), Some(Child::Text(before))) => before.push_str(&text),
                (child, _) => parent.children.push(child),
            }
        }
    }

    fn text(&mut self, text: String) {
        match self.open.last() {
            Some(Open::Sheet) => self.drawing.sheet.push_str(&text),
            Some(Open::Kept(_, Content::Mixed | Content::Text)) if !text.is_empty() => {
                // A carriage return would not be read back.
                self.add(Child::Text(text.replace('\r', " ")));
            }
            _ => {}
        }
    }

    fn element(&mut self, name: &'static str, from: Vec<Named>) -> Result<Element, Error> {
        let mut element = Element {
            name,
            attributes: Vec::new(),
            style: Vec::new(),
            classes: Vec::new(),
            children: Vec::new(),
        };
        let is_plain_href = |named: &Named| named.space == Space::None && named.name == "href";
        let has_plain_href = from.iter().any(is_plain_href);
        for named in from {
            let href = named.name == "href"
                && match named.space {
                    Space::None => true,
                    // SVG 2 §16.1.2: the one without prefix counts.
                    Space::Xlink => !has_plain_href,
                    _ => false,
                };
            let kept = match (named.space, named.name.as_str()) {
                _ if href => self.href(&element, &named.value)?,
                (Space::None, "style") => {
                    css::read_style(&mut element, &named.value)?;
                    None
                }
                (Space::None, "class") => {
                    let classes = named.value.split_ascii_whitespace();
                    element.classes = classes.map(str::to_owned).collect();
                    None
                }
                (Space::None, _) => self.plain(&element, &named)?,
                (Space::Xml, "lang") => kept("xml:lang", Kind::Language, &named.value),
                (Space::Xml, "space") => kept("xml:space", Kind::Words, &named.value),
                _ => None,
            };
            if let Some((name, value)) = kept
                && element.attribute(name).is_none()
            {
                element.attributes.push((name, value));
            }
        }
        Ok(element)
    }

    fn plain(
        &self,
        element: &Element,
        named: &Named,
    ) -> Result<Option<(&'static str, String)>, Refusal> {
        let Some((name, kind)) = names::attribute(&named.name) else {
            return Ok(None);
        };
        match value::hold(kind, &named.value) {
            Held::Kept(id) if name == "id" && self.drawing.ids.contains_key(&id) => Ok(None),
            Held::Kept(value) => Ok(Some((name, value))),
            Held::Dropped => Ok(None),
            Held::Outside => Err(outside(element.name, name)),
        }
    }

    /// A part of this picture, or a picture that is written into it.
    fn href(
        &mut self,
        element: &Element,
        value: &str,
    ) -> Result<Option<(&'static str, String)>, Error> {
        if !names::may_refer(element.name) {
            return Ok(None);
        }
        let value: String = value.trim_matches([' ', '\t', '\n', '\r']).to_owned();
        if element.name == "image" {
            let picture = self.image(&value)?;
            let picture = picture.ok_or_else(|| outside(element.name, "href"))?;
            return Ok(Some(("href", picture)));
        }
        match value.strip_prefix('#') {
            Some("") => Ok(None),
            Some(id) if value::is_id(id) => Ok(Some(("href", value))),
            _ => Err(outside(element.name, "href").into()),
        }
    }

    /// A `data:` URI of PNG or JPEG, made anew; nothing if it is something else.
    fn image(&mut self, value: &str) -> Result<Option<String>, Error> {
        let Some((head, data)) = value.split_once(',') else {
            return Ok(None);
        };
        let head = head.to_ascii_lowercase();
        let is_picture = matches!(
            head.as_str(),
            "data:image/png;base64" | "data:image/jpeg;base64" | "data:image/jpg;base64"
        );
        if !is_picture {
            return Ok(None);
        }
        let data: String = data.split_ascii_whitespace().collect();
        let bytes = STANDARD.decode(data).map_err(|_| Refusal::Image)?;
        let kind = match PictureKind::of(&bytes) {
            Some(kind @ (PictureKind::Png | PictureKind::Jpeg)) => kind,
            _ => return Err(Refusal::Image.into()),
        };
        let room = raster::Room {
            pixels: self.pixels,
            bytes: limits::SVG_IMAGE_BYTES,
        };
        let made = raster::remake(kind, &bytes, room).map_err(|error| match error {
            Error::Broken(_) => Refusal::Image.into(),
            other => other,
        })?;
        self.pixels = self.pixels.checked_sub(made.pixels).ok_or(Limit::Pixels)?;
        let png = STANDARD.encode(made.png);
        Ok(Some(format!("data:image/png;base64,{png}")))
    }
}

fn kept(name: &'static str, kind: Kind, value: &str) -> Option<(&'static str, String)> {
    match value::hold(kind, value) {
        Held::Kept(value) => Some((name, value)),
        _ => None,
    }
}

pub(super) fn outside(element: &str, name: &str) -> Refusal {
    Refusal::Outside {
        element: element.to_owned(),
        name: name.to_owned(),
    }
}

/// What acts is refused wherever it stands, also in what is left out.
fn refuse_active(tag: &Tag) -> Result<(), Refusal> {
    let lower = tag.name.to_ascii_lowercase();
    let name = shown(&tag.name);
    let acts = match tag.space {
        Space::Html => true,
        Space::Svg => names::acts(&tag.name),
        _ => false,
    };
    // Whatever its namespace: some readers know none.
    if acts || lower == "script" || lower == "foreignobject" {
        return Err(Refusal::Active { name });
    }
    if tag.space != Space::Svg {
        return Ok(());
    }
    for attribute in &tag.attributes {
        let is_handler = attribute.name.to_ascii_lowercase().starts_with("on");
        let acts = match attribute.space {
            Space::None => is_handler,
            Space::Xml => attribute.name == "base",
            _ => false,
        };
        if acts {
            return Err(Refusal::Attribute {
                element: name,
                name: shown(&attribute.name),
            });
        }
    }
    Ok(())
}

/// A style sheet that is CSS, and for every screen.
fn check_sheet(tag: &Tag) -> Result<(), Refusal> {
    for attribute in tag.attributes.iter().filter(|a| a.space == Space::None) {
        let value = attribute.value.trim_matches(' ').to_ascii_lowercase();
        match attribute.name.as_str() {
            "type" if !matches!(value.as_str(), "" | "text/css") => {
                return Err(Refusal::Style("another language than CSS"));
            }
            "media" if !matches!(value.as_str(), "" | "all" | "screen") => {
                return Err(Refusal::Style("a condition"));
            }
            _ => {}
        }
    }
    Ok(())
}
