//! Honest drawings come through looking the same.

use super::{inside, refused, remade, svg};

/// Samples in the style of real designs: title, group, shape, text.
const SAMPLES: [(&str, &str); 4] = [
    ("ring", include_str!("samples/ring.svg")),
    ("path", include_str!("samples/path.svg")),
    ("drawn by a program", include_str!("samples/program.svg")),
    ("vector export", include_str!("samples/export.svg")),
];

#[test]
fn samples_keep_their_title_and_their_shapes() {
    for (name, text) in SAMPLES {
        let remade = remade(text);
        let title = text
            .split("<title")
            .nth(1)
            .and_then(|rest| rest.split("</title>").next());
        let title = title
            .and_then(|rest| rest.split_once('>'))
            .map(|(_, title)| title);
        let title = title.expect("a sample has a title");
        assert!(
            remade.contains(&format!(">{title}</title>")),
            "{name}: {remade}"
        );
        for shape in [
            "<circle",
            "<path",
            "<rect",
            "<text",
            "<use",
            "<linearGradient",
            "<stop",
        ] {
            let count = |text: &str| text.matches(shape).count();
            assert_eq!(count(&remade), count(text), "{shape} of {name}");
        }
    }
}

#[test]
fn a_plain_drawing_is_only_given_a_header_and_a_size() {
    let text = include_str!("samples/ring.svg");
    let expected = text.replace(
        "viewBox=\"0 0 400 400\"",
        "width=\"400\" height=\"400\" viewBox=\"0 0 400 400\"",
    );
    let header = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    assert_eq!(remade(text), format!("{header}{}", expected.trim_end()));
}

#[test]
fn shapes_paint_and_text_stay() {
    for same in [
        "<path d=\"M10-3.5.5a1 1 0 01.5 0zm1e-3,4\"/>",
        "<rect x=\"1px\" y=\"10%\" width=\"1em\" height=\".5\" rx=\"2\"/>",
        "<polygon points=\"0,0 1,1 -1-1\"/>",
        "<g transform=\"translate(1,2) rotate(45 1 2)\" opacity=\".5\"/>",
        "<g fill=\"none\" stroke=\"currentColor\" stroke-dasharray=\"1 2,3\"/>",
        "<g fill=\"rgb(1,2,3)\" stroke=\"hsl(120 50% 50% / .5)\" color=\"#abcd\"/>",
        "<linearGradient id=\"a\"><stop offset=\"50%\" stop-color=\"#c00\"/></linearGradient><g fill=\"url(#a) red\"/>",
        "<clipPath id=\"c\"><circle r=\"1\"/></clipPath><g clip-path=\"url(#c)\"/>",
        "<symbol id=\"s\" viewBox=\"0 0 1 1\"/><use href=\"#s\" x=\"1\"/>",
        "<text xml:space=\"preserve\" xml:lang=\"cy\">  Gofal &amp; <tspan dy=\"1.2em\">iechyd</tspan> </text>",
        "<text font-family=\"'Open Sans',sans-serif\">ألف 奖 🏅</text>",
        "<g style=\"mix-blend-mode:multiply;isolation:isolate\"/>",
        "<filter id=\"f\" x=\"-10%\"><feGaussianBlur in=\"SourceAlpha\" stdDeviation=\"2 3\"/></filter><g filter=\"url(#f)\"/>",
        "<svg x=\"1\" width=\"2\" height=\"2\" preserveAspectRatio=\"xMidYMid slice\"/>",
        "<g id=\"l\" aria-label=\"see url(#l)\"/>",
        "<title>Badge for &lt;care&gt;</title><desc>A ring</desc>",
    ] {
        assert_eq!(inside(same), same);
    }
}

#[test]
fn another_spelling_of_the_same_is_written_in_one_way() {
    for (text, expected) in [
        ("<use xlink:href='#a'/>", "<use href=\"#a\"/>"),
        ("<rect fill='URL( \"#a\" )'/>", "<rect fill=\"url(#a)\"/>"),
        ("<path d='M0\n 0\tL&#10;1 1'/>", "<path d=\"M0 0 L 1 1\"/>"),
        (
            "<text><![CDATA[a<b]]>&#x26;c</text>",
            "<text>a&lt;b&amp;c</text>",
        ),
        ("<v:rect xmlns:v='http://www.w3.org/2000/svg'/>", "<rect/>"),
        (
            "<g style='FILL : red ; ; fill: blue; nonsense'/>",
            "<g style=\"fill:blue\"/>",
        ),
        ("<g id='a'/><g id='a'/>", "<g id=\"a\"/><g/>"),
        (" <g> \n </g> text ", "<g/>"),
        ("<title>a<g id='x'/>b</title>", "<title>ab</title>"),
        ("<text>a<x xmlns='urn:x'>b</x>c</text>", "<text>ac</text>"),
        ("<text>a&#13;b\r\nc</text>", "<text>a b\nc</text>"),
    ] {
        assert_eq!(inside(text), expected, "{text}");
    }
}

/// CSS Cascading: elements, classes, ids, then the attribute itself.
#[test]
fn style_sheets_are_written_into_the_elements() {
    let sheet = "<style type='text/css'><![CDATA[ /* a */ #i{stroke:#003} .b,.c{fill:#002;opacity:.5} \
                 rect{fill:#001;stroke:#001} .b{fill:#004} ]]></style>";
    for (element, style) in [
        ("<rect/>", "fill:#001;stroke:#001"),
        ("<rect class='c'/>", "stroke:#001;fill:#002;opacity:.5"),
        ("<rect class='c b c'/>", "stroke:#001;opacity:.5;fill:#004"),
        (
            "<circle class='x b' style='opacity:1'/>",
            "fill:#004;opacity:1",
        ),
        (
            "<circle id='i' class='c'/>",
            "fill:#002;opacity:.5;stroke:#003",
        ),
    ] {
        for text in [format!("{sheet}{element}"), format!("{element}{sheet}")] {
            let remade = inside(&text);
            assert!(remade.contains(&format!("style=\"{style}\"")), "{remade}");
            assert!(
                !remade.contains("class") && !remade.contains("<style"),
                "{remade}"
            );
        }
    }
}

#[test]
fn a_drawing_has_a_size_whatever_it_says() {
    for (attributes, expected) in [
        ("viewBox='0 0 40 30'", ["40", "30", "0 0 40 30"]),
        (
            "viewBox='-1,-2 , 40 30' width='100%'",
            ["40", "30", "-1 -2 40 30"],
        ),
        ("width='80' height='60'", ["80", "60", "0 0 80 60"]),
        ("width='80px' height='1in' x='4'", ["80", "96", "0 0 80 96"]),
        ("viewBox='0 0 40 30' width='80'", ["80", "60", "0 0 40 30"]),
        (
            "viewBox='0 0 40 30' height='60' width='auto'",
            ["80", "60", "0 0 40 30"],
        ),
        (
            "viewBox='0 0 81920 40960'",
            ["4096", "2048", "0 0 81920 40960"],
        ),
        (
            "width='10' height='10' viewBox='0 0 0 0'",
            ["10", "10", "0 0 10 10"],
        ),
    ] {
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg' {attributes}/>");
        let remade = remade(&text);
        let [width, height, view] = expected;
        let expected = format!("width=\"{width}\" height=\"{height}\" viewBox=\"{view}\"/>");
        assert!(remade.ends_with(&expected), "{remade}");
        let picture = super::sanitise(text.as_bytes()).expect("a picture");
        assert_eq!(picture.width().to_string(), width);
        assert_eq!(picture.height().to_string(), height);
    }
}

#[test]
fn a_badge_that_was_baked_in_is_not_kept() {
    use crate::bake::{self, Badge};
    let plain = svg("<circle r=\"4\"/>");
    let baked = bake::bake(plain.as_bytes(), Badge::Json("{}")).expect("baked");
    let baked = String::from_utf8(baked).expect("UTF-8");
    assert_eq!(remade(&baked), remade(&plain));
    let remade = super::sanitise(baked.as_bytes()).expect("a picture");
    assert_eq!(bake::unbake(remade.bytes()), Err(bake::Error::NoBadge));
}

#[test]
fn a_badge_can_be_baked_into_what_comes_out() {
    use crate::bake::{self, Badge};
    let files: [&[u8]; 4] = [
        include_bytes!("samples/program.svg"),
        &crate::picture::drawn("Peer support", "x", "").into_bytes(),
        &super::raster::png_of(5, 4),
        &super::raster::jpeg_of(5, 4),
    ];
    for file in files {
        let picture = super::sanitise(file).expect("a picture");
        let baked = bake::bake(picture.bytes(), Badge::Json("{\"a\":1}")).expect("baked");
        let badge = bake::unbake(&baked).expect("a badge");
        assert_eq!(badge.payload.as_str(), "{\"a\":1}");
        assert_eq!(super::sanitise(&baked), Ok(picture), "without it, the same");
    }
}

#[test]
fn the_name_of_a_picture_is_the_digest_of_its_bytes() {
    use sha2::Digest as _;
    let picture = super::sanitise(svg("").as_bytes()).expect("a picture");
    let digest = sha2::Sha256::digest(picture.bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(picture.digest(), hex);
    let other = super::sanitise(svg("<g/>").as_bytes()).expect("a picture");
    assert_ne!(picture.digest(), other.digest());
}

#[test]
fn a_picture_inside_a_picture_is_made_anew_too() {
    use crate::bake::{self, Badge};
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    let png = super::raster::png_of(3, 2);
    let baked = bake::bake(&png, Badge::Json("{\"secret\":1}")).expect("baked");
    for (kind, bytes) in [
        ("png", baked.clone()),
        ("jpeg", super::raster::jpeg_of(3, 2)),
    ] {
        let data = STANDARD.encode(bytes);
        let (half, other) = data.split_at(data.len() / 2);
        let image =
            format!("<image xlink:href='data:image/{kind};base64,{half}\n{other}' width='3'/>");
        let remade = inside(&image);
        let (_, rest) = remade
            .split_once("href=\"data:image/png;base64,")
            .expect("a PNG");
        let (data, _) = rest.split_once('"').expect("an end");
        let inner = STANDARD.decode(data).expect("base64");
        assert_eq!(bake::unbake(&inner), Err(bake::Error::NoBadge));
        let own = super::sanitise(&inner).expect("a picture");
        assert_eq!((own.width(), own.height()), (3, 2));
        assert_eq!(own.bytes(), inner);
    }
    assert_eq!(
        refused(&svg("<image href='data:image/png;base64,AAAA'/>")).code(),
        "svg_refused"
    );
}
