//! Takes a badge out of an SVG.

use super::super::error::{Error, Limit, SvgFault};
use super::super::payload::{Payload, is_compact_jws, trim};
use super::super::{Baked, ImageKind, Note};
use super::scan::{Element, Scanner, Step, decode};
use crate::limits;

/// The first badge wins; the rest of the document must be sound all the same.
pub(in super::super) fn unbake(bytes: &[u8]) -> Result<Baked, Error> {
    let (_, text) = decode(bytes)?;
    let mut scanner = Scanner::new(text);
    let mut found: Option<Baked> = None;
    loop {
        let element = match scanner.next()? {
            Step::Open(element) => element,
            Step::End => return found.ok_or(Error::NoBadge),
            _ => continue,
        };
        let Some(generation) = element.badge else {
            continue;
        };
        if let Some(first) = &mut found {
            if !first.notes.contains(&Note::SeveralBadges) {
                first.notes.push(Note::SeveralBadges);
            }
            continue;
        }
        let (payload, notes) = read_badge(&mut scanner, &element)?;
        found = Some(Baked {
            image: ImageKind::Svg,
            generation,
            payload,
            notes,
        });
    }
}

fn read_badge(
    scanner: &mut Scanner<'_>,
    element: &Element<'_>,
) -> Result<(Payload, Vec<Note>), Error> {
    let verify = element.attribute("verify")?;
    let body = if element.is_empty {
        String::new()
    } else {
        read_body(scanner)?
    };
    let verify = trim(verify.as_deref().unwrap_or_default());
    if verify.len() > limits::BAKED_TEXT_BYTES {
        return Err(Limit::Badge.into());
    }
    let has_body = !trim(&body).is_empty();
    if is_compact_jws(verify) && has_body {
        return Ok((Payload::of(verify), vec![Note::TextBesideJws]));
    }
    // A hosted 2.0 assertion has its address in `verify`, and also in the JSON.
    let text = if has_body { &body } else { verify };
    Ok((Payload::of(text), Vec::new()))
}

/// Characters up to the end tag: CDATA, text and references, in any mixture.
fn read_body(scanner: &mut Scanner<'_>) -> Result<String, Error> {
    let mut body = String::new();
    loop {
        match scanner.next()? {
            Step::Text(text) => body.push_str(&text),
            Step::Close { .. } => return Ok(body),
            Step::Open(_) => return Err(SvgFault::Markup.into()),
            Step::Entity => return Err(SvgFault::Entity.into()),
            Step::End => return Err(SvgFault::Truncated.into()),
        }
        if body.len() > limits::BAKED_TEXT_BYTES {
            return Err(Limit::Badge.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Error, Generation, looks_like};
    use super::*;

    const V3: &str = "xmlns:o='https://purl.imsglobal.org/ob/v3p0'";
    const V2: &str = "xmlns:o='http://openbadges.org'";

    fn svg(namespace: &str, inside: &str) -> String {
        format!("<svg xmlns='http://www.w3.org/2000/svg' {namespace}>{inside}</svg>")
    }

    #[track_caller]
    fn check(svg: &str, generation: Generation, payload: &Payload, notes: &[Note]) {
        let baked = unbake(svg.as_bytes()).expect("a badge");
        assert_eq!(baked.generation, generation);
        assert_eq!(&baked.payload, payload);
        assert_eq!(baked.notes, notes);
    }

    #[track_caller]
    fn check_json(inside: &str, json: &str) {
        let payload = Payload::Json(json.to_owned());
        check(&svg(V3, inside), Generation::V3, &payload, &[]);
    }

    #[track_caller]
    fn refuse(svg: &str, expected: impl Into<Error>) {
        assert_eq!(unbake(svg.as_bytes()), Err(expected.into()), "{svg:.200}");
    }

    #[track_caller]
    fn malformed(svg: &str) {
        assert_eq!(looks_like(svg.as_bytes()), Some(ImageKind::Svg), "{svg}");
        let error = unbake(svg.as_bytes()).expect_err("refused");
        let is_malformed = matches!(
            error,
            Error::Svg(SvgFault::Xml { .. } | SvgFault::Truncated)
        );
        assert!(is_malformed, "{svg}: {error}");
    }

    #[test]
    fn json_is_read_however_it_is_quoted() {
        let json = "{\"a\":\"<&>\"}";
        for body in [
            "<![CDATA[{\"a\":\"<&>\"}]]>",
            "\n <![CDATA[\t{\"a\":]]><![CDATA[\"<&>\"}]]>\r\n",
            "{&quot;a&#34;:\"&lt;&amp;&gt;&#x22;}",
            "{\"a\":<!-- no --><![CDATA[\"<&]]>><?no no?>\"}",
        ] {
            check_json(&format!("<o:credential>{body}</o:credential>"), json);
        }
        check_json("<o:credential/>", "");
        check_json("<o:credential verify=' '> </o:credential>", "");
        check_json("<g><g><o:credential >{}</o:credential ></g></g>", "{}");
        check_json("<o:credential verify='x'>{}</o:credential>", "{}");
    }

    #[test]
    fn a_jws_is_read_from_verify_and_wins() {
        let jws = Payload::Jws("a.b.c".into());
        for inside in [
            "<o:credential verify='a.b.c'/>",
            "<o:credential x='1' verify = \"\n&#97;.b.c \" > </o:credential>",
            "<o:credential>a.b.c</o:credential>",
        ] {
            check(&svg(V3, inside), Generation::V3, &jws, &[]);
        }
        let both = "<o:credential verify='a.b.c'>{}</o:credential>";
        check(&svg(V3, both), Generation::V3, &jws, &[Note::TextBesideJws]);
    }

    #[test]
    fn older_badges_are_told_by_their_namespace() {
        let check = |inside: &str, payload: &Payload| {
            check(&svg(V2, inside), Generation::V2, payload, &[]);
        };
        check(
            "<o:assertion verify='https://a.example/1'><![CDATA[{}]]></o:assertion>",
            &Payload::Json("{}".into()),
        );
        check(
            "<o:assertion verify='https://a.example/?a&amp;b'/>",
            &Payload::HostedUrl("https://a.example/?a&b".into()),
        );
        check(
            "<o:assertion verify='a.b.c'/>",
            &Payload::Jws("a.b.c".into()),
        );
    }

    #[test]
    fn the_namespace_counts_and_not_the_prefix() {
        let ns = "https://purl.imsglobal.org/ob/v3p0";
        let found = Payload::Json("{}".into());
        for inside in [
            format!("<credential xmlns='{ns}'>{{}}</credential>"),
            format!("<svg:credential xmlns:svg='{ns}'>{{}}</svg:credential>"),
            "<z:credential xmlns:z='&#104;ttps://purl.imsglobal.org/ob/v3p0'>{}</z:credential>"
                .into(),
        ] {
            check(&svg("", &inside), Generation::V3, &found, &[]);
        }
        for (namespace, inside) in [
            ("xmlns:openbadges='urn:x'", "<openbadges:credential/>"),
            ("", "<openbadges:credential/>"),
            ("", "<credential/>"),
            (V2, "<o:credential/>"),
            (V3, "<o:assertion/>"),
            (V3, "<o:Credential/>"),
            (V3, "<g xmlns:o='urn:x'><o:credential/></g>"),
            (V3, "<g xmlns:o=''><o:credential/></g>"),
            (V3, "<g o:credential='{}'/>"),
            (V3, "<!-- <o:credential/> --><![CDATA[<o:credential/>]]>"),
            (
                "",
                "<g xmlns:p='https://purl.imsglobal.org/ob/v3p0'/><p:credential/>",
            ),
            (
                "xmlns:o='https://purl.imsglobal.org/ob/v3p0/'",
                "<o:credential/>",
            ),
            (
                "xmlns:o='HTTPS://purl.imsglobal.org/ob/v3p0'",
                "<o:credential/>",
            ),
        ] {
            refuse(&svg(namespace, inside), Error::NoBadge);
        }
    }

    #[test]
    fn the_first_of_several_badges_is_taken() {
        let three = "<o:credential>{\"n\":1}</o:credential><o:credential/>\
            <g><o:credential><x/>&y;</o:credential></g>";
        let first = Payload::Json("{\"n\":1}".into());
        let notes = [Note::SeveralBadges];
        check(&svg(V3, three), Generation::V3, &first, &notes);
    }

    #[test]
    fn what_stands_before_the_root_does_not_matter() {
        let picture = svg(V3, "<o:credential>{}</o:credential>");
        let found = Payload::Json("{}".into());
        for before in [
            "\u{feff}<?xml version='1.0' encoding='utf-8' standalone='no'?>\n",
            "<?xml version='1.0'?><!-- a > b --><?php echo '<svg/>' ?>",
            "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://a.example/svg11.dtd'>",
            "<!DOCTYPE svg [<!ENTITY a ']>'> <!-- ]> --> <!ATTLIST svg b CDATA '>'> %c;]>",
        ] {
            let picture = format!("{before}{picture}\n<!-- end -->\n");
            check(&picture, Generation::V3, &found, &[]);
        }
    }

    #[test]
    fn entities_are_never_expanded() {
        let laughs: String = (1..10)
            .map(|n| format!("<!ENTITY l{n} '{}'>", format!("&l{};", n - 1).repeat(10)))
            .collect();
        let doctype = format!("<!DOCTYPE svg [<!ENTITY l0 'lol'>{laughs}]>");
        let outside = svg(V3, "<text a='&l9;'>&l9;</text>");
        refuse(&format!("{doctype}{outside}"), Error::NoBadge);
        let files = "<!DOCTYPE svg [<!ENTITY f SYSTEM 'file:///etc/passwd'>\
            <!ENTITY % p SYSTEM 'http://a.example/x'>%p;]>";
        for entity in ["&l9;", "&f;", "&nbsp;", "&AMP;"] {
            for badge in [
                format!("<o:credential>{{\"a\":\"{entity}\"}}</o:credential>"),
                format!("<o:credential verify='{entity}'/>"),
            ] {
                let picture = svg(V3, &badge);
                refuse(&format!("{doctype}{picture}"), SvgFault::Entity);
                refuse(&format!("{files}{picture}"), SvgFault::Entity);
            }
        }
        let hidden = "<!DOCTYPE svg [<!ENTITY n 'https://purl.imsglobal.org/ob/v3p0'>]>";
        let hidden = format!("{hidden}{}", svg("xmlns:o='&n;'", "<o:credential/>"));
        refuse(&hidden, Error::NoBadge);
    }

    #[test]
    fn a_badge_with_elements_in_it_is_refused() {
        for inside in ["{}<b/>", "<b>{}</b>", "<o:credential>{}</o:credential>"] {
            let badge = format!("<o:credential>{inside}</o:credential>");
            refuse(&svg(V3, &badge), SvgFault::Markup);
        }
    }

    #[test]
    fn xml_that_is_not_well_formed_is_refused() {
        let whole = svg(V3, "<o:credential>{}</o:credential>");
        for length in whole.find('>').unwrap() + 1..whole.len() {
            malformed(&whole[..length]);
        }
        malformed(&format!("{whole}{whole}"));
        malformed(&format!("{whole}text"));
        malformed(&format!("{whole}<![CDATA[ ]]>"));
        malformed(&format!("{whole}&lt;"));
        malformed(&format!(" <?xml version='1.0'?>{whole}"));
        malformed(&format!("<!DOCTYPE svg><!DOCTYPE svg>{whole}"));
        for inside in [
            "<g></h>",
            "<g></g x=''>",
            "</g>",
            "<g a=1/>",
            "<g a/>",
            "<g a='1' a='2'/>",
            "<g a='<'/>",
            "<g a='1/>",
            "<g><!DOCTYPE g></g>",
            "<?xml version='1.0'?>",
            "&lt",
            "&#0;",
            "&#xd800;",
            "&#x110000;",
            "&#+65;",
            "<g xmlns:='urn:x'/>",
            "<g xmlns:xmlns='urn:x'/>",
            "<g xmlns:xml='urn:x'/>",
            "<!g>",
            "<![CDATA[",
        ] {
            malformed(&svg("", inside));
        }
    }

    #[test]
    fn only_utf_8_is_read() {
        let picture = svg(V3, "<o:credential>{}</o:credential>");
        for name in ["iso-8859-1", "UTF-16", "utf8", "us-ascii", ""] {
            let declared = format!("<?xml version='1.0' encoding='{name}'?>{picture}");
            refuse(&declared, SvgFault::Encoding);
        }
        let latin = [picture.as_bytes(), b"<!-- \xe9 -->"].concat();
        assert_eq!(unbake(&latin), Err(Error::Utf8));
    }

    #[test]
    fn the_root_is_an_svg() {
        for root in [
            "<svg/>",
            "<svg xmlns='&ns_svg;'/>",
            "<x:svg xmlns:x='http://www.w3.org/2000/svg'/>",
        ] {
            refuse(root, Error::NoBadge);
        }
        for root in ["<svg xmlns='urn:x'/>", "<x:svg/>", "<SVG/>", "<html/>"] {
            refuse(root, Error::NotAnImage);
        }
    }

    #[test]
    fn depth_elements_and_attributes_are_bounded() {
        let deep = |depth: usize| {
            let inside = depth - 1;
            svg(
                "",
                &format!("{}{}", "<g>".repeat(inside), "</g>".repeat(inside)),
            )
        };
        refuse(&deep(limits::SVG_DEPTH), Error::NoBadge);
        refuse(&deep(limits::SVG_DEPTH + 1), Limit::Depth);
        refuse(&svg("", &"<g>".repeat(400_000)), Limit::Depth);
        refuse(&svg("", &"<g>".repeat(1_000_000)), Limit::Bytes);
        refuse(
            &svg("", &"<g/>".repeat(limits::SVG_ELEMENTS - 1)),
            Error::NoBadge,
        );
        refuse(
            &svg("", &"<g/>".repeat(limits::SVG_ELEMENTS)),
            Limit::Elements,
        );
        let attributes = |count: usize| {
            let many: String = (0..count).map(|n| format!(" a{n}=''")).collect();
            svg("", &format!("<g{many}/>"))
        };
        refuse(&attributes(256), Error::NoBadge);
        refuse(&attributes(257), Limit::Attributes);
        let namespaces: String = (0..200).map(|n| format!(" xmlns:a{n}='urn:x'")).collect();
        refuse(&svg(&namespaces, ""), Limit::Attributes);
    }

    #[test]
    fn bytes_are_bounded() {
        let long = " ".repeat(limits::BAKED_TEXT_BYTES + 1);
        refuse(
            &svg(V3, &format!("<o:credential>{long}</o:credential>")),
            Limit::Badge,
        );
        refuse(
            &svg(V3, &format!("<o:credential verify='a{long}b'/>")),
            Limit::Badge,
        );
        let large = svg("", &" ".repeat(limits::SVG_BYTES));
        refuse(&large, Limit::Bytes);
    }
}
