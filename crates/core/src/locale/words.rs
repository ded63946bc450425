//! The grammar of lists, counts and numerals in each language.

use super::Lang;

/// Joins names with commas and the language's "and"; in Spanish "y" turns into "e" before the sound i.
///
/// ```
/// use convoca_core::locale::{words::join, Lang};
/// assert_eq!(join(Lang::Es, &["Guatemala", "Izabal"]), "Guatemala e Izabal");
/// assert_eq!(join(Lang::En, &["a", "b", "c"]), "a, b and c");
/// ```
pub fn join<S: AsRef<str>>(lang: Lang, items: &[S]) -> String {
    let Some((last, rest)) = items.split_last() else { return String::new() };
    let last = last.as_ref();
    if rest.is_empty() {
        return last.to_owned();
    }
    let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
    let and = match lang {
        Lang::En => "and",
        Lang::Es if starts_with_i_sound(last) => "e",
        Lang::Es => "y",
    };
    format!("{} {and} {last}", rest.join(", "))
}

fn starts_with_i_sound(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let vowel = word.strip_prefix('h').unwrap_or(&word);
    let is_i = vowel.starts_with(['i', 'í']);
    let diphthong = vowel.starts_with("ie") || vowel.starts_with("ia") || vowel.starts_with("io");
    is_i && !diphthong
}

/// A count with its noun.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A count written out up to ten, for running text ("the three slots", "los tres puntos").
pub fn spelled(lang: Lang, n: usize) -> String {
    let words = match lang {
        Lang::En => ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
        Lang::Es => ["cero", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"],
    };
    words.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// A duration in minutes ("40 min"); the same in both languages by ISO 80000-3.
pub fn minutes(_lang: Lang, minutes: i64) -> String {
    format!("{minutes} min")
}

/// A duration worded for reading aloud ("1 h 30 min").
///
/// ```
/// use convoca_core::locale::words::duration;
/// assert_eq!(duration(90), "1 h 30 min");
/// assert_eq!(duration(60), "1 h");
/// assert_eq!(duration(45), "45 min");
/// ```
pub fn duration(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("{m} min"),
        (h, 0) => format!("{h} h"),
        (h, m) => format!("{h} h {m} min"),
    }
}

/// The number of a section, in Roman numerals, as institutions number a note.
///
/// ```
/// use convoca_core::locale::words::roman;
/// assert_eq!(roman(4), "IV");
/// assert_eq!(roman(1994), "MCMXCIV");
/// ```
pub fn roman(mut n: u32) -> String {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n == 0 || n > 3999 {
        return n.to_string();
    }
    let mut out = String::new();
    for (value, numeral) in NUMERALS {
        while n >= value {
            out.push_str(numeral);
            n -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spanish_and_changes_before_the_sound_i() {
        assert_eq!(join(Lang::Es, &["Guatemala", "Honduras"]), "Guatemala y Honduras");
        assert_eq!(join(Lang::Es, &["padres", "hijos"]), "padres e hijos");
        assert_eq!(join(Lang::Es, &["agua", "hielo"]), "agua y hielo");
        assert_eq!(join(Lang::Es, &["UCLG", "«Izabal»"]), "UCLG e «Izabal»");
        assert_eq!(join::<&str>(Lang::Es, &[]), "");
    }
}
