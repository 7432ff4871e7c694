//! JSON trees made of the words of badges, from arbitrary bytes.
//!
//! Random text is hardly ever a badge. Here every choice is taken from a list
//! of words that means something to a reader, or from the bytes themselves.

use arbitrary::{Result, Unstructured};

/// Deeper than any badge, less deep than L-02.
const DEPTH: usize = 7;

const NAMES: &[&str] = &[
    "id",
    "type",
    "name",
    "description",
    "issuer",
    "credentialSubject",
    "achievement",
    "criteria",
    "narrative",
    "image",
    "caption",
    "validFrom",
    "validUntil",
    "credentialStatus",
    "credentialSchema",
    "statusListIndex",
    "evidence",
    "alignment",
    "targetName",
    "targetUrl",
    "result",
    "resultDescription",
    "value",
    "achievedLevel",
    "rubricCriterionLevel",
    "creditsAvailable",
    "identifier",
    "identityHash",
    "hashed",
    "salt",
    "tag",
    "inLanguage",
    "creator",
    "otherIdentifier",
    "address",
    "geo",
    "latitude",
    "endorsement",
    "endorsementJwt",
    "related",
    "version",
    "relatedResource",
    "termsOfUse",
    "refreshService",
    "proof",
    "cryptosuite",
    "proofPurpose",
    "verificationMethod",
    "created",
    "proofValue",
    "previousProof",
    "@id",
    "@type",
    "@value",
    "@language",
    "@direction",
    "@list",
    "@set",
    "@graph",
    "@reverse",
    "@included",
    "@index",
    "@nest",
    "@json",
    "@none",
    "@unknown",
    "unmapped",
    "https://a.example/property",
    "schema:name",
    "VerifiableCredential",
];

const TEXTS: &[&str] = &[
    "VerifiableCredential",
    "VerifiablePresentation",
    "AchievementCredential",
    "OpenBadgeCredential",
    "EndorsementCredential",
    "EndorsementSubject",
    "Achievement",
    "AchievementSubject",
    "Profile",
    "Criteria",
    "Image",
    "Evidence",
    "Alignment",
    "Result",
    "ResultDescription",
    "IdentityObject",
    "IdentifierEntry",
    "Address",
    "GeoCoordinates",
    "Related",
    "DataIntegrityProof",
    "BitstringStatusListEntry",
    "1EdTechJsonSchemaValidator2019",
    "https://a.example/1",
    "https://a.example/ä",
    "https://a.example/a b",
    "urn:uuid:1",
    "did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
    "_:b0",
    "_:b1",
    "relative",
    "#part",
    "?query",
    "",
    ":",
    "@id",
    "@type",
    "@none",
    "2026-01-01T00:00:00Z",
    "en",
    "EN-gb",
    "e\u{301}\u{1F3C5}\u{2028}",
    "\" \\ \n \u{0} \u{7f}",
];

const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "-0.0",
    "1",
    "-1",
    "1.0",
    "1.5",
    "42.00",
    "0.1",
    "1e21",
    "1e20",
    "123456789012345678901.0",
    "9007199254740991",
    "1E-7",
    "0.000001",
    "5e-324",
    "1.7976931348623157e308",
    "333333333.33333329",
];

/// An object as JSON text.
pub fn object(u: &mut Unstructured<'_>) -> Result<String> {
    let mut out = String::new();
    write_object(u, &mut out, DEPTH)?;
    Ok(out)
}

/// A value as JSON text.
pub fn value(u: &mut Unstructured<'_>) -> Result<String> {
    let mut out = String::new();
    write_value(u, &mut out, DEPTH)?;
    Ok(out)
}

fn write_value(u: &mut Unstructured<'_>, out: &mut String, depth: usize) -> Result<()> {
    match u.int_in_range(0..=9)? {
        0 => out.push_str(u.choose(&["true", "false", "null"])?),
        1 => out.push_str(u.choose(NUMBERS)?),
        2 if depth > 0 => write_array(u, out, depth - 1)?,
        3..=5 if depth > 0 => write_object(u, out, depth - 1)?,
        6 => quote(u.arbitrary::<&str>()?, out),
        _ => quote(u.choose(TEXTS)?, out),
    }
    Ok(())
}

fn write_array(u: &mut Unstructured<'_>, out: &mut String, depth: usize) -> Result<()> {
    out.push('[');
    for at in 0..u.int_in_range(0..=3)? {
        if at > 0 {
            out.push(',');
        }
        write_value(u, out, depth)?;
    }
    out.push(']');
    Ok(())
}

fn write_object(u: &mut Unstructured<'_>, out: &mut String, depth: usize) -> Result<()> {
    out.push('{');
    let mut names: Vec<String> = Vec::new();
    for _ in 0..u.int_in_range(0..=6)? {
        let name = if u.ratio(1, 24)? {
            u.arbitrary::<String>()?
        } else {
            (*u.choose(NAMES)?).to_owned()
        };
        if names.contains(&name) {
            continue;
        }
        if !names.is_empty() {
            out.push(',');
        }
        quote(&name, out);
        out.push(':');
        names.push(name);
        write_value(u, out, depth)?;
    }
    out.push('}');
    Ok(())
}

fn quote(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}
