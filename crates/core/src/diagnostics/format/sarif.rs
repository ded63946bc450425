//! Findings in the Static Analysis Results Interchange Format (SARIF 2.1.0, OASIS), for code hosts and editors.

use serde_json::{Value, json};

use super::super::{Diagnostic, Edit, FileId, Level, Mend, Rule, Sources, Span};
use crate::locale::Lang;

pub fn render(sources: &Sources, findings: &[Diagnostic], rules: &[&Rule], lang: Lang) -> Value {
    let rule = |rule: &&Rule| {
        json!({
            "id": rule.id,
            "shortDescription": { "text": rule.summary.get(lang) },
            "fullDescription": { "text": rule.documentation.get(lang) },
            "defaultConfiguration": { "level": rule.level.id() },
        })
    };
    let fired = rules.iter().filter(|rule| findings.iter().any(|finding| finding.check == rule.id));
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "convoca",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": fired.map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(|finding| result(sources, finding, lang)).collect::<Vec<_>>(),
        }],
    })
}

fn result(sources: &Sources, finding: &Diagnostic, lang: Lang) -> Value {
    let mut notes = vec![finding.message.get(lang)];
    notes.extend(finding.notes.iter().map(|note| note.get(lang)));
    let mut result = json!({
        "ruleId": finding.check,
        "level": match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        },
        "message": { "text": notes.join("\n") },
    });
    if let Some(primary) = finding.labels.first() {
        let mut location = json!({ "physicalLocation": physical(sources, primary.span) });
        location["message"] = json!({ "text": primary.text.get(lang) });
        result["locations"] = json!([location]);
    }
    if finding.labels.len() > 1 {
        let related = finding.labels[1..].iter().map(
            |label| json!({ "physicalLocation": physical(sources, label.span), "message": { "text": label.text.get(lang) } }),
        );
        result["relatedLocations"] = related.collect();
    }
    let fixes: Vec<Value> =
        finding.mends.iter().filter(|mend| !mend.edits.is_empty()).map(|mend| fix(sources, mend, lang)).collect();
    if !fixes.is_empty() {
        result["fixes"] = json!(fixes);
    }
    if let Some(reason) = &finding.waived {
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
    }
    result
}

fn physical(sources: &Sources, span: Span) -> Value {
    json!({ "artifactLocation": artifact(sources, span.file), "region": region(sources, span) })
}

fn artifact(sources: &Sources, file: FileId) -> Value {
    json!({ "uri": sources.get(file).path.replace('%', "%25").replace(' ', "%20") })
}

fn region(sources: &Sources, span: Span) -> Value {
    let file = sources.get(span.file);
    let (line, column) = file.position(span.start as usize);
    let (end_line, end_column) = file.position(span.end as usize);
    json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column })
}

fn fix(sources: &Sources, mend: &Mend, lang: Lang) -> Value {
    let change = |edit: &Edit| {
        json!({
            "artifactLocation": artifact(sources, edit.span.file),
            "replacements": [{
                "deletedRegion": region(sources, edit.span),
                "insertedContent": { "text": edit.text },
            }],
        })
    };
    json!({
        "description": { "text": mend.message.get(lang) },
        "artifactChanges": mend.edits.iter().map(change).collect::<Vec<_>>(),
    })
}
