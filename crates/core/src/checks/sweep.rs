//! What clashes in time, found in one pass.

use chrono::{DateTime, Utc};

/// Something that takes time.
pub(super) type Stretch = (DateTime<Utc>, DateTime<Utc>);

/// For each item that clashes with one before it in time, the two: of several before it the one that
/// reaches furthest. `clashes` is asked of items that overlap in time and need not be transitive: a long
/// item that clashes with nothing hides nothing, since every one that still lasts is kept.
pub(super) fn clashes<T>(items: &[T], time: impl Fn(&T) -> Stretch, clashes: impl Fn(&T, &T) -> bool) -> Vec<(&T, &T)> {
    let mut order: Vec<&T> = items.iter().collect();
    order.sort_by_key(|item| time(item));
    let mut lasting: Vec<&T> = Vec::new();
    let mut found = Vec::new();
    for item in order {
        let (start, end) = time(item);
        lasting.retain(|before| time(before).1 > start);
        // What takes no time is over as it begins.
        let before = lasting.iter().filter(|before| start < end && clashes(before, item));
        found.extend(before.max_by_key(|before| time(before).1).map(|before| (*before, item)));
        lasting.push(item);
    }
    found
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Comparing all pairs finds the same items in a clash, whatever the relation.
        #[test]
        fn the_sweep_agrees_with_comparing_all_pairs(
            items in proptest::collection::vec((0_i64..40, 0_i64..15), 0..9),
            relation in proptest::collection::vec(any::<bool>(), 81),
        ) {
            let at = |minutes| Utc.timestamp_opt(0, 0).unwrap() + TimeDelta::minutes(minutes);
            let items: Vec<(usize, i64, i64)> =
                items.into_iter().enumerate().map(|(index, (start, length))| (index, start, start + length)).collect();
            let related = |a: usize, b: usize| relation[a.min(b) * 9 + a.max(b)];
            let overlap = |a: &(usize, i64, i64), b: &(usize, i64, i64)| a.1.max(b.1) < a.2.min(b.2);
            let found = clashes(&items, |item| (at(item.1), at(item.2)), |a, b| related(a.0, b.0));
            prop_assert!(found.iter().all(|(a, b)| overlap(a, b) && related(a.0, b.0)));
            let mut told: Vec<usize> = found.iter().map(|(_, item)| item.0).collect();
            let later = |a: &(usize, i64, i64), b: &(usize, i64, i64)| ((a.1, a.2), a.0) < ((b.1, b.2), b.0);
            let mut expected: Vec<usize> = items.iter()
                .filter(|b| items.iter().any(|a| later(a, b) && overlap(a, b) && related(a.0, b.0)))
                .map(|item| item.0)
                .collect();
            told.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(told, expected);
        }
    }
}
