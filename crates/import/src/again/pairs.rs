//! Which item of a document is which of a file.

use convoca_core::locale::Lang;
use convoca_core::locale::names::slug;

use super::told::Item;

/// Whether two items may be the same.
type Alike<'a> = dyn Fn(&Item, &Item) -> bool + 'a;

/// For each item of the document its place among those of the file, each of which is taken once: the surest likeness
/// first.
pub(super) fn pairs(mine: &[Item], theirs: &[Item], langs: &[Lang]) -> Vec<Option<usize>> {
    let mut used = vec![false; mine.len()];
    let mut found = vec![None; theirs.len()];
    let title = |item: &Item, lang| item.title.get(lang).map(slug).filter(|title| !title.is_empty());
    let either = |alike: &dyn Fn(&str, &str) -> bool, own: &Item, other: &Item| {
        langs.iter().any(|lang| title(own, *lang).zip(title(other, *lang)).is_some_and(|(own, other)| alike(&own, &other)))
    };
    let same_title = |own: &Item, other: &Item| either(&|own, other| own == other, own, other);
    let same_hour = |own: &Item, other: &Item| own.start.is_some() && own.start == other.start;
    let near = |own: &Item, other: &Item| either(&|own, other| strsim::jaro_winkler(own, other) > 0.9, own, other);
    // Without hours the place is what two languages share.
    let untold = |own: &Item, other: &Item| {
        own.start == other.start && own.minutes == other.minutes && !either(&|_, _| true, own, other) && own.place == other.place
    };
    let likeness: [&Alike<'_>; 5] = [
        &|own, other| same_title(own, other) && own.start == other.start,
        &|own, other| same_title(own, other),
        &|own, other| same_hour(own, other),
        &near,
        &untold,
    ];
    for alike in likeness {
        for (at, item) in theirs.iter().enumerate().filter(|(at, _)| found[*at].is_none()).collect::<Vec<_>>() {
            if let Some(place) = (0..mine.len()).find(|place| !used[*place] && alike(&mine[*place], item)) {
                used[place] = true;
                found[at] = Some(place);
            }
        }
    }
    found
}
