//! Answers to a poll of dates: mails known by the token in their subject, and what somebody says by telephone.

use std::io::Write;

use chrono::{DateTime, TimeDelta, Utc};
use clap::{Arg, ArgAction, ArgMatches};

use super::report::{AboutDates, Report, Voted};
use crate::cli::called::named;
use crate::cli::command::{Options, say};
use crate::ledger::{Entry, History, Ledger};
use crate::locale::{Lang, Text, dates};
use crate::model::Programme;
use crate::poll::{Ballot, Poll, Voice, Vote};
use crate::replies::returned::Origin;
use crate::replies::words::Words;
use crate::replies::{Sender, address};
use crate::text;
use crate::workspace::dates::asked_last;
use crate::workspace::{Correspondent, Failure};

/// The option that enters what somebody says about dates.
pub(crate) const OPTION: &str = "dates";

pub(crate) fn argument(lang: Lang) -> Arg {
    let say = |en, es| say(lang, en, es);
    Arg::new(OPTION)
        .long(OPTION)
        .visible_alias("fechas")
        .num_args(2)
        .value_names([say("WHO", "QUIÉN"), say("ANSWER", "RESPUESTA")])
        .action(ArgAction::Append)
        .help(say(
            "Enter what a member says about the dates that they were asked about, such as \"1 yes, 2 if need be, 3 no\"",
            "Anotar lo que dice un miembro de las fechas por las que se le preguntó, por ejemplo \"1 sí, 2 si hace falta, 3 no\"",
        ))
        .help_heading(say("Answers by hand", "Respuestas a mano"))
}

/// Who says what about dates, as typed.
pub(crate) fn typed(matches: &ArgMatches) -> Vec<(String, String)> {
    let mut said = Vec::new();
    for mut words in matches.get_occurrences::<String>(OPTION).into_iter().flatten() {
        said.extend(words.next().cloned().zip(words.next().cloned()));
    }
    said
}

/// What is entered by hand, as votes on the last question.
pub(crate) fn spoken(
    options: &Options,
    programme: &Programme,
    history: &History,
    said: &[(String, String)],
) -> Result<Vec<Vec<Vote>>, Failure> {
    if said.is_empty() {
        return Ok(Vec::new());
    }
    let poll = asked_last(history)?;
    let votes = |(who, said): &(String, String)| {
        let meant = Correspondent::find(Some(programme), history, who)?;
        let voice = poll.voices.iter().find(|voice| meant.is(&voice.who, &voice.to)).ok_or_else(|| {
            let who = who.clone();
            Failure::new(text!("{who} was not asked about the dates", "a {who} no se le preguntó por las fechas"))
                .help(Text::fixed("`convoca when --answers` shows who was", "`convoca cuando --respuestas` muestra a quiénes sí"))
        })?;
        // What is entered last holds, whatever the clock of an earlier answer showed.
        let now = options.workspace.now();
        let given = latest(history, poll, voice).map_or(now, |last| now.max(last + TimeDelta::seconds(1)));
        let votes = poll.votes(voice, said, "", given);
        let numbers = said.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
        let is_told = |number: &str| votes.iter().any(|vote| number.parse() == Ok(vote.date));
        if votes.is_empty() || !numbers.into_iter().all(is_told) {
            let count = poll.dates.len();
            return Err(Failure::new(text!(
                "`{said}` is not understood as an answer about dates 1 to {count}",
                "`{said}` no se entiende como respuesta sobre las fechas 1 a {count}"
            ))
            .help(text!(l, example = example(poll, l);
                "write it such as \"{example}\", \"all\" or \"none\"; `convoca when --answers` shows the dates",
                "escríbala así: \"{example}\", \"todas\" o \"ninguna\"; `convoca cuando --respuestas` muestra las fechas")));
        }
        Ok(votes)
    };
    said.iter().map(votes).collect()
}

/// What a mail says about dates.
pub(crate) enum Said {
    /// Of what it says, that which is not known yet.
    Votes(Vec<Vote>),
    /// Something was answered since.
    Settled,
    /// A person has to read it.
    Words(Box<AboutDates>),
}

/// What a mail says about the dates of a poll; `None` where it answers none.
pub(crate) fn said(history: &History, place: &str, words: &Words, now: DateTime<Utc>, programme: &Programme) -> Option<Said> {
    if words.origin != Origin::Person || matches!(words.from, Sender::Forged(_)) {
        return None;
    }
    let (poll, voice) = history.polls().rev().find_map(|poll| Some((poll, poll.voice(&words.subject)?)))?;
    // A clock that runs ahead must not outlast every later answer.
    let given = words.sent.map_or(now, |sent| sent.min(now));
    let votes = poll.votes(voice, &words.subject, &words.text, given);
    if !votes.is_empty() {
        return Some(Said::Votes(votes.into_iter().filter(|vote| !history.votes().contains(vote)).collect()));
    }
    if latest(history, poll, voice).is_some_and(|last| words.sent.is_none_or(|sent| sent <= last)) {
        return Some(Said::Settled);
    }
    // By hand the last question is answered.
    let is_last = history.polls().next_back().is_some_and(|last| last.poll == poll.poll);
    let record = is_last.then(|| {
        text!(l, who = &voice.who, example = example(poll, l);
            "convoca replies --dates {who} \"{example}\"", "convoca respuestas --fechas {who} \"{example}\"")
    });
    let listed = |lang| numbered(programme, poll, lang).join("; ");
    Some(Said::Words(Box::new(AboutDates {
        place: place.to_owned(),
        who: voice.who.clone(),
        from: words.from.address().filter(|from| *from != address(&voice.to)).map(str::to_owned),
        subject: words.subject.clone(),
        text: words.text.clone(),
        poll: poll.poll.clone(),
        dates: Text { en: listed(Lang::En).into(), es: listed(Lang::Es).into() },
        record,
    })))
}

/// When somebody answered last.
fn latest(history: &History, poll: &Poll, voice: &Voice) -> Option<DateTime<Utc>> {
    let theirs = history.votes().iter().filter(|vote| vote.poll == poll.poll && vote.who == voice.who);
    theirs.map(|vote| vote.given).max()
}

/// "1 yes, 2 if need be, 3 no", as far as there are so many dates.
fn example(poll: &Poll, lang: Lang) -> String {
    let said = (1..).zip(Ballot::ALL).take(poll.dates.len());
    said.map(|(number, ballot)| format!("{number} {}", ballot.word(lang))).collect::<Vec<_>>().join(", ")
}

/// "1: Monday 5 April 2027, 10:00"
fn numbered(programme: &Programme, poll: &Poll, lang: Lang) -> Vec<String> {
    let date = |(number, (start, _)): (usize, &(DateTime<Utc>, _))| {
        let local = programme.group.zone.local(*start).time;
        format!("{number}: {}, {}", dates::long_date(lang, local.date()), dates::clock(local.time()))
    };
    (1..).zip(&poll.dates).map(date).collect()
}

/// Enters votes; none are left of a mail that was read before.
pub(crate) fn enter(report: &mut Report, place: String, votes: Vec<Vote>, ledger: Option<&mut Ledger>) -> Result<(), Failure> {
    if votes.is_empty() {
        report.known += 1;
        return Ok(());
    }
    report.votes.extend(votes.iter().map(|vote| Voted {
        place: place.clone(),
        who: vote.who.clone(),
        poll: vote.poll.clone(),
        date: vote.date,
        ballot: vote.ballot,
    }));
    if let Some(ledger) = ledger {
        ledger.append_all(Utc::now(), votes.into_iter().map(|vote| Entry::Vote(Box::new(vote))).collect())?;
    }
    Ok(())
}

/// How many answers votes are: one of a member in a mail.
pub(crate) fn answers(votes: &[Voted]) -> usize {
    together(votes).count()
}

fn together(votes: &[Voted]) -> impl Iterator<Item = &[Voted]> {
    votes.chunk_by(|one, other| one.place == other.place && one.who == other.who)
}

/// Mails about the dates that a person has to read, with the command that records what they say.
pub(crate) fn show_words(out: &mut impl Write, mails: &[AboutDates], programme: &Programme, lang: Lang) -> std::io::Result<()> {
    let yellow = anstyle::AnsiColor::Yellow.on_default();
    let mark = Text::fixed("answered in words about the dates", "respuesta con palabras sobre las fechas");
    for mail in mails {
        let (subject, place) = (&mail.subject, &mail.place);
        let who = named(programme, &mail.who, lang);
        let other = mail.from.as_ref().map_or(String::new(), |from| format!(" <{from}>"));
        let said = if mail.text.is_empty() { String::new() } else { format!(" – {}", mail.text) };
        let subject = text!("“{subject}”", "«{subject}»");
        writeln!(out, "{yellow}{}{yellow:#}: {who}{other}, {}{said} ({place})", mark.get(lang), subject.get(lang))?;
        let next = match &mail.record {
            Some(record) => text!(l, record = record.get(l), dates = mail.dates.get(l);
                "to record what they say of each: `{record}` ({dates})",
                "para anotar lo que dice de cada una: `{record}` ({dates})"),
            None => Text::fixed(
                "it answers an earlier question, not the last one",
                "responde a una pregunta anterior, no a la última",
            ),
        };
        writeln!(out, "    {}", next.get(lang))?;
    }
    Ok(())
}

pub(crate) fn show(out: &mut impl Write, votes: &[Voted], programme: &Programme, lang: Lang) -> std::io::Result<()> {
    for of_mail in together(votes) {
        let said: Vec<String> = of_mail.iter().map(|vote| format!("{} {}", vote.date, vote.ballot.word(lang))).collect();
        let what = match lang {
            Lang::En => "Dates",
            Lang::Es => "Fechas",
        };
        writeln!(out, "{what} · {}: {}", named(programme, &of_mail[0].who, lang), said.join(", "))?;
    }
    Ok(())
}
