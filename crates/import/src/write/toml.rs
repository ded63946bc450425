//! Values in TOML 1.0, as a person writes them.

use toml_writer::{ToTomlValue, TomlStringBuilder};

/// One line of text in quotes.
pub(crate) fn line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    TomlStringBuilder::new(&text).as_basic().to_toml_value()
}

/// `{ es = "…" }`
pub(crate) fn wording(code: &str, text: &str) -> String {
    format!("{{ {code} = {} }}", line(text))
}

/// Paragraphs between triple quotes.
pub(crate) fn prose(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace("\"\"\"", "\"\"\\\"");
    let clean: String = escaped.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    format!("\"\"\"\n{clean}\n\"\"\"")
}

/// A comment of one line.
pub(crate) fn comment(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("# {}", text.split_whitespace().collect::<Vec<_>>().join(" "))
}
