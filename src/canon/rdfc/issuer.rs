//! Issues names in order (RDFC-1.0 §4.3 and §4.5).

/// Numbers blank nodes in the order they are asked for. The prefix of the name
/// (`c14n` or `b`) is the caller's.
#[derive(Debug, Clone)]
pub(super) struct Issuer {
    numbers: Vec<u32>,
    order: Vec<usize>,
}

const NONE: u32 = u32::MAX;

impl Issuer {
    pub(super) fn new(blanks: usize) -> Self {
        Self {
            numbers: vec![NONE; blanks],
            order: Vec::new(),
        }
    }

    /// The number of `blank`: the old one, or the next.
    pub(super) fn issue(&mut self, blank: usize) -> u32 {
        if let Some(number) = self.number(blank) {
            return number;
        }
        let next = u32::try_from(self.order.len()).unwrap_or(NONE);
        if let Some(place) = self.numbers.get_mut(blank) {
            *place = next;
            self.order.push(blank);
        }
        next
    }

    pub(super) fn number(&self, blank: usize) -> Option<u32> {
        self.numbers
            .get(blank)
            .copied()
            .filter(|number| *number != NONE)
    }

    /// The blank nodes in the order they were numbered.
    pub(super) fn in_order(&self) -> &[usize] {
        &self.order
    }

    pub(super) fn numbers(&self) -> Vec<Option<u32>> {
        (0..self.numbers.len())
            .map(|blank| self.number(blank))
            .collect()
    }
}
