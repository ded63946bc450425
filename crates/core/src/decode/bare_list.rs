//! Lists without their brackets, or whose texts lack their quotes: `speakers = "a", "b"`, `countries = GT, HN`.

use toml::de::DeTable;

use super::Holds;
use crate::locale::languages;
use crate::time;

/// The value that was meant where several can stand, as TOML writes it; `None` where there is more than one reading.
pub(super) fn meant(value: &str, holds: Holds) -> Option<String> {
    let inner = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(value);
    let parts = parts(inner)?;
    let is_bare = |part: &&str| !is_value(part);
    let bare: Vec<&str> = parts.iter().copied().filter(is_bare).collect();
    if bare.iter().any(|part| part.contains(['"', '\'', '[', ']', '{', '}', '=', '#', '\\', '“', '«'])) {
        return None;
    }
    // "Lic. Ana Ejemplo, Alcaldesa de X" is one, and looks like two.
    let one_each = parts.len() == 1
        || bare.iter().all(|part| !part.contains(' '))
        || bare.iter().all(|part| time::country_called(part).is_some());
    if !one_each {
        return None;
    }
    if holds == Holds::Names {
        let names: Vec<&str> = parts.iter().map(|part| part.trim_matches(['"', '\''])).collect();
        return (names.len() > 1).then(|| languages::listed(&names));
    }
    let quoted = parts.iter().map(|part| if is_value(part) { (*part).to_owned() } else { format!("\"{part}\"") });
    let list = format!("[{}]", quoted.collect::<Vec<_>>().join(", "));
    (list != value && is_value(&list)).then_some(list)
}

/// Whether TOML reads it as a value.
pub(super) fn is_value(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains('\n') && DeTable::parse(&format!("k = {text}")).is_ok()
}

/// What stands between commas, semicolons, or an "y" behind a closing quotation mark.
fn parts(text: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let (mut quote, mut depth, mut from, mut skip_to) = (None, 0_usize, 0, 0);
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii()) {
        if at < skip_to {
            continue;
        }
        match quote {
            Some(mark) if c == mark => quote = None,
            Some(_) => {}
            None => match c {
                '"' | '\'' => quote = Some(c),
                '[' | '{' => depth += 1,
                ']' | '}' => depth = depth.checked_sub(1)?,
                ',' | ';' if depth == 0 => {
                    parts.push(text[from..at].trim());
                    from = at + 1;
                }
                ' ' if depth == 0 && text[..at].ends_with(['"', '\'', '}']) => {
                    let Some(joint) = [" y ", " e ", " and ", " & ", " "].into_iter().find(|word| {
                        text[at..].strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with(['"', '\'', '{']))
                    }) else {
                        continue;
                    };
                    parts.push(text[from..at].trim());
                    (from, skip_to) = (at + joint.len(), at + joint.len());
                }
                _ => {}
            },
        }
    }
    let last = text[from..].trim();
    if !last.is_empty() {
        parts.push(last);
    }
    (quote.is_none() && depth == 0 && !parts.is_empty() && parts.iter().all(|part| !part.is_empty())).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_one_reading_or_none() {
        for (written, list) in [
            (r#""a", "b""#, Some(r#"["a", "b"]"#)),
            (r#""a" y "b""#, Some(r#"["a", "b"]"#)),
            (r#""a", "b" y "c""#, Some(r#"["a", "b", "c"]"#)),
            (r#""a"; { who = "B, C" }"#, Some(r#"["a", { who = "B, C" }]"#)),
            ("acnur, alcaldia", Some(r#"["acnur", "alcaldia"]"#)),
            ("[es, en]", Some(r#"["es", "en"]"#)),
            (r#"["a" "b"]"#, Some(r#"["a", "b"]"#)),
            ("Guatemala, Costa Rica", Some(r#"["Guatemala", "Costa Rica"]"#)),
            ("Ana Ejemplo", Some(r#"["Ana Ejemplo"]"#)),
            ("Lic. Ana Ejemplo, Alcaldesa de Muestra", None),
            (r#""a", b c"#, None),
            (r#""a", "b"#, None),
            ("a,, b", None),
            ("", None),
        ] {
            assert_eq!(meant(written, Holds::List).as_deref(), list, "{written}");
        }
        assert_eq!(
            meant(r#""en", "fr""#, Holds::Names).as_deref(),
            Some(r#"{ es = "inglés, francés", en = "English, French" }"#)
        );
        assert_eq!(meant(r#""inglés", "lensegua""#, Holds::Names).as_deref(), Some(r#""inglés, lensegua""#));
    }
}
