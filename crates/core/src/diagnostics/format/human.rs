//! Findings drawn over the lines that they speak of, as rustc draws its own.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level as Drawn, Patch, Renderer, Snippet};

use super::super::{Diagnostic, FileId, Label, Level, Mend, Sources, Span};
use crate::locale::{Lang, words};

/// Every finding, then a line that counts them. Colours are ANSI escapes; the caller strips them where
/// they are not wanted.
pub fn render(sources: &Sources, findings: &[Diagnostic], lang: Lang) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for finding in findings.iter().filter(|finding| finding.waived.is_none()) {
        out.push_str(&renderer.render(&report(sources, finding, lang)));
        out.push_str("\n\n");
    }
    for finding in findings {
        if let Some(reason) = &finding.waived {
            out.push_str(&waived(sources, finding, reason, lang));
        }
    }
    if findings.iter().any(|finding| finding.waived.is_some()) {
        out.push('\n');
    }
    out
}

/// "2 errors, 1 warning (1 can be mended with `convoca check --fix`)".
pub fn summary(findings: &[Diagnostic], lang: Lang) -> String {
    let of = |level| findings.iter().filter(|finding| finding.counts_as(level)).map(|finding| 1 + finding.others).sum::<usize>();
    let mut parts = Vec::new();
    for (level, one, many) in match lang {
        Lang::En => [(Level::Error, "error", "errors"), (Level::Warning, "warning", "warnings"), (Level::Note, "note", "notes")],
        Lang::Es => {
            [(Level::Error, "error", "errores"), (Level::Warning, "advertencia", "advertencias"), (Level::Note, "nota", "notas")]
        }
    } {
        if of(level) > 0 {
            parts.push(words::count(of(level), one, many));
        }
    }
    let waived = findings.iter().filter(|finding| finding.waived.is_some()).count();
    if waived > 0 {
        parts.push(match lang {
            Lang::En => format!("{waived} waived"),
            Lang::Es => words::count(waived, "aceptada", "aceptadas"),
        });
    }
    let mends = findings.iter().filter(|f| f.waived.is_none() && f.certain_mend().is_some()).count();
    let mut line = parts.join(", ");
    if mends > 0 {
        line.push_str(&match lang {
            Lang::En => format!("; `convoca check --fix` mends {mends}"),
            Lang::Es => format!("; `convoca revisar --corregir` corrige {mends}"),
        });
    }
    line
}

fn drawn(level: Level, lang: Lang) -> Drawn<'static> {
    match level {
        Level::Error => Drawn::ERROR,
        Level::Warning => Drawn::WARNING,
        Level::Note => Drawn::NOTE,
    }
    .with_name(level.word(lang))
}

fn note(lang: Lang) -> Drawn<'static> {
    drawn(Level::Note, lang)
}

fn help(lang: Lang) -> Drawn<'static> {
    Drawn::HELP.with_name(match lang {
        Lang::En => "help",
        Lang::Es => "ayuda",
    })
}

fn report<'a>(sources: &'a Sources, finding: &'a Diagnostic, lang: Lang) -> Vec<Group<'a>> {
    let title = drawn(finding.level, lang).primary_title(finding.message.get(lang)).id(finding.check);
    let mut main = Group::with_title(title);
    for (file, labels) in by_stretch(finding) {
        main = main.element(snippet(sources, file, &labels, lang));
    }
    main = main.elements(finding.notes.iter().map(|text| note(lang).message(text.get(lang))));
    let advice = finding.mends.iter().filter(|mend| mend.edits.is_empty());
    main = main.elements(advice.map(|mend| help(lang).message(mend.message.get(lang))));
    let mut groups = vec![main];
    groups.extend(finding.mends.iter().filter(|mend| !mend.edits.is_empty()).map(|mend| suggestion(sources, mend, lang)));
    groups
}

/// Places of a file that are further apart than this are drawn apart: all lines between are gone through otherwise.
const APART: usize = 20_000;

/// The labels of each stretch of a file, the first of all as the one that is meant.
fn by_stretch(finding: &Diagnostic) -> Vec<(FileId, Vec<(AnnotationKind, &Label)>)> {
    let is_near = |a: Span, b: Span| a.file == b.file && (a.start.abs_diff(b.start) as usize) < APART;
    let mut stretches: Vec<(FileId, Vec<(AnnotationKind, &Label)>)> = Vec::new();
    for (index, label) in finding.labels.iter().enumerate() {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        match stretches.iter_mut().find(|(_, labels)| is_near(labels[0].1.span, label.span)) {
            Some((_, labels)) => labels.push((kind, label)),
            None => stretches.push((label.span.file, vec![(kind, label)])),
        }
    }
    stretches
}

/// So many places of a mend are drawn; of more, the first.
const DRAWN: usize = 20;

/// The lines of a file that spans touch, and the spans' places in them: the drawing looks through all
/// that it is given for every finding.
fn window<T: Clone>(sources: &Sources, file: FileId, spans: impl Iterator<Item = Span>) -> (Snippet<'_, T>, usize) {
    let source = sources.get(file);
    let whole = spans.reduce(Span::to).unwrap_or(Span::new(file, 0..0));
    let (first, offset, text) = source.window(whole.range());
    (Snippet::source(text).line_start(first).path(source.path.as_str()), offset)
}

fn within(span: Span, offset: usize) -> std::ops::Range<usize> {
    span.range().start - offset..span.range().end - offset
}

fn snippet<'a>(
    sources: &'a Sources,
    file: FileId,
    labels: &[(AnnotationKind, &'a Label)],
    lang: Lang,
) -> Snippet<'a, Annotation<'a>> {
    let (snippet, offset) = window(sources, file, labels.iter().map(|(_, label)| label.span));
    let annotation =
        |(kind, label): &(AnnotationKind, &'a Label)| kind.span(within(label.span, offset)).label(label.text.get(lang));
    snippet.annotations(labels.iter().map(annotation))
}

fn suggestion<'a>(sources: &'a Sources, mend: &'a Mend, lang: Lang) -> Group<'a> {
    let (message, count) = (mend.message.get(lang), mend.edits.len());
    let title = match (count > DRAWN, lang) {
        (false, _) => Cow::Borrowed(message),
        (true, Lang::En) => Cow::Owned(format!("{message} (the first {DRAWN} of {count} places)")),
        (true, Lang::Es) => Cow::Owned(format!("{message} (los primeros {DRAWN} de {count} lugares)")),
    };
    let mut group = Group::with_title(help(lang).secondary_title(title));
    let drawn = &mend.edits[..count.min(DRAWN)];
    let mut files: Vec<FileId> = drawn.iter().map(|edit| edit.span.file).collect();
    files.dedup();
    for file in files {
        let edits = || drawn.iter().filter(move |edit| edit.span.file == file);
        let (snippet, offset) = window(sources, file, edits().map(|edit| edit.span));
        let patches = edits().map(|edit| Patch::new(within(edit.span, offset), edit.text.as_str()));
        group = group.element(Element::from(snippet.patches(patches)));
    }
    group
}

fn waived(sources: &Sources, finding: &Diagnostic, reason: &str, lang: Lang) -> String {
    let place = finding.place().map_or(String::new(), |span| {
        let file = sources.get(span.file);
        format!("{}:{}: ", file.path, file.position(span.start as usize).0)
    });
    let (word, because) = match lang {
        Lang::En => ("waived", "reason"),
        Lang::Es => ("aceptada", "motivo"),
    };
    format!("{word}[{}]: {place}{} ({because}: {reason})\n", finding.check, finding.message.get(lang))
}
