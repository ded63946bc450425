//! Markdown where only plain text is shown: calendars, terminals.

/// The text without its marks: emphasis goes, a link keeps its address behind its words, items of lists keep a
/// dot.
///
/// ```
/// use convoca_core::locale::markdown::plain;
/// assert_eq!(plain("Agree on the **plan** ([draft](https://example.org/p))"), "Agree on the plan (draft: https://example.org/p)");
/// assert_eq!(plain("# Why\n\n- *one*\n- 2 * 3 * 4"), "Why\n\n• one\n• 2 * 3 * 4");
/// ```
pub fn plain(markdown: &str) -> String {
    markdown.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn line(line: &str) -> String {
    let words = line.trim_start();
    let body = words.trim_start_matches('#');
    let heading = (1..=6).contains(&(words.len() - body.len())) && body.starts_with(' ');
    if heading {
        return spans(body.trim());
    }
    match ["- ", "* ", "+ "].iter().find_map(|mark| words.strip_prefix(mark)) {
        Some(item) => format!("{}• {}", &line[..line.len() - words.len()], spans(item)),
        None => spans(line),
    }
}

/// Emphasis and links within a line.
fn spans(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '*', '_', '`', '[']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let within_word = before.chars().next_back().or(out.chars().next_back()).is_some_and(char::is_alphanumeric);
        let (shown, behind) = span(from, within_word).unwrap_or_else(|| {
            let length = from.chars().next().map_or(0, char::len_utf8);
            (from[..length].to_owned(), &from[length..])
        });
        out.push_str(&shown);
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// What a mark at the beginning stands for, and what is behind it.
fn span(text: &str, within_word: bool) -> Option<(String, &str)> {
    if let Some(escaped) = text.strip_prefix('\\') {
        let mark = escaped.chars().next().filter(char::is_ascii_punctuation)?;
        return Some((mark.to_string(), &escaped[mark.len_utf8()..]));
    }
    if let Some(code) = text.strip_prefix('`') {
        let (shown, behind) = code.split_once('`')?;
        return Some((shown.to_owned(), behind));
    }
    if let Some(link) = text.strip_prefix('[') {
        let (words, behind) = link.split_once("](")?;
        let (address, behind) = behind.split_once(')')?;
        let words = spans(words);
        return Some((if words == address { words } else { format!("{words}: {address}") }, behind));
    }
    let mark = ["**", "__", "*", "_"].into_iter().find(|mark| text.starts_with(mark))?;
    if within_word && mark.starts_with('_') {
        return None;
    }
    let inner = &text[mark.len()..];
    let end = inner.find(mark).filter(|end| *end > 0)?;
    let content = &inner[..end];
    // A mark beside a space is a mark of nothing: 2 * 3 * 4.
    let is_tight = !content.starts_with(char::is_whitespace) && !content.ends_with(char::is_whitespace);
    is_tight.then(|| (spans(content), &inner[end + mark.len()..]))
}
