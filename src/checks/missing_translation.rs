//! A text that exists in one language only.

use super::{Check, Context, Findings, session_file};
use crate::diagnostics::{At, Diagnostic, Example, Level, Rule, Span};
use crate::locale::{Lang, Text};
use crate::schema::{Prose, Section, Wording, list};
use crate::text;

pub static CHECK: Check = Check {
    rule: Rule {
        id: "missing-translation",
        level: Level::Warning,
        summary: Text::fixed("every text is there in each language of the group", "todo texto está en cada idioma del grupo"),
        documentation: Text::fixed(
            "A document in Spanish with a title in English looks unfinished, and a participant may not understand it. Until the text\n\
             is there, the other language stands in for it. A group that works in one language says so with `languages`.",
            "Un documento en español con un título en inglés parece inconcluso, y puede que un participante no lo entienda. Mientras\n\
             falte el texto, lo suple el otro idioma. Un grupo que trabaja en un solo idioma lo dice con `languages`.",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!("\n[[slots]]\nstart = 10:00\nminutes = 30\ntitle = { es = \"Marco\" }\nspeakers = [\"port\"]\n"),
            )],
            mended: &[(
                "session.toml",
                session_file!(
                    "\n[[slots]]\nstart = 10:00\nminutes = 30\ntitle = { es = \"Marco\", en = \"Framework\" }\nspeakers = [\"port\"]\n"
                ),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    let mut missing = Missing { context, findings };
    if let Some((_, group)) = &context.written.group {
        missing.lines(&group.name);
        missing.lines(&group.short_name);
        for (_, party) in group.parties.iter().flat_map(|map| &map.0) {
            missing.lines(&party.name);
            missing.lines(&party.short_name);
            missing.lines(&party.acronym);
        }
        for (_, person) in group.people.iter().flat_map(|map| &map.0) {
            missing.lines(&person.role);
        }
    }
    if let Some((_, note)) = &context.written.concept_note {
        missing.lines(&note.title);
        list(&note.sections).iter().for_each(|section| missing.section(section));
    }
    for (_, session) in &context.written.sessions {
        missing.lines(&session.title);
        missing.lines(&session.objective);
        missing.lines(&session.place);
        for slot in list(&session.slots) {
            missing.lines(&slot.title);
            list(&slot.groups).iter().for_each(|group| missing.lines(&group.title));
        }
    }
}

struct Missing<'a, 'c> {
    context: &'a Context<'c>,
    findings: &'a mut Findings,
}

impl Missing<'_, '_> {
    fn section(&mut self, section: &Section) {
        self.lines(&section.title);
        self.prose(&section.text);
        for item in list(&section.items) {
            self.lines(&Some(item.clone()));
        }
        list(&section.sections).iter().for_each(|part| self.section(part));
    }

    fn lines(&mut self, written: &Option<At<Wording>>) {
        let Some(text) = written else { return };
        let blank = |line: &Option<At<crate::decode::Line>>| line.as_ref().is_none_or(|line| line.0.is_empty());
        self.report(text.span, blank(&text.es), blank(&text.en));
    }

    fn prose(&mut self, written: &Option<At<Prose>>) {
        let Some(text) = written else { return };
        let blank = |prose: &Option<At<crate::decode::Paragraphs>>| prose.as_ref().is_none_or(|prose| prose.0.trim().is_empty());
        self.report(text.span, blank(&text.es), blank(&text.en));
    }

    fn report(&mut self, span: Span, no_spanish: bool, no_english: bool) {
        for (lang, is_missing) in [(Lang::Es, no_spanish), (Lang::En, no_english)] {
            if is_missing && self.context.programme.group.languages.contains(&lang) && !self.context.is_doubtful(span) {
                let finding = self.finding(span, lang);
                self.findings.push(finding);
            }
        }
    }

    fn finding(&self, span: Span, lang: Lang) -> Diagnostic {
        let key = lang.code();
        let message = match lang {
            Lang::Es => Text::fixed("the Spanish text is missing", "falta el texto en español"),
            Lang::En => Text::fixed("the English text is missing", "falta el texto en inglés"),
        };
        self.findings.finding(message).at(span, text!("add `{key} = \"…\"`", "agregue `{key} = \"…\"`"))
    }
}
