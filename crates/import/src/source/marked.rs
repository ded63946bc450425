//! The emphasis, links and notes of a paragraph, as Markdown.

/// A stretch of a paragraph that looks alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    pub text: String,
    pub look: Look,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub strong: bool,
    pub emphasis: bool,
    /// The address that it leads to.
    pub link: Option<String>,
    /// The name of the note that it refers to; there is no text then.
    pub note: Option<String>,
}

/// Stretches as Markdown; nothing where none differs from the others: a paragraph all in bold is a matter of layout.
pub(crate) fn markdown(runs: &[Run]) -> Option<String> {
    let mut joined: Vec<Run> = Vec::new();
    for run in runs {
        match joined.last_mut() {
            Some(last) if last.look == run.look && run.look.note.is_none() => last.text.push_str(&run.text),
            _ => joined.push(run.clone()),
        }
    }
    let is_said = |run: &&Run| !run.text.trim().is_empty() || run.look.note.is_some();
    let all =
        |is: &dyn Fn(&Look) -> bool| joined.iter().filter(is_said).filter(|run| run.look.note.is_none()).all(|run| is(&run.look));
    let (bold, italic) = (all(&|look| look.strong), all(&|look| look.emphasis));
    for run in &mut joined {
        run.look.strong &= !bold;
        run.look.emphasis &= !italic;
    }
    if joined.iter().all(|run| run.look == Look::default()) {
        return None;
    }
    let mut text = joined.iter().map(written).collect::<String>().trim().to_owned();
    while text.contains("  ") {
        text = text.replace("  ", " ");
    }
    Some(text)
}

fn written(run: &Run) -> String {
    if let Some(note) = &run.look.note {
        return format!("[^{note}]");
    }
    let text = escaped(&run.text);
    // Blanks at the edges stand outside of the signs.
    let inner = text.trim();
    if inner.is_empty() {
        return text;
    }
    let start = text.len() - text.trim_start().len();
    let (before, after) = (&text[..start], &text[start + inner.len()..]);
    let sign = match (run.look.strong, run.look.emphasis) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    let mut inner = format!("{sign}{inner}{sign}");
    if let Some(address) = &run.look.link {
        inner = format!("[{inner}]({})", address.replace(' ', "%20").replace('(', "%28").replace(')', "%29"));
    }
    format!("{before}{inner}{after}")
}

/// A text in which no character is a sign of Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '_' | '[' | ']' | '`' | '\\' | '<') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, strong: bool, emphasis: bool, link: Option<&str>) -> Run {
        Run { text: text.to_owned(), look: Look { strong, emphasis, link: link.map(str::to_owned), note: None } }
    }

    #[test]
    fn blanks_stand_outside_of_the_signs_and_looks_that_all_have_are_none() {
        let note = Run { look: Look { note: Some("2".to_owned()), ..Look::default() }, ..Run::default() };
        let runs = [
            run("The ", false, false, None),
            run("shared ", true, false, None),
            run("criteria", true, false, None),
            run(" of ", false, true, None),
            run("2*3 towns", false, false, Some("https://example.org/a (b)")),
            note,
        ];
        let expected = r"The **shared criteria** *of* [2\*3 towns](https://example.org/a%20%28b%29)[^2]";
        assert_eq!(markdown(&runs).as_deref(), Some(expected));
        assert_eq!(markdown(&[run("All bold", true, false, None)]), None);
        assert_eq!(markdown(&[run("plain", false, false, None)]), None);
    }
}
