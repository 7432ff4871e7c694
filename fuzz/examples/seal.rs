//! Writes the signed seeds of FZ-02 into a folder.

use countersign::bake::{Badge, bake};
use countersign_fuzz::sealed;
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).expect("a folder"));
    for (badge, name) in sealed::badges()
        .iter()
        .zip(["token.jwt", "rdfc.json", "jcs.json"])
    {
        std::fs::write(folder.join(name), badge)?;
        if name == "rdfc.json" {
            let picture = b"<svg xmlns='http://www.w3.org/2000/svg'/>";
            let baked = bake(picture, Badge::Json(badge)).expect("a picture");
            std::fs::write(folder.join("baked.svg"), baked)?;
            let presentation = format!(
                r#"{{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":[{badge}]}}"#
            );
            std::fs::write(folder.join("presentation.json"), presentation)?;
        }
        if name == "token.jwt" {
            let enveloped = format!(
                r#"{{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,{badge}"}}"#
            );
            std::fs::write(folder.join("enveloped.json"), enveloped)?;
        }
    }
    Ok(())
}
