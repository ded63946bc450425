//! `concept-note.toml`: the prose.

use convoca_core::locale::Lang;

use super::toml::{comment, line, prose, wording};
use super::{Request, short_slug};
use crate::note::{Note, Section};

pub(crate) fn file(note: &Note, lang: Lang, request: &Request<'_>) -> String {
    let code = lang.code();
    let from = request.from;
    let mut out = vec![comment(&match request.lang {
        Lang::En => format!("The concept note, read from `{from}`. A blank line parts two paragraphs."),
        Lang::Es => format!("La nota conceptual, leída de «{from}». Una línea en blanco separa los párrafos."),
    })];
    out.push(String::new());
    if let Some(date) = note.date {
        out.push(format!("date = {date}"));
    }
    out.push(format!("title = {}", wording(code, note.title.as_deref().unwrap_or(from))));
    let mut ids: Vec<String> = Vec::new();
    for (at, section) in note.sections.iter().enumerate() {
        out.push(String::new());
        out.push(block(section, "sections", code, &mut ids));
        if at + 1 == note.sections.len() && section.sections.is_empty() {
            // The sessions stand behind it in the document.
            out.push("include = \"sessions\"".to_owned());
        }
        for inner in &section.sections {
            out.push(String::new());
            out.push(block(inner, "sections.sections", code, &mut ids));
        }
    }
    out.join("\n") + "\n"
}

fn block(section: &Section, table: &str, code: &str, ids: &mut Vec<String>) -> String {
    let wanted =
        Some(short_slug(&section.title)).filter(|id| !id.is_empty()).unwrap_or_else(|| format!("section-{}", ids.len() + 1));
    let mut id = wanted.clone();
    let mut count = 1;
    while ids.contains(&id) {
        count += 1;
        id = format!("{wanted}-{count}");
    }
    ids.push(id.clone());
    let mut out = vec![format!("[[{table}]]"), format!("id = {}", line(&id))];
    if let Some(number) = section.number {
        out.push(format!("number = {number}"));
    }
    out.push(format!("title = {}", wording(code, &section.title)));
    if !section.items.is_empty() {
        let items: Vec<String> = section.items.iter().map(|item| format!("  {},", wording(code, item))).collect();
        out.push(format!("items = [\n{}\n]", items.join("\n")));
    }
    if !section.paragraphs.is_empty() {
        out.push(format!("text = {{ {code} = {} }}", prose(&section.paragraphs.join("\n\n"))));
    }
    out.join("\n")
}
