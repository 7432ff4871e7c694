//! `countersign demo`: the whole way of a badge, with invented people.

use super::documents::Documents;
use super::failure::Failure;
use super::sign::{self, Order};
use super::{files, show};
use crate::bake::{self, Badge};
use crate::clock::Moment;
use crate::issue::{Draft, Seal, Signed};
use crate::json::{Object, Value};
use crate::keys::{Algorithm, SecretKey};
use crate::proof::Suite;
use crate::status::{Bitstring, EntrySize, ListDraft, ListEntry, Purpose};
use crate::verify::{Policy, Question, Report, State, explain};
use std::path::PathBuf;
use std::process::ExitCode;

/// Sign a course, an apprenticeship and an award badge, save one in a picture, check them all
///
/// Everything is written to a folder, so that you can try the other commands on
/// it. People and organisations are invented.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder to write
    #[arg(long, value_name = "DIR", default_value = "countersign-demo")]
    data: PathBuf,
}

/// A badge of the demo.
struct Example {
    name: &'static str,
    draft: &'static str,
    host: &'static str,
    path: &'static str,
    index: u64,
}

const EXAMPLES: [Example; 3] = [
    Example {
        name: "course",
        draft: include_str!("course.json"),
        host: "northmarch.badges.example.org",
        path: "",
        index: 94_567,
    },
    Example {
        name: "apprenticeship",
        draft: include_str!("apprenticeship.json"),
        host: "severnhythe.badges.example.org",
        path: "",
        index: 31_007,
    },
    Example {
        name: "award",
        draft: include_str!("award.json"),
        host: "severnhythe.badges.example.org",
        path: "issuers/marchlands-care",
        index: 120_001,
    },
];

const PICTURE: &[u8] = include_bytes!("award.svg");

impl Example {
    fn base(&self) -> String {
        let slash = if self.path.is_empty() { "" } else { "/" };
        format!("https://{}{slash}{}", self.host, self.path)
    }

    fn did(&self) -> String {
        let path = if self.path.is_empty() {
            String::new()
        } else {
            format!(":{}", self.path.replace('/', ":"))
        };
        format!("did:web:{}{path}", self.host)
    }

    fn list(&self) -> String {
        format!("{}/status/1", self.base())
    }
}

pub(super) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let now = files::moment(None)?;
    let mut demo = Demo {
        folder: args.data.clone(),
        now,
        said: String::new(),
        all_as_expected: true,
    };
    demo.say("Sealing three badges. Each organisation gets a key of its own.\n");
    for example in &EXAMPLES {
        demo.issue(example)?;
    }
    demo.bake()?;
    demo.say("\nChecking them, with the organisations' documents from the folder.\n");
    for name in [
        "course.json",
        "apprenticeship.json",
        "award.json",
        "award.svg",
    ] {
        demo.check(name, State::Holds)?;
    }
    demo.tamper()?;
    demo.check("changed.json", State::Fails)?;
    demo.withdraw()?;
    demo.finish()
}

struct Demo {
    folder: PathBuf,
    now: Moment,
    said: String,
    all_as_expected: bool,
}

impl Demo {
    fn say(&mut self, text: &str) {
        self.said.push_str(text);
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| Failure::unwritable(parent, error))?;
        }
        files::write(Some(&path), bytes)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Failure> {
        files::read(&self.folder.join(path), crate::limits::IMAGE_BYTES)
    }

    /// A key, a DID document, a status list and the badge.
    fn issue(&mut self, example: &Example) -> Result<(), Failure> {
        let key = SecretKey::generate(Algorithm::Ed25519, &mut rand::rng())
            .map_err(|error| Failure::ours(error.to_string()))?;
        let pem = key
            .to_pem()
            .map_err(|error| Failure::ours(error.to_string()))?;
        self.write_key(example, &pem)?;
        self.publish(example, &key, &[])?;
        let badge = self.seal(example, &key)?;
        self.write(&format!("{}.json", example.name), badge.as_bytes())?;
        self.say(&format!(
            "  {:<20} sealed by {}\n",
            format!("{}.json", example.name),
            example.did()
        ));
        Ok(())
    }

    /// A demo is run more than once, so an earlier key may go.
    fn write_key(&self, example: &Example, pem: &str) -> Result<(), Failure> {
        let folder = self.folder.join("keys");
        std::fs::create_dir_all(&folder).map_err(|error| Failure::unwritable(&folder, error))?;
        let path = folder.join(format!("{}.key", example.name));
        drop(std::fs::remove_file(&path));
        files::write_secret(&path, pem.as_bytes())
    }

    fn seal(&self, example: &Example, key: &SecretKey) -> Result<String, Failure> {
        let mut draft = object(example.draft)?;
        let entry = ListEntry::new(example.list(), example.index, Purpose::Revocation).to_object();
        draft.set("credentialStatus", entry);
        self.signed(&draft, key, example)
            .map(|signed| sign::printed(&signed))
    }

    fn signed(
        &self,
        draft: &Object<'static>,
        key: &SecretKey,
        example: &Example,
    ) -> Result<Signed, Failure> {
        let draft = Draft::from_object(draft).map_err(|error| Failure::ours(error.to_string()))?;
        let order = Order {
            seal: Seal::Embedded(Suite::EddsaRdfc2022),
            method: format!("{}#key-1", example.did()),
            set_issuer: true,
            now: self.now,
        };
        sign::seal(draft, key, order)
    }

    /// The DID document and the status list, where a web server would have
    /// them.
    fn publish(
        &self,
        example: &Example,
        key: &SecretKey,
        withdrawn: &[u64],
    ) -> Result<(), Failure> {
        let place = match example.path {
            "" => ".well-known".to_owned(),
            path => path.to_owned(),
        };
        let document = did_document(&example.did(), key)?;
        self.write(
            &format!("documents/{}/{place}/did.json", example.host),
            document.as_bytes(),
        )?;
        let failed = |error: crate::status::Error| Failure::ours(error.to_string());
        let mut bits = Bitstring::new(Bitstring::MIN_ENTRIES, EntrySize::ONE).map_err(failed)?;
        for index in withdrawn {
            bits.set(*index, EntrySize::ONE, 1).map_err(failed)?;
        }
        let list = ListDraft {
            id: &example.list(),
            issuer: &example.did(),
            purpose: &Purpose::Revocation,
            valid_from: self.now,
            valid_until: self.now.plus_seconds(7 * 86_400),
            ttl: None,
        };
        let list = list.to_credential(&bits).map_err(failed)?;
        let signed = self.signed(&list, key, example)?;
        let path = example.list().trim_start_matches("https://").to_owned();
        self.write(
            &format!("documents/{path}.json"),
            sign::printed(&signed).as_bytes(),
        )
    }

    fn bake(&mut self) -> Result<(), Failure> {
        let badge = self.read("award.json")?;
        let text = String::from_utf8_lossy(&badge).into_owned();
        let baked = bake::bake(PICTURE, Badge::Json(&text))
            .map_err(|error| Failure::ours(error.to_string()))?;
        self.write("award.svg", &baked)?;
        self.say("  award.svg            the award badge, saved inside its picture\n");
        Ok(())
    }

    fn report(&self, name: &str) -> Result<Report, Failure> {
        let mut documents = Documents::new(Some(self.folder.join("documents")));
        Ok(documents.check(&self.read(name)?, self.now, Policy::default()))
    }

    fn check(&mut self, name: &str, expected: State) -> Result<(), Failure> {
        let report = self.report(name)?;
        let explanation = explain(&report);
        self.say(&format!(
            "  {name:<20} [{}] {}\n",
            explanation.tag, explanation.headline
        ));
        self.all_as_expected &= report.answer(Question::Authentic).state == expected;
        Ok(())
    }

    fn tamper(&mut self) -> Result<(), Failure> {
        let badge = String::from_utf8_lossy(&self.read("apprenticeship.json")?)
            .replace("\"Merit\"", "\"Distinction\"");
        self.write("changed.json", badge.as_bytes())?;
        self.say("\nSomebody changes a grade from Merit to Distinction.\n");
        Ok(())
    }

    fn withdraw(&mut self) -> Result<(), Failure> {
        let [_, apprenticeship, _] = &EXAMPLES;
        let key = self.read(&format!("keys/{}.key", apprenticeship.name))?;
        let key = SecretKey::parse(&key).map_err(|error| Failure::ours(error.to_string()))?;
        self.publish(apprenticeship, &key, &[apprenticeship.index])?;
        self.say("\nThe organisation withdraws the apprenticeship badge.\n");
        self.check("apprenticeship.json", State::Holds)?;
        let report = self.report("apprenticeship.json")?;
        self.all_as_expected &= report.answer(Question::Current).code == "revoked";
        Ok(())
    }

    fn finish(mut self) -> Result<ExitCode, Failure> {
        let mut full = String::new();
        show::one(&mut full, None, &self.report("award.json")?);
        self.say(&format!("\nThe award badge in full:\n\n{full}"));
        let folder = self.folder.display();
        self.said.push_str(&format!(
            "\nTry it yourself:\n  countersign check --documents {folder}/documents {folder}/award.svg\n  countersign unbake {folder}/award.svg\n"
        ));
        files::write(None, self.said.as_bytes())?;
        if self.all_as_expected {
            Ok(ExitCode::SUCCESS)
        } else {
            Err(Failure::ours("a check did not end as it should"))
        }
    }
}

fn object(text: &str) -> Result<Object<'static>, Failure> {
    match crate::json::parse(text.as_bytes()) {
        Ok(Value::Object(object)) => Ok(object.into_owned()),
        _ => Err(Failure::ours("the sample is not JSON")),
    }
}

fn did_document(did: &str, key: &SecretKey) -> Result<String, Failure> {
    let multibase = key
        .public()
        .to_multibase()
        .ok_or_else(|| Failure::ours("the key has no multikey"))?;
    let text = format!(
        r#"{{"@context":["https://www.w3.org/ns/did/v1","https://w3id.org/security/multikey/v1"],"id":"{did}","verificationMethod":[{{"id":"{did}#key-1","type":"Multikey","controller":"{did}","publicKeyMultibase":"{multibase}"}}],"assertionMethod":["{did}#key-1"]}}"#
    );
    object(&text).map(|document| format!("{}\n", Value::Object(document).to_json_pretty()))
}
