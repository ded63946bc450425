//! A link to a call in a text that everybody reads.

use std::collections::HashMap;

use super::{Check, Context, Findings, session_file};
use crate::decode::{Line, Paragraphs};
use crate::diagnostics::{At, Example, FileId, Level, Rule, Span};
use crate::locale::Text;
use crate::model::{COVER, Calls, Session};
use crate::schema::{Prose, Section, Speaker, Wording, list};
use crate::text;

pub static CHECK: Check = Check {
    rule: Rule {
        id: "exposed-link",
        level: Level::Warning,
        summary: Text::fixed(
            "no link to a call stands in a text for everybody",
            "ningún enlace de llamada queda en un texto que todos leen",
        ),
        documentation: Text::fixed(
            "Whoever has the link of a call can enter it, so it goes only into personal invitations: it belongs in `join-link`.\n\
             Where it stands in another text – place, objective, agenda, concept note – published calendars and documents say\n\
             “(link in the invitation)” instead. A call that is open to everybody is published with `publish-join-link = true`, in\n\
             `group.toml` for all sessions or in the file of one. Links are told by the `join-link` of the sessions and by the\n\
             platforms in use (Zoom, Meet, Teams, Webex …).",
            "Quien tiene el enlace de una llamada puede entrar en ella; por eso va solo en invitaciones personales y se escribe en\n\
             `join-link`. Si aparece en otro texto – lugar, objetivo, agenda, nota conceptual –, los calendarios y documentos\n\
             publicados dicen «(enlace en la invitación)» en su lugar. Una llamada abierta a todo público se publica con\n\
             `publish-join-link = true`, en `group.toml` para todas las sesiones o en el archivo de una. Los enlaces se reconocen por\n\
             el `join-link` de las sesiones y por las plataformas en uso (Zoom, Meet, Teams, Webex …).",
        ),
        example: Example {
            faulty: &[(
                "session.toml",
                session_file!("place = { es = \"En zoom.us/j/8123456789\", en = \"At zoom.us/j/8123456789\" }\n"),
            )],
            mended: &[(
                "session.toml",
                session_file!("join-link = \"https://zoom.us/j/8123456789\"\nplace = { es = \"Zoom\", en = \"Zoom\" }\n"),
            )],
        },
    },
    run,
};

fn run(context: &Context<'_>, findings: &mut Findings) {
    let calls = Calls::of(context.programme);
    let of_file: HashMap<FileId, &Session> = context.programme.sessions.iter().map(|session| (session.file, session)).collect();
    for (file, written) in &context.written.sessions {
        let session = of_file.get(file).copied();
        let mut texts = Texts { calls: &calls, session, findings };
        [&written.title, &written.objective, &written.place].into_iter().for_each(|text| texts.wording(text));
        texts.speakers(written.moderator.iter());
        for slot in list(&written.slots) {
            texts.wording(&slot.title);
            texts.speakers(slot.moderator.iter().chain(list(&slot.speakers)).chain(list(&slot.facilitators)));
            for group in list(&slot.groups) {
                texts.wording(&group.title);
                texts.speakers(list(&group.speakers).iter().chain(list(&group.facilitators)));
            }
        }
    }
    if let Some((_, note)) = &context.written.concept_note {
        let mut texts = Texts { calls: &calls, session: None, findings };
        texts.wording(&note.title);
        list(&note.sections).iter().for_each(|section| texts.section(section));
    }
}

struct Texts<'a> {
    calls: &'a Calls,
    session: Option<&'a Session>,
    findings: &'a mut Findings,
}

impl Texts<'_> {
    fn wording(&mut self, written: &Option<At<Wording>>) {
        let line = |line: &Option<At<Line>>| line.as_ref().map(|line| (line.span, line.0.clone()));
        self.texts(written.iter().flat_map(|text| [line(&text.es), line(&text.en)]).flatten());
    }

    fn prose(&mut self, written: &Option<At<Prose>>) {
        let prose = |prose: &Option<At<Paragraphs>>| prose.as_ref().map(|prose| (prose.span, prose.0.clone()));
        self.texts(written.iter().flat_map(|text| [prose(&text.es), prose(&text.en)]).flatten());
    }

    fn speakers<'s>(&mut self, speakers: impl Iterator<Item = &'s At<Speaker>>) {
        for speaker in speakers {
            if let Speaker::Table(table) = &speaker.value {
                self.wording(&table.who);
            }
        }
    }

    fn section(&mut self, section: &Section) {
        self.wording(&section.title);
        self.prose(&section.text);
        list(&section.items).iter().for_each(|item| self.wording(&Some(item.clone())));
        list(&section.sections).iter().for_each(|part| self.section(part));
    }

    /// The same text in each language is one finding.
    fn texts(&mut self, texts: impl Iterator<Item = (Span, String)>) {
        let exposed: Vec<Span> =
            texts.filter(|(_, text)| !self.calls.within(text, self.session).is_empty()).map(|(span, _)| span).collect();
        if exposed.is_empty() {
            return;
        }
        let finding = self.findings.finding(Text::fixed(
            "a link to a call stands in a text that everybody reads",
            "hay un enlace de llamada en un texto que todos leen",
        ));
        let label = text!(l, cover = COVER.get(l); "published as “{cover}”", "se publica como «{cover}»");
        let finding = exposed.into_iter().fold(finding, |finding, span| finding.at(span, label.clone()));
        self.findings.push(finding.advice(Text::fixed(
            "move it to `join-link`, or write `publish-join-link = true` if the call is open to everybody",
            "páselo a `join-link`, o escriba `publish-join-link = true` si la llamada está abierta a todo público",
        )));
    }
}
