//! Permutations of a list with repetitions, each arrangement once.

/// Puts `list` into the next arrangement in lexicographic order; `false` after
/// the last, when the first is back.
pub(super) fn next_arrangement(list: &mut [usize]) -> bool {
    let pivot = list.windows(2).rposition(|pair| pair.first() < pair.last());
    let Some(pivot) = pivot else {
        list.reverse();
        return false;
    };
    let value = list.get(pivot).copied().unwrap_or_default();
    if let Some(swap) = list.iter().rposition(|other| *other > value) {
        list.swap(pivot, swap);
    }
    if let Some(tail) = list.get_mut(pivot + 1..) {
        tail.reverse();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::next_arrangement;

    fn count(mut list: Vec<usize>) -> usize {
        list.sort_unstable();
        let mut count = 1;
        while next_arrangement(&mut list) {
            count += 1;
        }
        assert!(list.is_sorted());
        count
    }

    #[test]
    fn every_arrangement_comes_once() {
        assert_eq!(count(vec![]), 1);
        assert_eq!(count(vec![7]), 1);
        assert_eq!(count(vec![1, 2, 3, 4]), 24);
        assert_eq!(count(vec![5, 5, 5, 5, 5, 5]), 1);
        assert_eq!(count(vec![1, 1, 2, 2]), 6);
    }
}
