//! Badges saved inside pictures.

use super::case::Case;
use super::documents::*;
use super::gzip::zlib;
use super::keys::*;
use super::tokens;

const BAKING: &str = "Open Badges 3.0, Baked Badge; Choices, Pictures";
const NOT_FOUND: &str = "A picture without a badge would be called forged, or shown as checked.";

pub(super) fn cases() -> Vec<Case> {
    [
        png_good(),
        png_bad(),
        png_none(),
        svg_good(),
        svg_bad(),
        svg_none(),
    ]
    .concat()
}

pub fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let covered = [&kind[..], data].concat();
    let length = u32::try_from(data.len()).expect("a length");
    [
        &length.to_be_bytes()[..],
        &covered,
        &crc32fast::hash(&covered).to_be_bytes(),
    ]
    .concat()
}

fn header(side: u32) -> Vec<u8> {
    let mut data = [side.to_be_bytes(), side.to_be_bytes()].concat();
    data.extend([8, 0, 0, 0, 0]);
    chunk(b"IHDR", &data)
}

/// A grey pixel with these chunks before it.
pub fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    file.extend(header(1));
    file.extend(chunks.concat());
    file.extend(chunk(b"IDAT", &zlib(&[0, 0x80])));
    file.extend(chunk(b"IEND", &[]));
    file
}

/// An `iTXt` chunk as the standard says.
pub fn itxt(text: &str) -> Vec<u8> {
    chunk(
        b"iTXt",
        &[b"openbadgecredential\0\0\0\0\0", text.as_bytes()].concat(),
    )
}

fn compressed(text: &[u8]) -> Vec<u8> {
    chunk(
        b"iTXt",
        &[b"openbadgecredential\0\x01\0\0\0", &zlib(text)[..]].concat(),
    )
}

fn good() -> String {
    signed().0.to_json()
}

fn changed() -> String {
    good().replace("Moving and handling people", "Administering medicines")
}

fn accept(name: &'static str, path: &str, bytes: Vec<u8>) -> Case {
    Case::accept(name)
        .file(path, bytes)
        .finds("proof", "holds ok")
        .outcome("current")
}

fn png_good() -> Vec<Case> {
    const AWAY: &str = "An honest badge would be turned away.";
    let accept = |name, bytes| accept(name, "badge.png", bytes);
    let token = tokens::token_of(&badge(), &issuer());
    let plain = chunk(
        b"tEXt",
        &[b"openbadgecredential\0", good().as_bytes()].concat(),
    );
    let behind = [&png(&[itxt(&good())])[..], b"more"].concat();
    vec![
        accept("png", png(&[itxt(&good())])).because(
            "A badge in an iTXt chunk, not compressed.",
            BAKING,
            AWAY,
        ),
        accept("png_with_a_token", png(&[itxt(&token)])).because(
            "A token in an iTXt chunk.",
            BAKING,
            AWAY,
        ),
        accept("png_compressed", png(&[compressed(good().as_bytes())]))
            .notes(&["baked_compressed"])
            .because(
                "The standard forbids compression; it is read with a note.",
                BAKING,
                AWAY,
            ),
        accept("png_plain_text_chunk", png(&[plain]))
            .notes(&["baked_plain_text_chunk"])
            .because(
                "The badge lies in an older kind of chunk; it is read with a note.",
                BAKING,
                AWAY,
            ),
        accept("png_with_bytes_behind_its_end", behind)
            .notes(&["baked_bytes_after_end"])
            .because(
                "Bytes behind the end are noted and not looked at.",
                BAKING,
                AWAY,
            ),
        accept("png_two_badges", png(&[itxt(&good()), itxt(&changed())]))
            .notes(&["baked_several_badges"])
            .because(
                "The first of two badges is taken, and the note says that there are more.",
                BAKING,
                "One badge would be shown and another be checked.",
            )
            .shows("name", "Moving and handling people"),
    ]
}

fn png_bad() -> Vec<Case> {
    const FORGED: &str = "A learner could rename a badge.";
    vec![
        Case::forged("png_changed")
            .file("badge.png", png(&[itxt(&changed())]))
            .because(
                "The badge in the picture was changed.",
                "VC Data Integrity 1.0, Verify Proof",
                FORGED,
            )
            .finds("proof", "fails PROOF_VERIFICATION_ERROR")
            .outcome("changed"),
        Case::forged("png_two_badges_the_first_changed")
            .file("badge.png", png(&[itxt(&changed()), itxt(&good())]))
            .notes(&["baked_several_badges"])
            .because(
                "The first badge is taken; the good one behind it does not help.",
                BAKING,
                "A forged badge would borrow the verdict of a good one.",
            )
            .finds("proof", "fails PROOF_VERIFICATION_ERROR"),
        Case::forged("png_with_words_for_a_badge")
            .file("badge.png", png(&[itxt("Northmarch County Council")]))
            .because(
                "Where a badge should be there are words: a broken badge.",
                BAKING,
                "A picture that claims to hold a badge would be passed over.",
            )
            .finds("format", "fails")
            .outcome("changed"),
        Case::forged("png_with_a_member_named_twice")
            .file(
                "badge.png",
                png(&[itxt(&good().replacen('{', "{\"name\":\"Diploma\",", 1))]),
            )
            .because(
                "The same rules as for a file of JSON.",
                "Choices, Members named twice",
                "The one who checks and the one who shows would see two badges.",
            )
            .finds("format", "fails json_duplicate_key"),
        Case::undecided("png_that_inflates_without_end")
            .file(
                "badge.png",
                png(&[compressed(&vec![b' '; 1024 * 1024 + 1])]),
            )
            .because(
                "The compressed badge is longer than we read: a limit, not a fault.",
                "Limits, L-15",
                "A small picture could fill the checker's memory.",
            )
            .finds("format", "unknown image_limits")
            .outcome("unsupported"),
        Case::undecided("png_of_5000_pixels")
            .file("badge.png", {
                let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
                file.extend(header(5_000));
                file.extend(itxt(&good()));
                file.extend(chunk(b"IDAT", &zlib(&[0, 0x80])));
                file.extend(chunk(b"IEND", &[]));
                file
            })
            .because(
                "Wider than we read: a limit, not a fault.",
                "Limits, L-15",
                "A small picture could fill a viewer's memory.",
            )
            .finds("format", "unknown image_limits"),
    ]
}

fn png_none() -> Vec<Case> {
    let none = |name, bytes: Vec<u8>| {
        Case::undecided(name)
            .file("badge.png", bytes)
            .finds("format", "unknown no_badge_found")
            .outcome("no-badge-found")
    };
    let mut broken = png(&[itxt(&good())]);
    let at = broken.len() / 2;
    broken[at] ^= 1;
    let cut = png(&[itxt(&good())])[..200].to_vec();
    let other = chunk(b"tEXt", b"Comment\0openbadgecredential");
    vec![
        none("png_without_a_badge", png(&[])).because(
            "A picture, and no badge.",
            "Command line, exit codes",
            NOT_FOUND,
        ),
        none("png_with_another_text", png(&[other])).because(
            "A remark in the picture is no badge.",
            BAKING,
            NOT_FOUND,
        ),
        none("png_with_a_wrong_checksum", broken).because(
            "The chunk with the badge is damaged.",
            "PNG, third edition, §5",
            NOT_FOUND,
        ),
        none("png_cut_off", cut).because(
            "The picture ends in the middle of the badge.",
            "PNG, third edition, §5",
            NOT_FOUND,
        ),
    ]
}

const NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";

pub fn svg(before: &str, inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{before}<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"{NAMESPACE}\" viewBox=\"0 0 8 8\">{inside}<circle cx=\"4\" cy=\"4\" r=\"3\"/></svg>\n"
    )
}

pub fn cdata(json: &str) -> String {
    format!("<openbadges:credential><![CDATA[{json}]]></openbadges:credential>")
}

fn verify(token: &str) -> String {
    format!("<openbadges:credential verify=\"{token}\"/>")
}

fn svg_good() -> Vec<Case> {
    const AWAY: &str = "An honest badge would be turned away.";
    let accept = |name, text: String| accept(name, "badge.svg", text.into_bytes());
    let token = tokens::token_of(&badge(), &issuer());
    let prefix = svg("", &cdata(&good()))
        .replace("openbadges:", "ob:")
        .replace("xmlns:openbadges", "xmlns:ob");
    let doctype = "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n";
    let script = format!("{}<script>alert(document.domain)</script>", cdata(&good()));
    let in_pieces = cdata(&good().replacen("and handling", "and ]]><![CDATA[handling", 1));
    vec![
        accept("svg", svg("", &cdata(&good()))).because(
            "A badge in the element of the standard.",
            BAKING,
            AWAY,
        ),
        accept("svg_with_a_token", svg("", &verify(&token))).because(
            "A token in the attribute of the standard.",
            BAKING,
            AWAY,
        ),
        accept("svg_with_another_prefix", prefix).because(
            "The namespace counts, not the prefix.",
            "Namespaces in XML 1.0 §4",
            AWAY,
        ),
        accept("svg_with_a_doctype", svg(doctype, &cdata(&good()))).because(
            "A DOCTYPE is read past, and never fetched.",
            BAKING,
            AWAY,
        ),
        accept("svg_with_a_script", svg("", &script)).because(
            "A script in the picture says nothing about the badge; nothing is run.",
            BAKING,
            "An honest badge would be turned away; showing the picture is another matter.",
        ),
        accept("svg_in_pieces", svg("", &in_pieces)).because(
            "The text comes in two pieces.",
            "XML 1.0 §2.7",
            AWAY,
        ),
        accept(
            "svg_two_badges",
            svg("", &(cdata(&good()) + &cdata(&changed()))),
        )
        .notes(&["baked_several_badges"])
        .because(
            "The first of two badges is taken, and the note says that there are more.",
            BAKING,
            "One badge would be shown and another be checked.",
        ),
    ]
}

fn svg_bad() -> Vec<Case> {
    const FORGED: &str = "A learner could rename a badge.";
    let token = tokens::token_of(&badge(), &issuer());
    let beside = format!(
        "<openbadges:credential verify=\"{token}\"><![CDATA[{}]]></openbadges:credential>",
        changed()
    );
    vec![
        Case::forged("svg_changed")
            .file("badge.svg", svg("", &cdata(&changed())))
            .because(
                "The badge in the picture was changed.",
                "VC Data Integrity 1.0, Verify Proof",
                FORGED,
            )
            .finds("proof", "fails PROOF_VERIFICATION_ERROR")
            .outcome("changed"),
        Case::forged("svg_two_badges_the_first_changed")
            .file("badge.svg", svg("", &(cdata(&changed()) + &cdata(&good()))))
            .notes(&["baked_several_badges"])
            .because(
                "The first badge is taken; the good one behind it does not help.",
                BAKING,
                "A forged badge would borrow the verdict of a good one.",
            )
            .finds("proof", "fails PROOF_VERIFICATION_ERROR"),
        Case::accept("svg_token_and_text_beside_it")
            .file("badge.svg", svg("", &beside))
            .notes(&["baked_text_beside_jws"])
            .because(
                "The token is taken; the other badge beside it is noted and not shown.",
                BAKING,
                "One badge would be checked and another be shown.",
            )
            .finds("proof", "holds ok")
            .shows("name", "Moving and handling people"),
    ]
}

fn svg_none() -> Vec<Case> {
    let none = |name, text: String| {
        Case::undecided(name)
            .file("badge.svg", text)
            .finds("format", "unknown no_badge_found")
            .outcome("no-badge-found")
    };
    let laughs = "<!DOCTYPE svg [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>\n";
    let outside = "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n";
    let body = |text: &str| format!("<openbadges:credential>{text}</openbadges:credential>");
    let deep = format!(
        "{}{}{}",
        "<g>".repeat(70),
        cdata(&good()),
        "</g>".repeat(70)
    );
    let other = svg("", &cdata(&good())).replace(NAMESPACE, "https://openbadges.example.org/3");
    const ENTITIES: &str = "Choices, Pictures: entities are never expanded";
    vec![
        none("svg_without_a_badge", svg("", "")).because(
            "A picture, and no badge.",
            "Command line, exit codes",
            NOT_FOUND,
        ),
        none("svg_of_another_namespace", other).because(
            "The element belongs to somebody else.",
            "Namespaces in XML 1.0 §4",
            NOT_FOUND,
        ),
        none("svg_billion_laughs", svg(laughs, &body("&c;"))).because(
            "Entities that grow are never expanded.",
            ENTITIES,
            "A small picture could fill the checker's memory.",
        ),
        none("svg_entity_of_a_file", svg(outside, &body("&x;"))).because(
            "An entity that names a file is never read.",
            ENTITIES,
            "A picture could make us show our own files.",
        ),
        none(
            "svg_with_markup_in_the_badge",
            svg("", &body(&format!("{}<b/>", good().replace('<', "&lt;")))),
        )
        .because(
            "Text with elements in it has more than one reading.",
            BAKING,
            "The one who checks and the one who shows would see two badges.",
        ),
        none(
            "svg_not_well_formed",
            svg("", &cdata(&good())).replace("</svg>", ""),
        )
        .because("The picture does not end.", "XML 1.0 §2.1", NOT_FOUND),
        Case::undecided("svg_nested_70_deep")
            .file("badge.svg", svg("", &deep))
            .because(
                "Nested deeper than we read: a limit, not a fault.",
                "Limits, L-16",
                "A picture could exhaust the stack.",
            )
            .finds("format", "unknown image_limits")
            .outcome("unsupported"),
    ]
}
