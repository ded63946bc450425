//! A text that exists in one language only.

use super::{Check, Context, Findings, session_file};
use crate::decode::Visibility;
use crate::diagnostics::{Diagnostic, Example, Level, Rule, Span};
use crate::locale::{Lang, Text};
use crate::text;

pub(crate) static CHECK: Check = Check {
    rule: &Rule {
        id: "missing-translation",
        level: Level::Warning,
        summary: Text::fixed("every text is there in each language of the group", "todo texto está en cada idioma del grupo"),
        documentation: Text::fixed(
            "A document in Spanish with a title in English looks unfinished, and a participant may not understand it. Until the text\n\
             is there, the other language stands in for it. A group that works in one language says so with `languages`, and then a text\n\
             may stand alone: `title = \"Framework\"`.",
            "Un documento en español con un título en inglés parece inconcluso, y puede que un participante no lo entienda. Mientras\n\
             falte el texto, lo suple el otro idioma. Un grupo que trabaja en un solo idioma lo dice con `languages`, y\n\
             entonces un texto puede ir solo: `title = \"Marco\"`.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Marco\" }\nspeakers = [\"port\"]\n"
                ),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = \"10:00\"\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    context.written.each_field(&mut |_, filled| {
        let Some(text) = filled.text.filter(|_| filled.field.visibility != Visibility::Never) else { return };
        // A text alone, without its language, is the whole value.
        let alone = text.iter().find_map(|(_, words)| words.filter(|words| words.span == filled.span));
        for (lang, words) in text {
            let is_missing = words.is_none_or(|words| words.trim().is_empty());
            if is_missing && context.programme.group.languages.contains(&lang) && !context.is_doubtful(filled.span) {
                let finding = missing(findings, filled.span, lang, alone.map(|words| words.value));
                findings.push(finding);
            }
        }
    });
}

fn missing(findings: &Findings, span: Span, lang: Lang, alone: Option<&str>) -> Diagnostic {
    let key = lang.code();
    let message = match lang {
        Lang::Es => Text::fixed("the Spanish text is missing", "falta el texto en español"),
        Lang::En => Text::fixed("the English text is missing", "falta el texto en inglés"),
    };
    let Some(words) = alone else {
        return findings.finding(message).at(span, text!("add `{key} = \"…\"`", "agregue `{key} = \"…\"`"));
    };
    let (words, other) = (super::timing::short(words).replace('"', "\\\""), if lang == Lang::Es { "en" } else { "es" });
    findings.finding(message).at(span, Text::fixed("in one language only", "en un solo idioma")).advice(text!(
        "write `{{ {other} = \"{words}\", {key} = \"…\" }}`",
        "escriba `{{ {other} = \"{words}\", {key} = \"…\" }}`"
    ))
}
