//! `convoca ledger`: what was sent to whom and when, session by session.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;

use chrono::{DateTime, Utc};
use clap::{Arg, ArgMatches};
use comfy_table::{ContentArrangement, Table};
use serde_json::json;

use super::args::{Options, template};
use super::correspondent::{self, Correspondent};
use super::invite::unusable;
use super::{Failure, Outcome, check};
use crate::decode::nearest;
use crate::ledger::{self, Answer, History, Ledger, Mail, Reply, State};
use crate::locale::{Lang, Text, dates, words};
use crate::model::{Programme, Session};
use crate::replies::attendance::known_as;
use crate::text;
use crate::time::Zone;

/// `convoca ledger`, as typed.
#[derive(Debug)]
pub struct Show {
    /// Number or id of a session, id or name of a party or person, or an address.
    of: Option<String>,
    json: bool,
}

impl Show {
    pub fn of(matches: &ArgMatches) -> Show {
        let text = |id: &str| matches.get_one::<String>(id).cloned();
        Show { of: text("of"), json: text("format").as_deref() == Some("json") }
    }
}

/// What may be typed, with its help in a language.
pub fn grammar(lang: Lang) -> clap::Command {
    let say = |en: &'static str, es: &'static str| Text::fixed(en, es).get(lang).to_owned();
    clap::Command::new("ledger")
        .visible_alias("registro")
        .about(say("Show what was sent to whom, and when", "Mostrar qué se envió, a quién y cuándo"))
        .help_template(template(lang))
        .next_help_heading(say("Options", "Opciones"))
        .args([
            Arg::new("of").value_name(say("SESSION|PERSON", "SESIÓN|PERSONA")).help(say(
                "Only of a session (number or id), or to a party or person (id, name or address)",
                "Solo de una sesión (número o identificador), o a una parte o persona (identificador, nombre o dirección)",
            )),
            Arg::new("format")
                .long("format")
                .value_name("human|json")
                .value_parser(["human", "json"])
                .hide_possible_values(true)
                .help(say("How it is shown", "Cómo se muestra")),
        ])
}

/// The ledger of the programme as it is; what is wrong at its end is told.
pub fn read(options: &Options) -> Result<History, Failure> {
    let (history, note) = ledger::read(&options.programme.join(ledger::FILE)).map_err(|error| unusable(&error))?;
    note.iter().for_each(|note| anstream::eprintln!("{}", note.get(options.lang)));
    Ok(history)
}

/// The ledger of the programme for writing; what was mended is told.
pub fn open(options: &Options) -> Result<Ledger, Failure> {
    let ledger = Ledger::open(&options.programme.join(ledger::FILE)).map_err(|error| unusable(&error))?;
    ledger.notes.iter().for_each(|note| anstream::eprintln!("{}", note.get(options.lang)));
    Ok(ledger)
}

pub fn run(options: &Options, command: &Show) -> Result<Outcome, Failure> {
    let (_, checked) = check::load(options)?;
    let history = read(options)?;
    let programme = checked.programme.as_ref();
    let wanted = match &command.of {
        Some(of) => wanted(programme, &history, of)?,
        None => Wanted::All,
    };
    let mails: Vec<&Mail> = history.mails().filter(|mail| wanted.is(mail)).collect();
    let mut out = anstream::stdout().lock();
    if command.json {
        let mails: Vec<_> = mails.iter().map(|mail| as_json(mail, &history)).collect();
        serde_json::to_writer_pretty(&mut out, &json!({ "version": 1, "mails": mails })).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else if mails.is_empty() {
        writeln!(out, "{}", Text::fixed("nothing was sent", "no se ha enviado nada").get(options.lang))?;
    } else {
        write!(out, "{}", pages(&mails, &history, programme, options.lang))?;
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

/// Of which mails to tell.
enum Wanted {
    All,
    Session(String),
    Correspondent(Correspondent),
}

impl Wanted {
    fn is(&self, mail: &Mail) -> bool {
        match self {
            Wanted::All => true,
            Wanted::Session(id) => mail.message.session == *id,
            Wanted::Correspondent(who) => who.is(&mail.message.who, &mail.message.to),
        }
    }
}

fn wanted(programme: Option<&Programme>, history: &History, of: &str) -> Result<Wanted, Failure> {
    let sessions = || programme.into_iter().flat_map(|programme| &programme.sessions);
    let meant =
        |session: &&Session| session.id.as_str() == of || session.number.is_some_and(|number| number.value.to_string() == of);
    let in_programme = sessions().find(meant).map(|session| session.id.as_str());
    if let Some(id) = in_programme.or_else(|| history.sessions().find(|id| *id == of)) {
        return Ok(Wanted::Session(id.to_owned()));
    }
    if let Some(who) = Correspondent::known(programme, history, of) {
        return Ok(Wanted::Correspondent(who));
    }
    let names = correspondent::names(programme, history);
    let ids = sessions().map(|session| session.id.as_str()).chain(history.sessions());
    let known: Vec<&str> = ids.chain(names.iter().map(String::as_str)).collect();
    Err(Failure::new(text!("there is no session, party or person `{of}`", "no existe la sesión, parte o persona `{of}`")).help(
        match nearest(of, &known) {
            Some(meant) => text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?"),
            None => Text::fixed("`convoca ledger` alone shows everything", "`convoca registro` sin más lo muestra todo"),
        },
    ))
}

/// Session by session, then name by name, the oldest mail first; and how many there are in all.
fn pages(mails: &[&Mail], history: &History, programme: Option<&Programme>, lang: Lang) -> String {
    let bold = anstyle::Style::new().bold();
    let zone = programme.map_or_else(Zone::utc, |programme| programme.group.zone.clone());
    let sessions: Vec<&Session> = programme.into_iter().flat_map(|programme| &programme.sessions).collect();
    let mut by_session: BTreeMap<(usize, &str), Vec<(String, &Mail)>> = BTreeMap::new();
    for mail in mails {
        let message = &mail.message;
        let place = sessions.iter().position(|session| session.id.as_str() == message.session).unwrap_or(sessions.len());
        let name = programme.map_or_else(
            || message.who.clone(),
            |programme| known_as(&programme.group, &message.who, |party| party.label(lang)).0,
        );
        by_session.entry((place, &message.session)).or_default().push((name, mail));
    }
    let mut out = String::new();
    for ((place, id), mut mails) in by_session {
        let heading = sessions.get(place).map_or_else(|| id.to_owned(), |session| session.heading(lang));
        // Stable: each person's mails stay in their order.
        mails.sort_by(|a, b| (&a.0, &a.1.message.to).cmp(&(&b.0, &b.1.message.to)));
        out.push_str(&format!("{bold}{heading}{bold:#}\n{}\n\n", table(&mails, history, &zone, lang)));
    }
    out.push_str(&format!("{}\n", total(mails, history, lang)));
    out
}

fn table(mails: &[(String, &Mail)], history: &History, zone: &Zone, lang: Lang) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(120);
    }
    table.set_header(match lang {
        Lang::Es => ["A quién", "Qué", "Cuándo", "Estado", "Respuesta"],
        Lang::En => ["To", "What", "When", "State", "Answer"],
    });
    for (name, mail) in mails {
        let message = &mail.message;
        let sequence = message.sequence;
        let version = text!("version {sequence}", "versión {sequence}");
        table.add_row([
            format!("{name} <{}>", message.to),
            format!("{}, {}", reason(&mail.reason, lang), version.get(lang)),
            moment(zone, mail.at),
            state(mail, lang),
            answer(mail, history).map_or(String::new(), |reply| answered(reply, lang)),
        ]);
    }
    table
}

/// By the group's clock, with its offset.
fn moment(zone: &Zone, at: DateTime<Utc>) -> String {
    let local = zone.local(at);
    format!("{} {}", local.time.format("%Y-%m-%d %H:%M"), dates::utc_offset(local.offset))
}

/// "6 mails: 5 sent, 1 in doubt; 4 answered"
fn total(mails: &[&Mail], history: &History, lang: Lang) -> String {
    let count = |state: State| mails.iter().filter(|mail| mail.state() == state).count();
    let states = [
        (State::Sent, Text::fixed("sent", "enviado"), Text::fixed("sent", "enviados")),
        (State::InDoubt, Text::fixed("in doubt", "en duda"), Text::fixed("in doubt", "en duda")),
        (State::Refused, Text::fixed("refused", "rechazado"), Text::fixed("refused", "rechazados")),
    ];
    let states = states.iter().filter(|(state, ..)| count(*state) > 0);
    let states = states.map(|(state, one, many)| words::count(count(*state), one.get(lang), many.get(lang)));
    let states = states.collect::<Vec<_>>().join(", ");
    let invitations: HashSet<(&str, &str)> =
        mails.iter().map(|mail| (mail.message.uid.as_str(), mail.message.to.as_str())).collect();
    let answered = invitations.iter().filter(|(uid, to)| history.answers(uid, to).next().is_some()).count();
    let (mails, invitations) = (mails.len(), invitations.len());
    match lang {
        Lang::En => {
            format!("{}: {states}; {answered} of {invitations} invitations answered", words::count(mails, "mail", "mails"))
        }
        Lang::Es => {
            format!(
                "{}: {states}; {answered} de {invitations} invitaciones con respuesta",
                words::count(mails, "correo", "correos")
            )
        }
    }
}

fn reason(reason: &str, lang: Lang) -> String {
    let word = match reason {
        "new" => Text::fixed("invitation", "invitación"),
        "update" => Text::fixed("update", "actualización"),
        "cancel" => Text::fixed("cancellation", "cancelación"),
        "withdraw" => Text::fixed("no longer invited", "ya no se le convoca"),
        "remind" => Text::fixed("reminder", "recordatorio"),
        other => Text::same(other),
    };
    word.get(lang).to_owned()
}

fn state(mail: &Mail, lang: Lang) -> String {
    let word = match mail.state() {
        State::Sent => Text::fixed("sent", "enviado"),
        State::InDoubt => Text::fixed("in doubt", "en duda"),
        State::Refused => Text::fixed("refused", "rechazado"),
    };
    match (&mail.said, mail.state()) {
        (Some(said), State::Refused) => format!("{}: {said}", word.get(lang)),
        _ => word.get(lang).to_owned(),
    }
}

/// The newest answer to this version, beside the last of the mails that told it.
fn answer<'h>(mail: &Mail, history: &'h History) -> Option<&'h Reply> {
    let message = &mail.message;
    let mut later = history.to(&message.session, &message.to).rev().take_while(|other| other.message.mail != message.mail);
    if later.any(|other| other.message.uid == message.uid && other.message.sequence == message.sequence) {
        return None;
    }
    let answers = history.answers(&message.uid, &message.to).filter(|reply| reply.sequence == message.sequence);
    answers.max_by_key(|reply| reply.dtstamp)
}

fn answered(reply: &Reply, lang: Lang) -> String {
    let word = match reply.answer {
        Answer::Accepted => Text::fixed("accepted", "aceptó"),
        Answer::Declined => Text::fixed("declined", "declinó"),
        Answer::Tentative => Text::fixed("may come", "tal vez"),
        Answer::Counter => Text::fixed("proposes another time", "propone otra hora"),
        Answer::DeclineCounter => Text::fixed("proposal declined", "propuesta declinada"),
    };
    let by_hand = if reply.source == ledger::BY_HAND { Text::fixed(" (by hand)", " (a mano)") } else { Text::default() };
    format!("{}{}", word.get(lang), by_hand.get(lang))
}

fn as_json(mail: &Mail, history: &History) -> serde_json::Value {
    let state = match mail.state() {
        State::Sent => "sent",
        State::InDoubt => "in-doubt",
        State::Refused => "refused",
    };
    json!({
        "at": mail.at,
        "message": mail.message,
        "reason": mail.reason,
        "state": state,
        "attempts": mail.attempts(),
        "said": mail.said,
        "answer": answer(mail, history).map(|reply| reply.answer),
        "content": mail.content,
    })
}
