//! Findings as GitHub workflow commands, which annotate the lines of a pull request.

use super::super::{Diagnostic, Level, Sources};
use crate::locale::Lang;

/// One command a finding (GitHub Docs, "Workflow commands for GitHub Actions").
pub fn render(sources: &Sources, findings: &[Diagnostic], lang: Lang) -> String {
    let mut out = String::new();
    for finding in findings.iter().filter(|finding| finding.waived.is_none()) {
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        let place = finding.place().map_or(String::new(), |span| {
            let file = sources.get(span.file);
            let (line, column) = file.position(span.start as usize);
            let (end_line, end_column) = file.position(span.end as usize);
            format!("file={},line={line},endLine={end_line},col={column},endColumn={end_column},", property(&file.path))
        });
        let parts = std::iter::once(&finding.message)
            .chain(finding.labels.first().map(|label| &label.text))
            .chain(&finding.notes)
            .chain(finding.mends.iter().map(|mend| &mend.message));
        let text: Vec<&str> = parts.map(|text| text.get(lang)).filter(|text| !text.is_empty()).collect();
        out.push_str(&format!("::{command} {place}title={}::{}\n", property(finding.check), data(&text.join("\n"))));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
