//! What templates see: everything worded in one language, every hour local and grouped.

mod agenda;
mod hours;
mod letter;

pub use letter::Reader;

use std::collections::BTreeMap;

use minijinja::{Value, context};

use crate::diagnostics::{Diagnostic, Sources};
use crate::document::parse::prose;
use crate::document::passages::Passages;
use crate::document::{Align, Block, Cell, Column, Document, Inline, Standing, Table};
use crate::locale::{Lang, Text, dates, words};
use crate::model::{Actor, Group, Programme, Section, Session, clock_notes};
use crate::schema::{Include, PartyKind, Status};
use crate::templates::{Templates, blocks_value, inlines_value, sessions_value};

/// Words a programme for templates in one language.
pub struct View<'a> {
    pub sources: &'a Sources,
    pub programme: &'a Programme,
    pub templates: &'a Templates,
    pub lang: Lang,
}

impl View<'_> {
    /// What a template writes: the one way to a document, whether it becomes a file or a mail.
    ///
    /// # Errors
    /// Where the template cannot be followed, or where a link in it leads nowhere.
    pub fn document(
        &self,
        template: &str,
        context: Value,
        standing: Standing,
        title: impl FnOnce(&[Block]) -> String,
    ) -> Result<Document, Box<Diagnostic>> {
        let blocks = self.templates.document(self.sources, template, self.lang, context)?;
        Ok(Document { tag: self.programme.group.tag(self.lang), title: title(&blocks), author: self.signer(), standing, blocks })
    }

    /// What every template sees.
    pub fn context(&self) -> Value {
        let group = &self.programme.group;
        let party = |id: Option<crate::model::PartyId>| id.map(|id| group.party(id).label(self.lang));
        let sessions: Vec<Value> = self.programme.sessions.iter().map(|session| self.session(session)).collect();
        context! {
            group => context! {
                name => group.name.get(self.lang),
                short_name => group.short_name().get(self.lang),
                presidency => party(group.presidency),
                secretariat => party(group.secretariat),
                signer => self.signer(),
                email => group.organizer.as_ref().map(|organizer| organizer.email.as_str()),
                email_link => group.organizer.as_ref().map(|organizer| inlines_value(vec![mail_link(&organizer.email)])),
            },
            unconfirmed => self.programme.is_unconfirmed(),
            note => self.note(),
            sessions => sessions_value(sessions),
            sessions_table => blocks_value(vec![Block::Table(self.sessions_table())]),
            participants_table => blocks_value(vec![Block::Table(self.participants_table())]),
            contacts => group.organizer.is_some().then(|| blocks_value(self.contacts())),
        }
    }

    /// A session as templates see it.
    pub fn session(&self, session: &Session) -> Value {
        let lang = self.lang;
        let passages = Passages::of_session(self.sources, session.file);
        let blocks = |text: &Option<Text>| text.as_ref().map(|text| blocks_value(self.prose(text, &passages)));
        let name = session.name(lang);
        let title = session.title.get(lang);
        let date = session.date.map(|date| dates::long_date(lang, date.value));
        let heading = match (&session.number, &date) {
            (Some(_), Some(date)) => format!("{name} – {title} ({date})"),
            (Some(_), None) => format!("{name} – {title}"),
            (None, Some(date)) => format!("{title} ({date})"),
            (None, None) => title.to_owned(),
        };
        context! {
            id => session.id.as_str(),
            number => session.number.map(|number| number.value),
            name => name,
            title => title,
            heading => heading,
            anchor => anchor(session.id.as_str()),
            date => date,
            hours => inlines_value(self.hours(session)),
            clock_notes => self.clock_notes(session),
            duration => session.length(self.lang),
            status => session.status.word(),
            standing => self.standing(session),
            moderator => session.moderator.as_ref().map(|role| self.role(role)),
            objective => session.objective.as_ref().map(|text| inlines_value(flowing(&self.prose(text, &passages)))),
            background => blocks(&session.background),
            questions => blocks(&session.questions),
            results => blocks(&session.results),
            place => session.place.as_ref().map(|text| text.get(lang)),
            join_link => session.join_link.as_ref().map(|link| inlines_value(vec![web_link(&link.value)])),
            agenda => blocks_value(vec![Block::Table(self.agenda(session, None))]),
        }
    }

    /// What a session that is not firm is: "CANCELADA; se pospone para el martes 6 de abril de 2027".
    pub fn standing(&self, session: &Session) -> Option<String> {
        let word = (session.status != Status::Confirmed).then(|| self.word(session.status.word()))?;
        let day = session.postponed_to.filter(|_| session.status == Status::Cancelled);
        Some(match day {
            Some(day) => format!("{word}; {} {}", self.word("postponed"), dates::long_date(self.lang, day)),
            None => word,
        })
    }

    /// A text in Markdown; what is wrong with it is told where it is written.
    fn prose(&self, text: &Text, passages: &Passages<'_>) -> Vec<Block> {
        let markdown = text.get(self.lang);
        prose(markdown, &|line, words| passages.place(self.lang, markdown, line, words))
    }

    /// Who answers for the documents.
    pub fn signer(&self) -> String {
        let group = &self.programme.group;
        group.signer().map_or_else(|| group.name.get(self.lang).to_owned(), |id| group.party(id).label(self.lang))
    }

    /// "Sesión 1 – Iniciativas globales"
    fn session_title(&self, session: &Session) -> String {
        match session.number {
            Some(_) => format!("{} – {}", session.name(self.lang), session.title.get(self.lang)),
            None => session.title.get(self.lang).to_owned(),
        }
    }

    /// The title in a table of sessions, with the status of one that is not firm.
    fn session_cell(&self, session: &Session) -> Cell {
        let mut lines = vec![vec![Inline::Text(self.session_title(session))]];
        lines.extend(self.standing(session).map(|standing| vec![Inline::Strong(vec![Inline::Text(standing)])]));
        Cell { heads_row: true, ..Cell::new(lines) }
    }

    /// What readers must be told about their clocks.
    pub fn clock_notes(&self, session: &Session) -> Vec<String> {
        clock_notes(self.programme, session, self.lang)
    }

    /// A word of the documents, from `words.toml`.
    pub fn word(&self, key: &str) -> String {
        self.templates.word(key, self.lang).unwrap_or(key).to_owned()
    }

    fn sessions_table(&self) -> Table {
        let lang = self.lang;
        let columns = vec![column(self.word("session"), 33), column(self.word("date"), 30), column(self.word("hours"), 37)];
        let row = |session: &Session| {
            let date = session.date.map_or_else(|| self.word("tbc"), |date| dates::long_date(lang, date.value));
            let hours = match session.time().zip(session.date) {
                Some((time, date)) => self.all_hours(session, time, date.value),
                None => vec![vec![Inline::Text(self.word("tbc"))]],
            };
            vec![self.session_cell(session), Cell::text(date), Cell::new(hours)]
        };
        Table { caption: None, columns, rows: self.programme.sessions.iter().map(row).collect() }
    }

    /// The members by country.
    fn participants_table(&self) -> Table {
        let group = &self.programme.group;
        let members = || group.parties.iter().filter(|party| party.member);
        let mut by_country: BTreeMap<(usize, &str), Vec<String>> = BTreeMap::new();
        for party in members() {
            let place = |code: &str| group.members.iter().position(|member| member.code == code);
            let country = party
                .country
                .as_ref()
                .map_or((usize::MAX, "—"), |(code, name)| (place(code).unwrap_or(group.members.len()), name.get(self.lang)));
            let name = party.short_name.as_ref().unwrap_or(&party.name).get(self.lang).to_owned();
            by_country.entry(country).or_default().push(name);
        }
        let rows = by_country.into_iter().map(|((_, country), members)| {
            vec![Cell { heads_row: true, ..Cell::text(country) }, Cell::text(words::join(self.lang, &members))]
        });
        let heading = match members().all(|party| party.kind == PartyKind::Municipality) {
            true => "members",
            false => "members-of-all-kinds",
        };
        Table {
            caption: None,
            columns: vec![column(self.word("country"), 30), column(self.word(heading), 70)],
            rows: rows.collect(),
        }
    }

    fn contacts(&self) -> Vec<Block> {
        let group: &Group = &self.programme.group;
        let Some(organizer) = &group.organizer else { return Vec::new() };
        let link = mail_link(&organizer.email);
        let name = Actor::Party(organizer.party).label(group, self.lang);
        vec![Block::Paragraph(vec![Inline::Text(format!("{}: {name}, ", self.word("contact"))), link])]
    }

    fn note(&self) -> Option<Value> {
        let note = self.programme.concept_note.as_ref()?;
        let passages = Passages::of_note(self.sources);
        let sections: Vec<Value> = note.sections.iter().map(|section| self.section(section, &passages)).collect();
        Some(context! {
            title => note.title.get(self.lang),
            date => note.date.map(|date| dates::date(self.lang, date)),
            sections => sections,
        })
    }

    fn section(&self, section: &Section, passages: &Passages<'_>) -> Value {
        let lang = self.lang;
        let text = section.text.as_ref().map(|text| blocks_value(self.prose(text, passages)));
        let items: Vec<Value> = section.items.iter().map(|item| Value::from(item.get(lang))).collect();
        let sections: Vec<Value> = section.sections.iter().map(|part| self.section(part, passages)).collect();
        context! {
            id => section.id.as_str(),
            title => section.title.get(lang),
            anchor => anchor(section.id.as_str()),
            text => text,
            items => items,
            include => section.include.map(Include::word),
            sections => sections,
        }
    }
}

/// Prose within a line, as a template may put it there: paragraphs and items of lists a line each.
fn flowing(prose: &[Block]) -> Vec<Inline> {
    let mut flow = Vec::new();
    for line in agenda::prose_lines(prose) {
        if !flow.is_empty() {
            flow.push(Inline::Break);
        }
        flow.extend(line);
    }
    flow
}

fn column(heading: String, width: u8) -> Column {
    Column { heading: vec![Inline::Text(heading)], align: Align::Start, width }
}

/// Put behind a heading, the name that links call it.
fn anchor(id: &str) -> Value {
    inlines_value(vec![Inline::Anchor(id.to_owned())])
}

pub fn mail_link(address: &str) -> Inline {
    Inline::Link { url: format!("mailto:{address}"), content: vec![Inline::Text(address.to_owned())] }
}

fn web_link(url: &str) -> Inline {
    Inline::Link { url: url.to_owned(), content: vec![Inline::Text(url.to_owned())] }
}
