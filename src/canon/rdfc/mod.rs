//! RDF Dataset Canonicalization 1.0 (W3C Recommendation, 21 May 2024).
//!
//! Gives blank nodes names that depend on the statements alone, so that equal
//! datasets have one text. **Promises.** Equal to the reference over the W3C
//! suite; work is counted, and a graph made to be expensive ends in
//! [`Error::CanonicalizationLimit`], not in a hang.
//!
//! Related blank nodes of one hash are kept as a list, with repetitions, as
//! §4.7 says; software that keeps a set computes other names for badges with
//! embedded proofs. Permutations that differ only in the order of repetitions
//! give the same path, so each is tried once.

mod issuer;
mod n_degree;
mod permute;
mod relabel;

use super::dataset::{Dataset, NO_GRAPH, Quad, TermId, blank_index};
use super::error::Error;
use issuer::Issuer;
use n_degree::NDegree;
pub use relabel::Statement;
use sha2::{Digest, Sha256, Sha384};

/// The hash that orders blank nodes: SHA-256 unless a suite says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256, the default.
    Sha256,
    /// SHA-384, for P-384 proofs.
    Sha384,
}

/// The canonical form of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canonical {
    /// The statements in canonical N-Quads, in code point order, each ending
    /// in a line feed.
    pub nquads: String,
    /// For each blank node, in the order the dataset met them, the number `n`
    /// of its canonical name `c14n{n}`.
    pub names: Vec<Option<u32>>,
}

impl Canonical {
    /// The names of blank nodes that the document named itself: its label and
    /// the canonical one.
    pub fn labels<'d>(&'d self, dataset: &'d Dataset) -> impl Iterator<Item = (&'d str, String)> {
        self.names
            .iter()
            .enumerate()
            .filter_map(|(at, number)| Some((dataset.label_of(at)?, format!("c14n{}", (*number)?))))
    }
}

/// Canonicalises `dataset` (§4.4.3).
///
/// # Errors
/// [`Error::CanonicalizationLimit`] beyond L-07.
pub fn canonicalize(dataset: &mut Dataset, hash: Hash) -> Result<Canonical, Error> {
    dataset.quads.sort_unstable();
    dataset.quads.dedup();
    let names = Canonicalizer::new(dataset, hash).run()?;
    Ok(Canonical {
        nquads: write_sorted(dataset, &names),
        names: names.numbers(),
    })
}

/// A digest in lower-case hexadecimal.
pub(super) type HexDigest = String;

/// The state of §4.2: statements by blank node, first-degree hashes, names.
struct Canonicalizer<'d> {
    dataset: &'d Dataset,
    hash: Hash,
    /// For each blank node, the statements it occurs in.
    mentions: Vec<Vec<u32>>,
    first_degree: Vec<HexDigest>,
    canonical: Issuer,
}

impl<'d> Canonicalizer<'d> {
    fn new(dataset: &'d Dataset, hash: Hash) -> Self {
        let mut mentions = vec![Vec::new(); dataset.blank_count()];
        for (at, quad) in dataset.quads.iter().enumerate() {
            for term in [quad.subject, quad.object, quad.graph] {
                let mention = blank_index(term).and_then(|blank| mentions.get_mut(blank));
                if let Some(mention) = mention {
                    let at = u32::try_from(at).unwrap_or(u32::MAX);
                    if mention.last() != Some(&at) {
                        mention.push(at);
                    }
                }
            }
        }
        Self {
            dataset,
            hash,
            canonical: Issuer::new(mentions.len()),
            mentions,
            first_degree: Vec::new(),
        }
    }

    fn run(mut self) -> Result<Issuer, Error> {
        // 3) First-degree hashes.
        let mut buffer = Buffers::default();
        self.first_degree = (0..self.mentions.len())
            .map(|blank| self.hash_first_degree(blank, &mut buffer))
            .collect();
        // 4) Blank nodes whose hash is unique, in the order of their hashes.
        let mut order: Vec<usize> = (0..self.mentions.len())
            .filter(|blank| {
                self.mentions
                    .get(*blank)
                    .is_some_and(|mention| !mention.is_empty())
            })
            .collect();
        order.sort_by(|left, right| self.first(*left).cmp(self.first(*right)));
        let (alone, shared): (Vec<&[usize]>, Vec<&[usize]>) = order
            .chunk_by(|left, right| self.first(*left) == self.first(*right))
            .partition(|group| group.len() == 1);
        for blank in alone.concat() {
            self.canonical.issue(blank);
        }
        // 5) The others.
        let mut budget = n_degree::Budget::default();
        for group in shared {
            self.name_group(group, &mut budget)?;
        }
        Ok(self.canonical)
    }

    /// §4.4.3 step 5: the members of a group are ordered by the hash of all
    /// that is reachable from them.
    fn name_group(&mut self, group: &[usize], budget: &mut n_degree::Budget) -> Result<(), Error> {
        let mut paths: Vec<(HexDigest, Issuer)> = Vec::new();
        for blank in group {
            if self.canonical.number(*blank).is_some() {
                continue;
            }
            let mut temporary = Issuer::new(self.mentions.len());
            temporary.issue(*blank);
            let outcome = NDegree {
                canonicalizer: self,
                budget,
            }
            .hash(*blank, temporary)?;
            paths.push(outcome);
        }
        paths.sort_by(|(left, _), (right, _)| left.cmp(right));
        for (_, issuer) in paths {
            for blank in issuer.in_order() {
                self.canonical.issue(*blank);
            }
        }
        Ok(())
    }

    fn first(&self, blank: usize) -> &str {
        self.first_degree.get(blank).map_or("", String::as_str)
    }

    /// §4.6: the statements of one blank node, with `_:a` for itself and
    /// `_:z` for others.
    fn hash_first_degree(&self, blank: usize, buffers: &mut Buffers) -> HexDigest {
        buffers.text.clear();
        buffers.lines.clear();
        let mentions = self.mentions.get(blank).map_or(&[][..], Vec::as_slice);
        for quad in mentions
            .iter()
            .filter_map(|at| self.dataset.quads.get(*at as usize))
        {
            let start = buffers.text.len();
            write_quad(&mut buffers.text, self.dataset, quad, |out, other| {
                out.push_str(if other == blank { "_:a" } else { "_:z" });
            });
            buffers.lines.push((start, buffers.text.len()));
        }
        let Buffers { text, lines } = buffers;
        let line = |(start, end): (usize, usize)| text.get(start..end).unwrap_or_default();
        lines.sort_unstable_by(|left, right| line(*left).cmp(line(*right)));
        self.digest(lines.iter().map(|at| line(*at)))
    }

    fn digest<'t>(&self, parts: impl Iterator<Item = &'t str>) -> HexDigest {
        match self.hash {
            Hash::Sha256 => hex_digest::<Sha256>(parts),
            Hash::Sha384 => hex_digest::<Sha384>(parts),
        }
    }
}

#[derive(Default)]
struct Buffers {
    text: String,
    lines: Vec<(usize, usize)>,
}

fn hex_digest<'t, D: Digest>(parts: impl Iterator<Item = &'t str>) -> HexDigest {
    let mut digest = D::new();
    for part in parts {
        digest.update(part.as_bytes());
    }
    let mut hex = String::with_capacity(96);
    for byte in digest.finalize() {
        for digit in [byte >> 4, byte & 0xF] {
            hex.push(char::from(if digit < 10 {
                b'0' + digit
            } else {
                b'a' + digit - 10
            }));
        }
    }
    hex
}

/// Appends one statement and its line feed; `blank` writes blank nodes.
fn write_quad(
    out: &mut String,
    dataset: &Dataset,
    quad: &Quad,
    blank: impl Fn(&mut String, usize),
) {
    let write = |out: &mut String, term: TermId| match blank_index(term) {
        Some(index) => blank(out, index),
        None => out.push_str(dataset.term(term)),
    };
    write(out, quad.subject);
    out.push(' ');
    write(out, quad.predicate);
    out.push(' ');
    write(out, quad.object);
    if quad.graph != NO_GRAPH {
        out.push(' ');
        write(out, quad.graph);
    }
    out.push_str(" .\n");
}

/// §4.4.3 steps 6 and 7: all statements under their new names, in order.
fn write_sorted(dataset: &Dataset, names: &Issuer) -> String {
    let labels: Vec<String> = names
        .numbers()
        .into_iter()
        .map(|number| format!("_:c14n{}", number.unwrap_or_default()))
        .collect();
    let mut text = String::with_capacity(dataset.quads.len() * 192);
    let mut lengths = Vec::with_capacity(dataset.quads.len());
    for quad in &dataset.quads {
        let start = text.len();
        write_quad(&mut text, dataset, quad, |out, blank| {
            out.push_str(labels.get(blank).map_or("", String::as_str));
        });
        lengths.push(text.len() - start);
    }
    let mut rest = text.as_str();
    let mut sorted: Vec<&str> = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (line, after) = rest.split_at(length);
        sorted.push(line);
        rest = after;
    }
    sorted.sort_unstable();
    sorted.concat()
}
