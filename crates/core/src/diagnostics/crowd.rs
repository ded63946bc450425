//! Findings of one kind without number in one file: the first are told, the rest are counted. Nobody reads twenty
//! thousand, and whatever shows findings need not hold so many.

use std::collections::HashMap;

use super::{Diagnostic, FileId, Level};
use crate::locale::Text;
use crate::text;

/// So many of a kind are told one by one in each file.
const TOLD: usize = 100;

/// Counts what comes behind the first of a kind in each file, at the first of those. What is mended with certainty
/// stays as it is, so that `--fix` mends it all; what is waived says so itself.
pub fn count_crowds(findings: &mut Vec<Diagnostic>) {
    let mut kinds: HashMap<(&str, Level, FileId), Vec<usize>> = HashMap::new();
    for (index, finding) in findings.iter().enumerate() {
        if let Some(place) = finding.place().filter(|_| finding.waived.is_none() && finding.certain_mend().is_none()) {
            kinds.entry((finding.check, finding.level, place.file)).or_default().push(index);
        }
    }
    let crowds: Vec<Vec<usize>> = kinds.into_values().filter(|kind| kind.len() > TOLD + 1).collect();
    let mut gone = vec![false; findings.len()];
    for crowd in crowds {
        let (first, rest) = (crowd[TOLD], &crowd[TOLD + 1..]);
        rest.iter().for_each(|index| gone[*index] = true);
        findings[first] = counted(&findings[first], rest.len());
    }
    let mut gone = gone.into_iter();
    findings.retain(|_| !gone.next().unwrap_or(false));
}

/// One finding for itself and so many others.
fn counted(first: &Diagnostic, others: usize) -> Diagnostic {
    let count = others + 1;
    Diagnostic {
        message: text!("{count} more of this kind in this file", "hay {count} más de este tipo en este archivo"),
        labels: Vec::new(),
        notes: Vec::new(),
        mends: Vec::new(),
        others,
        ..first.clone()
    }
    .at(first.place().unwrap_or_default(), Text::fixed("the first of them", "aquí está el primero de ellos"))
    .advice(Text::fixed("mend those above, and check again", "corrija los anteriores y verifique de nuevo"))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::check;
    use crate::diagnostics::Sources;

    #[test]
    fn what_is_wrong_without_number_is_counted_in_each_file() {
        let mut sources = Sources::default();
        let keys = |count: usize| (0..count).map(|n| format!("key{n} = 1\n")).collect::<String>();
        let group = "id = 'g'\ntime-zone = 'America/Guatemala'\nname = { es = 'G', en = 'G' }\n";
        let session = "id = 's'\nnumber = 1\ndate = 2027-03-02\ntitle = { es = 'S', en = 'S' }\n";
        sources.add("group.toml", format!("{}{group}", keys(101)));
        sources.add("1.toml", format!("{}{session}", keys(2000)));
        let checked = check(&sources, NaiveDate::from_ymd_opt(2027, 1, 1).unwrap());
        let keys: Vec<_> = checked.findings.iter().filter(|finding| finding.check == "unknown-key").collect();
        let told: Vec<(u32, usize)> = keys.iter().map(|finding| (finding.place().unwrap().file.0, finding.others)).collect();
        assert_eq!(told.iter().filter(|(file, _)| *file == 0).count(), 101);
        assert_eq!(told.iter().filter(|(file, _)| *file == 1).count(), 101);
        assert_eq!(told.last(), Some(&(1, 1899)));
        assert_eq!(keys.last().unwrap().message.en, "1900 more of this kind in this file");
    }
}
