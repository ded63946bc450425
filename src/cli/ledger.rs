//! `convoca ledger`: what was sent to whom and when, session by session.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;

use chrono::{DateTime, Utc};
use clap::{Arg, ArgAction, ArgMatches};
use comfy_table::{ContentArrangement, Table};
use serde_json::json;

use super::command::{Command, Options, Outcome, named, say};
use super::terminal;
use crate::decode::nearest;
use crate::ledger::{self, History, Mail, Reply, State};
use crate::locale::{Lang, Text, dates, words};
use crate::model::{Programme, Session};
use crate::replies::attendance::known_as;
use crate::text;
use crate::time::Zone;
use crate::workspace::{Correspondent, Failure, names, read};

/// `convoca ledger`, as typed.
struct Show {
    /// Number or id of a session, id or name of a party or person, or an address.
    of: Option<String>,
    json: bool,
}

impl Show {
    fn of(matches: &ArgMatches) -> Show {
        let text = |id: &str| matches.get_one::<String>(id).cloned();
        Show { of: text("of"), json: text("format").as_deref() == Some("json") }
    }
}

pub(crate) static LEDGER: Command = Command { grammar, run };

fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    named(lang, "ledger", "Show what was sent to whom, and when", "Mostrar qué se envió, a quién y cuándo").args([
        Arg::new("of").value_name(say("SESSION|PERSON", "SESIÓN|PERSONA")).help(say(
            "Only of a session (number or id), or to a party or person (id, name or address)",
            "Solo de una sesión (número o identificador), o a una organización o persona (identificador, nombre o dirección)",
        )),
        Arg::new("format")
            .long("format")
            .value_name("human|json")
            .value_parser(["human", "json"])
            .hide_possible_values(true)
            .help(say("How it is shown", "Cómo se muestra")),
        Arg::new("mend")
            .long("mend")
            .visible_alias("reparar")
            .action(ArgAction::SetTrue)
            .conflicts_with_all(["of", "format"])
            .help(say(
                "Go on from a damaged ledger with all that can be read, keeping a copy",
                "Seguir con todo lo que se pueda leer de un registro dañado, guardando una copia",
            )),
    ])
}

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    if matches.get_flag("mend") {
        return mend(options);
    }
    let command = Show::of(matches);
    let snapshot = options.workspace.load()?;
    let programme = snapshot.programme();
    let history = options.history(programme)?;
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

fn mend(options: &Options) -> Result<Outcome, Failure> {
    let Some((mended, copy)) = options.workspace.mend_ledger()? else {
        terminal::print(options.lang, &Text::fixed("the ledger is whole", "el registro de envíos está entero"))?;
        return Ok(Outcome::Clean);
    };
    let copy = read::shown(&copy);
    terminal::print(
        options.lang,
        &text!("the ledger as it was is kept in {copy}", "el registro de envíos, como estaba, queda en {copy}"),
    )?;
    if !mended.saved.is_empty() {
        let numbers = mended.saved.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        terminal::print(options.lang, &text!("set right: line {numbers}", "corregido: renglón {numbers}"))?;
    }
    for (number, why, begins) in &mended.lost {
        terminal::print(
            options.lang,
            &text!(l, why = why.get(l); "lost: line {number} ({why}): {begins}…", "perdido: renglón {number} ({why}): {begins}…"),
        )?;
    }
    if !mended.lost.is_empty() {
        terminal::print(
            options.lang,
            &Text::fixed(
                "look through `convoca invite plan` before anything is sent: whoever was on a lost line is planned again",
                "revise `convoca invitar ver` antes de enviar: a quien estaba en un renglón perdido se le vuelve a convocar",
            ),
        )?;
    }
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
    let names = names(programme, history);
    let ids = sessions().map(|session| session.id.as_str()).chain(history.sessions());
    let known: Vec<&str> = ids.chain(names.iter().map(String::as_str)).collect();
    Err(Failure::new(text!(
        "there is no session, organisation or person `{of}`",
        "no existe la sesión, organización o persona `{of}`"
    ))
    .help(match nearest(of, &known) {
        Some(meant) => text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?"),
        None => Text::fixed("`convoca ledger` alone shows everything", "`convoca registro` sin más lo muestra todo"),
    }))
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
            format!("{}, {}", mail.reason.word().get(lang), version.get(lang)),
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
        (
            State::Written,
            Text::fixed("written and not entered", "escrito sin anotar"),
            Text::fixed("written and not entered", "escritos sin anotar"),
        ),
        (State::Refused, Text::fixed("refused", "rechazado"), Text::fixed("refused", "rechazados")),
        (State::Returned, Text::fixed("came back", "devuelto"), Text::fixed("came back", "devueltos")),
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

fn state(mail: &Mail, lang: Lang) -> String {
    let word = match mail.state() {
        State::Sent => Text::fixed("sent", "enviado"),
        State::InDoubt => Text::fixed("in doubt", "en duda"),
        State::Written => Text::fixed("written and not entered", "escrito sin anotar"),
        State::Refused => Text::fixed("refused", "rechazado"),
        State::Returned => Text::fixed("came back", "devuelto"),
    };
    match (mail.returned.as_ref().or(mail.said.as_ref()), mail.state()) {
        (Some(said), State::Refused | State::Returned) => format!("{}: {said}", word.get(lang)),
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
    let by_hand = if reply.source == ledger::BY_HAND { Text::fixed(" (by hand)", " (a mano)") } else { Text::default() };
    format!("{}{}", reply.answer.word(lang), by_hand.get(lang))
}

fn as_json(mail: &Mail, history: &History) -> serde_json::Value {
    let state = match mail.state() {
        State::Sent => "sent",
        State::InDoubt => "in-doubt",
        State::Written => "written",
        State::Refused => "refused",
        State::Returned => "returned",
    };
    json!({
        "at": mail.at,
        "message": mail.message,
        "reason": mail.reason.id(),
        "state": state,
        "attempts": mail.attempts(),
        "said": mail.said,
        "answer": answer(mail, history).map(|reply| reply.answer),
        "content": mail.content,
    })
}
