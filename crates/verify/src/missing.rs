//! The parts that are missing so far and wait for an entry that lists them as erased, kept as runs of entries.

use std::collections::BTreeMap;

use book::{Erased, PartKind};

/// A set of parts, one bit each.
pub(crate) type Parts = u8;

pub(crate) fn bit(kind: PartKind) -> Parts {
    1 << (kind.code() - 1)
}

/// Runs of entries that miss the same parts: first index → (last index, parts). Runs do not overlap.
#[derive(Default)]
pub(crate) struct Missing {
    runs: BTreeMap<u64, (u64, Parts)>,
}

impl Missing {
    /// Entry `index`, later than all before, misses these parts.
    pub fn add(&mut self, index: u64, parts: Parts) {
        if parts == 0 {
            return;
        }
        if let Some(mut last) = self.runs.last_entry() {
            let (end, same) = last.get_mut();
            if *end + 1 == index && *same == parts {
                *end = index;
                return;
            }
        }
        self.runs.insert(index, (index, parts));
    }

    /// An entry lists these as erased: they wait no longer.
    pub fn erase(&mut self, erased: &Erased) {
        let gone = erased.parts.iter().fold(0, |parts, kind| parts | bit(*kind));
        let mut from = erased.first;
        while let Some((first, last, parts)) = self.overlapping(from, erased.last) {
            self.runs.remove(&first);
            if first < erased.first {
                self.runs.insert(first, (erased.first - 1, parts));
            }
            if last > erased.last {
                self.runs.insert(erased.last + 1, (last, parts));
            }
            let left = parts & !gone;
            let (low, high) = (first.max(erased.first), last.min(erased.last));
            if left != 0 {
                self.runs.insert(low, (high, left));
            }
            if high == erased.last {
                break;
            }
            from = high + 1;
        }
    }

    /// The first run that has an entry in `from..=to`.
    fn overlapping(&self, from: u64, to: u64) -> Option<(u64, u64, Parts)> {
        let before = self.runs.range(..=from).next_back().filter(|(_, (last, _))| *last >= from);
        let run = before.or_else(|| self.runs.range(from..=to).next())?;
        Some((*run.0, run.1.0, run.1.1))
    }

    /// What still waits: each entry and part, in order.
    pub fn left(&self) -> impl Iterator<Item = (u64, PartKind)> {
        self.runs
            .iter()
            .flat_map(|(&first, &(last, parts))| (first..=last).flat_map(move |index| kinds(index, parts)))
    }
}

fn kinds(index: u64, parts: Parts) -> impl Iterator<Item = (u64, PartKind)> {
    PartKind::ALL.into_iter().filter(move |kind| parts & bit(*kind) != 0).map(move |kind| (index, kind))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn runs_hold_what_a_plain_set_holds(
            entries in prop::collection::vec(0u8..16, 0..40),
            erased in prop::collection::vec((0u64..45, 0u64..45, prop::sample::subsequence(PartKind::ALL.to_vec(), 1..=4)), 0..8),
        ) {
            let (mut runs, mut plain) = (Missing::default(), BTreeSet::new());
            for (index, parts) in entries.iter().enumerate() {
                runs.add(index as u64, *parts);
                plain.extend(kinds(index as u64, *parts));
            }
            for (a, b, parts) in erased {
                let run = Erased { first: a.min(b), last: a.max(b), parts };
                runs.erase(&run);
                plain.retain(|(index, kind)| !((run.first..=run.last).contains(index) && run.parts.contains(kind)));
            }
            prop_assert_eq!(runs.left().collect::<Vec<_>>(), plain.into_iter().collect::<Vec<_>>());
        }
    }
}
