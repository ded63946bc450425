//! What differs in the words of a session, an item or a group.

use convoca_core::diagnostics::Subject;
use convoca_core::edit::{FieldValue, Operation};
use convoca_core::locale::Lang;
use convoca_core::text;

use super::difference::{Difference, Sort};
use super::told::Words;

/// The title of a session, an item or a group in each language that the document has.
pub(super) fn title(of: &Subject, mine: &Words, theirs: &Words, langs: &[Lang], found: &mut Vec<Difference>) {
    for lang in langs {
        let Some(title) = theirs.get(*lang).filter(|title| mine.get(*lang) != Some(*title)) else { continue };
        let set = Operation::SetTitle { of: of.clone(), lang: *lang, to: title.to_owned() };
        found.push(reworded(mine.get(*lang), title, *lang, vec![set]));
    }
}

/// Any other text of them.
pub(super) fn words(of: &Subject, key: &str, (mine, theirs): (&Words, &Words), langs: &[Lang], found: &mut Vec<Difference>) {
    for lang in langs {
        let Some(words) = theirs.get(*lang).filter(|words| mine.get(*lang) != Some(*words)) else { continue };
        found.push(reworded(mine.get(*lang), words, *lang, vec![set(of, key, words, *lang)]));
    }
}

/// Writes a text under its key and its language.
pub(super) fn set(of: &Subject, key: &str, words: &str, lang: Lang) -> Operation {
    let is_line = key == "place" || !words.contains('\n');
    let to = if is_line { FieldValue::Line(words.to_owned()) } else { FieldValue::Prose(words.to_owned()) };
    Operation::SetField { of: of.clone(), field: format!("{key}.{}", lang.code()), to: Some(to) }
}

/// The same thing in other words, or in a language in which the file is silent.
fn reworded(old: Option<&str>, new: &str, lang: Lang, operations: Vec<Operation>) -> Difference {
    let (new, code) = (short(new), lang.code());
    match old {
        Some(old) => {
            let old = short(old);
            let what =
                text!("~ the file says \"{old}\", the document \"{new}\"", "~ el archivo dice «{old}», el documento «{new}»");
            Difference::new(Sort::Changed, what, operations)
        }
        None => {
            let what = text!("+ {code}: \"{new}\"", "+ {code}: «{new}»");
            Difference::new(Sort::Translated, what, operations)
        }
    }
}

/// As much of a text as a line of a list holds.
pub(super) fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 90 {
        return line;
    }
    format!("{}…", line.chars().take(89).collect::<String>().trim_end())
}
