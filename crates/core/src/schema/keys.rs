//! Keys by their names in both languages: a file may say `start` or `inicio`, and what is written into it says
//! what it says.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::decode::{Field, Holds, slug};

struct Names {
    english: HashSet<&'static str>,
    spanish: HashMap<&'static str, Vec<&'static Field>>,
    /// The usual Spanish name of each.
    usual: HashMap<&'static str, &'static str>,
    /// The fields of each record, as they are declared.
    records: Vec<Vec<&'static Field>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { english: HashSet::new(), spanish: HashMap::new(), usual: HashMap::new(), records: Vec::new() };
    let fields = super::fields();
    names.records = fields.chunk_by(|one, next| one.record == next.record).map(<[_]>::to_vec).collect();
    for field in fields {
        names.english.insert(field.key);
        for name in field.spanish {
            names.spanish.entry(name).or_default().push(field);
        }
        if let Some(usual) = field.spanish.first() {
            names.usual.entry(field.key).or_insert(usual);
        }
    }
    names
});

/// The records that are a whole file.
const FILES: [&str; 3] = ["WrittenSession", "Group", "ConceptNote"];

/// The key that a name stands for, at the top of a file or further in; the name itself where it is none.
pub(crate) fn english(written: &str, is_top: bool) -> &str {
    if NAMES.english.contains(written) {
        return written;
    }
    let plain = slug(written);
    if let Some(key) = NAMES.english.get(plain.as_str()) {
        return key;
    }
    let Some(fields) = NAMES.spanish.get(plain.as_str()) else { return written };
    let here = fields.iter().find(|field| FILES.contains(&field.record) == is_top);
    here.or(fields.first()).map_or(written, |field| field.key)
}

/// Whether a name in a file stands for a key.
pub(crate) fn means(written: &str, key: &str) -> bool {
    let stands = |fields: &Vec<&Field>| fields.iter().any(|field| field.key == key);
    let plain = || slug(written);
    written == key || plain() == key || NAMES.spanish.get(plain().as_str()).is_some_and(stands)
}

/// What may stand under a key, by any of its names; a list where it is one under any key of that name, since what is no
/// list there is no text either.
pub(crate) fn holds(written: &str) -> Option<Holds> {
    let plain = slug(written);
    let known = NAMES.records.iter().flatten().filter(|field| field.key == plain || field.spanish.contains(&plain.as_str()));
    known.map(|field| field.holds).reduce(|one, other| if one == Holds::One { other } else { one })
}

/// What stands in a table under a key, by whichever of its names.
pub(crate) fn entry<'t, 'a>(table: &'t DeTable<'a>, key: &str) -> Option<(&'t Spanned<Cow<'a, str>>, &'t Spanned<DeValue<'a>>)> {
    table.iter().find(|(name, _)| name.get_ref() == key).or_else(|| {
        let named = table.iter().filter(|(name, _)| means(name.get_ref(), key));
        named.min_by_key(|(name, _)| name.span().start)
    })
}

/// The value of it.
pub(crate) fn get<'t, 'a>(table: &'t DeTable<'a>, key: &str) -> Option<&'t Spanned<DeValue<'a>>> {
    entry(table, key).map(|(_, value)| value)
}

/// Whether the keys of a file are Spanish: more of them than are English.
pub(crate) fn are_spanish(table: &DeTable<'_>) -> bool {
    let (english, spanish) = counted(table);
    spanish > english
}

/// Whether every key of a file is Spanish that has a Spanish name.
pub(crate) fn are_all_spanish(table: &DeTable<'_>) -> bool {
    let (english, spanish) = counted(table);
    spanish > 0 && english == 0
}

fn counted(table: &DeTable<'_>) -> (usize, usize) {
    let (mut english, mut spanish) = (0, 0);
    count(table, &mut english, &mut spanish);
    (english, spanish)
}

fn count(table: &DeTable<'_>, english: &mut usize, spanish: &mut usize) {
    for (name, value) in table.iter() {
        let name: &str = name.get_ref();
        if NAMES.usual.contains_key(name) && !matches!(name, "es" | "en") {
            *english += 1;
        } else if !NAMES.english.contains(name) && NAMES.spanish.contains_key(slug(name).as_str()) {
            *spanish += 1;
        }
        match value.get_ref() {
            DeValue::Table(inner) => count(inner, english, spanish),
            DeValue::Array(items) => {
                items.iter().filter_map(|item| item.get_ref().as_table()).for_each(|inner| count(inner, english, spanish));
            }
            _ => {}
        }
    }
}

/// The keys that are declared before one, in the record that declares it and the most of what stands beside it: a new
/// line goes behind the last of them. None where no record declares it.
pub(crate) fn before(table: &DeTable<'_>, key: &str, is_top: bool) -> Option<Vec<&'static str>> {
    let is_of = |record: &[&Field], name: &str| record.iter().any(|field| means(name, field.key));
    let beside = |record: &[&Field]| table.iter().filter(|(name, _)| is_of(record, name.get_ref())).count();
    let declaring = NAMES.records.iter().filter(|record| {
        record.iter().any(|field| field.key == key) && record.iter().any(|field| FILES.contains(&field.record) == is_top)
    });
    // Of several that fit as well, the first that is declared.
    let record = declaring.rev().max_by_key(|record| beside(record))?;
    Some(record.iter().map(|field| field.key).take_while(|other| *other != key).collect())
}

/// How a key is written in a file whose keys are Spanish, or English.
pub(crate) fn name(key: &str, in_spanish: bool) -> &str {
    match in_spanish && !matches!(key, "es" | "en") {
        true => NAMES.usual.get(key).copied().unwrap_or(key),
        false => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_key_that_it_is_at_its_place() {
        assert_eq!([english("puntos", true), english("puntos", false)], ["slots", "items"]);
        assert_eq!([english("título", false), english("start", false), english("capital", true)], ["title", "start", "capital"]);
        assert!(means("sala", "place") && means("Inicio", "start") && !means("inicio", "end"));
        assert_eq!([name("title", true), name("title", false), name("es", true)], ["titulo", "title", "es"]);
    }

    #[test]
    fn what_is_written_anew_goes_where_its_record_declares_it() {
        let before = |text: &str, key, is_top| before(DeTable::parse(text).unwrap().get_ref(), key, is_top);
        assert_eq!(before("id = 's'", "weekday", true).unwrap(), ["id", "formerly", "number", "date"]);
        assert_eq!(before("titulo = 'A'\nponentes = ['b']", "end", false).unwrap(), ["date", "start"]);
        assert_eq!(before("who = 'A'", "tbc", false).unwrap(), ["party", "person", "who"]);
        assert_eq!(before("a = 1", "nobody-declares-this", false), None);
    }

    #[test]
    fn a_file_is_in_the_language_of_most_of_its_keys() {
        let spanish = |text: &str| are_spanish(DeTable::parse(text).unwrap().get_ref());
        assert!(spanish("id = 'a'\nnumero = 1\ntitulo = { es = 'A', en = 'A' }"));
        assert!(!spanish("id = 'a'\nnumber = 1\ndate = 2027-03-02\ntitulo = 'A'"));
        assert!(!spanish("id = 'a'"));
    }
}
