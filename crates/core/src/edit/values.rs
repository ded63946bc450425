//! Values as a person writes them, in TOML 1.0.

use chrono::NaiveTime;
use toml_writer::{ToTomlKey, ToTomlValue, TomlKeyBuilder, TomlStringBuilder};

use crate::locale::{Lang, Text, dates};

/// A key with its value, as they are written.
pub(crate) type Entry = (&'static str, String);

/// One line of text in quotes.
pub(crate) fn line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    TomlStringBuilder::new(&text).as_basic().to_toml_value()
}

/// `["a", "b"]`
pub(crate) fn lines(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| line(text)).collect::<Vec<_>>().join(", "))
}

/// Paragraphs between triple quotes.
pub(crate) fn prose(text: &str, newline: &str) -> String {
    let lines = text.trim().lines().map(|line| {
        let line = line.trim_end().replace('\\', "\\\\").replace("\"\"\"", "\"\"\\\"");
        line.chars().filter(|c| !c.is_control() || *c == '\t').collect::<String>()
    });
    let lines = lines.collect::<Vec<_>>().join(newline);
    format!("\"\"\"{newline}{lines}{newline}\"\"\"")
}

/// `{ es = "…", en = "…" }`, without the languages in which nothing is said.
pub(crate) fn wording(text: &Text) -> String {
    let said = Lang::ALL.into_iter().filter(|lang| !text.get(*lang).trim().is_empty());
    let said: Vec<Entry> = said.map(|lang| (lang.code(), line(text.get(lang)))).collect();
    inline(&said)
}

/// An hour, with the quotes and the sign that stood there before.
pub(crate) fn hour(old: Option<&str>, hour: NaiveTime) -> String {
    let old = old.unwrap_or("");
    let hour = dates::clock(hour);
    let hour = if old.contains('.') { hour.replace(':', ".") } else { hour };
    let quote = if old.starts_with('\'') { '\'' } else { '"' };
    format!("{quote}{hour}{quote}")
}

pub(crate) fn inline(entries: &[Entry]) -> String {
    let entries = entries.iter().map(|(key, value)| format!("{key} = {value}")).collect::<Vec<_>>();
    format!("{{ {} }}", entries.join(", "))
}

pub(crate) fn key(name: &str) -> String {
    TomlKeyBuilder::new(name).as_default().to_toml_key()
}
