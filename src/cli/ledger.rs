//! `convoca ledger`: what was sent to whom and when.

use std::io::Write;

use clap::{Arg, ArgMatches};
use comfy_table::{ContentArrangement, Table};
use serde_json::json;

use super::args::{Options, template};
use super::invite::unusable;
use super::{Failure, Outcome, check};
use crate::ledger::{self, Answer, History, Mail, State};
use crate::locale::{Lang, Text};
use crate::model::Programme;
use crate::time::Zone;

/// `convoca ledger`, as typed.
#[derive(Debug)]
pub struct Show {
    /// Number or id of a session, id of a party or person, or an address.
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
                "Only of a session (number or id), or to a party or person (id or address)",
                "Solo de una sesión (número o identificador), o a una parte o persona (identificador o dirección)",
            )),
            Arg::new("format")
                .long("format")
                .value_name("human|json")
                .value_parser(["human", "json"])
                .hide_possible_values(true)
                .help(say("How it is shown", "Cómo se muestra")),
        ])
}

pub fn run(options: &Options, command: &Show) -> Result<Outcome, Failure> {
    let (_, checked) = check::load(options)?;
    let history = ledger::read(&options.programme.join(ledger::FILE)).map_err(|error| unusable(&error))?;
    let programme = checked.programme.as_ref();
    let of = command.of.as_deref();
    let session = of.and_then(|of| session(programme, of));
    let wanted = |mail: &&Mail| {
        let message = &mail.message;
        of.is_none_or(|of| {
            Some(message.session.as_str()) == session
                || [&message.session, &message.who, &message.to].iter().any(|text| *text == of)
        })
    };
    let mails: Vec<&Mail> = history.mails().filter(wanted).collect();
    let mut out = anstream::stdout().lock();
    if command.json {
        let mails: Vec<_> = mails.iter().map(|mail| as_json(mail, &history)).collect();
        serde_json::to_writer_pretty(&mut out, &json!({ "version": 1, "mails": mails })).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else if mails.is_empty() {
        writeln!(out, "{}", Text::fixed("nothing was sent", "no se ha enviado nada").get(options.lang))?;
    } else {
        let zone = programme.map_or_else(Zone::utc, |programme| programme.group.zone.clone());
        writeln!(out, "{}", table(&mails, &history, &zone, options.lang))?;
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

/// The id of a session that was given by its number.
fn session<'p>(programme: Option<&'p Programme>, of: &str) -> Option<&'p str> {
    let numbered = |session: &&crate::model::Session| session.number.is_some_and(|number| number.value.to_string() == of);
    programme?.sessions.iter().find(numbered).map(|session| session.id.as_str())
}

fn table(mails: &[&Mail], history: &History, zone: &Zone, lang: Lang) -> Table {
    let say = |en: &'static str, es: &'static str| Text::fixed(en, es).get(lang).to_owned();
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(120);
    }
    table.set_header([
        say("When", "Cuándo"),
        say("Session", "Sesión"),
        say("To", "A quién"),
        say("What", "Qué"),
        say("State", "Estado"),
        say("Answer", "Respuesta"),
    ]);
    for mail in mails {
        let message = &mail.message;
        table.add_row([
            zone.local(mail.at).time.format("%Y-%m-%d %H:%M").to_string(),
            message.session.clone(),
            format!("{} <{}>", message.who, message.to),
            format!("{} ({})", reason(&mail.reason, lang), message.sequence),
            state(mail, lang),
            answer(mail, history).map_or(String::new(), |answer| answered(answer, lang).to_owned()),
        ]);
    }
    table
}

fn reason(reason: &str, lang: Lang) -> String {
    let word = match reason {
        "new" => Text::fixed("invitation", "invitación"),
        "update" => Text::fixed("update", "actualización"),
        "cancel" => Text::fixed("cancellation", "cancelación"),
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

/// The newest answer to this very mail.
fn answer(mail: &Mail, history: &History) -> Option<Answer> {
    let message = &mail.message;
    let answers = history.answers(&message.uid, &message.to).filter(|reply| reply.sequence == message.sequence);
    answers.max_by_key(|reply| reply.dtstamp).map(|reply| reply.answer)
}

fn answered(answer: Answer, lang: Lang) -> &'static str {
    match (answer, lang) {
        (Answer::Accepted, Lang::En) => "accepted",
        (Answer::Accepted, Lang::Es) => "aceptó",
        (Answer::Declined, Lang::En) => "declined",
        (Answer::Declined, Lang::Es) => "declinó",
        (Answer::Tentative, Lang::En) => "tentative",
        (Answer::Tentative, Lang::Es) => "tal vez",
        (Answer::Counter, Lang::En) => "proposes another time",
        (Answer::Counter, Lang::Es) => "propone otra hora",
        (Answer::DeclineCounter, Lang::En) => "proposal declined",
        (Answer::DeclineCounter, Lang::Es) => "propuesta declinada",
    }
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
        "answer": answer(mail, history),
        "content": mail.content,
    })
}
