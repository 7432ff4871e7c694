//! Hash N-Degree Quads (RDFC-1.0 §4.8), under a budget.

use super::super::dataset::{Quad, blank_index};
use super::super::error::Error;
use super::issuer::Issuer;
use super::permute::next_arrangement;
use super::{Canonicalizer, HexDigest};
use crate::limits;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What one canonicalisation may still spend.
pub(super) struct Budget {
    calls: usize,
    permutations: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            calls: limits::RDFC_CALLS,
            permutations: limits::RDFC_PERMUTATIONS,
        }
    }
}

fn spend(left: &mut usize) -> Result<(), Error> {
    *left = left.checked_sub(1).ok_or(Error::CanonicalizationLimit)?;
    Ok(())
}

pub(super) struct NDegree<'a, 'd> {
    pub(super) canonicalizer: &'a Canonicalizer<'d>,
    pub(super) budget: &'a mut Budget,
}

/// The best path found so far, with the names it gave.
struct Chosen {
    path: String,
    issuer: Issuer,
}

impl NDegree<'_, '_> {
    /// The hash of everything reachable from `blank`, and the names given on
    /// the way.
    pub(super) fn hash(
        &mut self,
        blank: usize,
        mut issuer: Issuer,
    ) -> Result<(HexDigest, Issuer), Error> {
        spend(&mut self.budget.calls)?;
        // 1) to 3) Related blank nodes by their hash, in the order of hashes.
        let related = self.related(blank, &issuer);
        let mut data = String::new();
        // 5)
        for (hash, mut blanks) in related {
            data.push_str(&hash);
            let chosen = self.choose(&mut blanks, &issuer)?;
            data.push_str(&chosen.path);
            issuer = chosen.issuer;
        }
        let digest = self.canonicalizer.digest(std::iter::once(data.as_str()));
        Ok((digest, issuer))
    }

    fn related(&self, blank: usize, issuer: &Issuer) -> BTreeMap<HexDigest, Vec<usize>> {
        let mut related: BTreeMap<HexDigest, Vec<usize>> = BTreeMap::new();
        let canonicalizer = self.canonicalizer;
        let mentions = canonicalizer
            .mentions
            .get(blank)
            .map_or(&[][..], Vec::as_slice);
        for quad in mentions
            .iter()
            .filter_map(|at| canonicalizer.dataset.quads.get(*at as usize))
        {
            for (position, term) in [('s', quad.subject), ('o', quad.object), ('g', quad.graph)] {
                let Some(other) = blank_index(term).filter(|other| *other != blank) else {
                    continue;
                };
                let hash = self.hash_related(other, quad, position, issuer);
                related.entry(hash).or_default().push(other);
            }
        }
        related
    }

    /// §4.7 Hash Related Blank Node.
    fn hash_related(
        &self,
        other: usize,
        quad: &Quad,
        position: char,
        issuer: &Issuer,
    ) -> HexDigest {
        let mut input = String::with_capacity(128);
        input.push(position);
        if position != 'g' {
            input.push_str(self.canonicalizer.dataset.term(quad.predicate));
        }
        match self.name(other, issuer) {
            Some(name) => input.push_str(&name),
            None => input.push_str(self.canonicalizer.first(other)),
        }
        self.canonicalizer.digest(std::iter::once(input.as_str()))
    }

    /// The canonical name, else the temporary one.
    fn name(&self, blank: usize, issuer: &Issuer) -> Option<String> {
        match self.canonicalizer.canonical.number(blank) {
            Some(number) => Some(format!("_:c14n{number}")),
            None => issuer.number(blank).map(|number| format!("_:b{number}")),
        }
    }

    /// 5.4) The arrangement whose path comes first.
    fn choose(&mut self, blanks: &mut [usize], issuer: &Issuer) -> Result<Chosen, Error> {
        blanks.sort_unstable();
        let mut chosen: Option<Chosen> = None;
        loop {
            spend(&mut self.budget.permutations)?;
            if let Some(better) = self.path(blanks, issuer, chosen.as_ref())? {
                chosen = Some(better);
            }
            if !next_arrangement(blanks) {
                break;
            }
        }
        chosen.ok_or(Error::CanonicalizationLimit)
    }

    /// 5.4.1) to 5.4.6) The path of one arrangement, unless it comes after the
    /// chosen one.
    fn path(
        &mut self,
        blanks: &[usize],
        issuer: &Issuer,
        chosen: Option<&Chosen>,
    ) -> Result<Option<Chosen>, Error> {
        let mut issuer = issuer.clone();
        let mut path = String::new();
        let mut recursion = Vec::new();
        for blank in blanks {
            match self.canonicalizer.canonical.number(*blank) {
                Some(number) => push_name(&mut path, "_:c14n", number),
                None => {
                    if issuer.number(*blank).is_none() {
                        recursion.push(*blank);
                    }
                    push_name(&mut path, "_:b", issuer.issue(*blank));
                }
            }
            if comes_after(&path, chosen) {
                return Ok(None);
            }
        }
        for blank in recursion {
            let (hash, deeper) = self.hash(blank, issuer.clone())?;
            push_name(&mut path, "_:b", issuer.issue(blank));
            path.push('<');
            path.push_str(&hash);
            path.push('>');
            issuer = deeper;
            if comes_after(&path, chosen) {
                return Ok(None);
            }
        }
        let is_better = chosen.is_none_or(|chosen| path < chosen.path);
        Ok(is_better.then_some(Chosen { path, issuer }))
    }
}

/// Such a path can only grow, so the arrangement is out.
fn comes_after(path: &str, chosen: Option<&Chosen>) -> bool {
    chosen.is_some_and(|chosen| path.len() >= chosen.path.len() && path > chosen.path.as_str())
}

fn push_name(path: &mut String, prefix: &str, number: u32) {
    // Writing to a String cannot fail.
    let _ = write!(path, "{prefix}{number}");
}
