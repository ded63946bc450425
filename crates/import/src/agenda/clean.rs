//! Texts without what parts them from their neighbours.

/// A text without what separates it from its neighbours.
pub(crate) fn clean(text: &str) -> String {
    let mut text = text.trim();
    loop {
        let before = text;
        text = text
            .trim_start_matches(|c: char| {
                c.is_whitespace()
                    || matches!(
                        c,
                        '-' | '–'
                            | '—'
                            | '−'
                            | ':'
                            | '|'
                            | '.'
                            | ','
                            | ';'
                            | ')'
                            | ']'
                            | '•'
                            | '*'
                            | '>'
                            | '·'
                            | '/'
                            | '='
                            | '→'
                            | '►'
                            | '▶'
                            | '»'
                            | '…'
                    )
            })
            .trim_start();
        text = text
            .trim_end_matches(|c: char| {
                c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '|' | ',' | ';' | '•' | '*' | '(' | '[' | '/')
            })
            .trim_end();
        for (open, close) in [('(', ')'), ('[', ']')] {
            if text.ends_with(close) && text.matches(close).count() > text.matches(open).count() {
                text = text.strip_suffix(close).unwrap_or(text);
            }
        }
        if text == before {
            break;
        }
    }
    // "Business[]": what a wiki leaves of its links.
    let text = text.replace("( )", "").replace("()", "").replace("[]", "");
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// "Registro ........ 9:00": the dots that lead the eye are a gap.
pub(crate) fn without_leaders(text: &str) -> String {
    if !["....", "…", ". . .", "____"].iter().any(|leader| text.contains(leader)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['.', '…', '_']) {
        let length = rest[start..].find(|c: char| !matches!(c, '.' | '…' | '_' | ' ' | '\u{a0}')).unwrap_or(rest.len() - start);
        let run = &rest[start..start + length];
        let signs = run.chars().map(|c| if c == '…' { 3 } else { usize::from(matches!(c, '.' | '_')) }).sum::<usize>();
        out.push_str(&rest[..start]);
        if signs >= 4 {
            out.push_str("   ")
        } else {
            out.push_str(run)
        }
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out.trim().to_owned()
}
