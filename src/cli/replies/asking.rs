//! What a mail seems to answer is decided by whoever reads it: at a terminal they are asked, and what they say is entered.

use std::io::{BufRead, IsTerminal, Write};

use super::report::Report;
use super::{ByHand, Way, take_in};
use crate::cli::called::{named, session};
use crate::cli::command::Options;
use crate::cli::terminal;
use crate::ledger::Answer;
use crate::locale::{Lang, Text};
use crate::model::Programme;
use crate::text;
use crate::workspace::Failure;

/// How often a question is put again to whoever types something else.
const TRIES: usize = 3;

/// What somebody seems to answer about a session, by their ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    session: String,
    who: String,
    seems: Answer,
}

/// What is to be asked of a report, once each: what does not count by itself and says something that can be entered.
pub(crate) fn questions(report: &Report) -> Vec<Question> {
    let of_calendars = report.refused.iter().filter(|shown| shown.may_be_entered);
    let of_calendars = of_calendars.filter_map(|shown| Some((shown.session.clone()?, shown.who.clone()?, shown.answer?)));
    let of_words = report.in_words.iter().filter(|mail| !mail.automatic).filter_map(|mail| {
        let [session] = mail.sessions.as_slice() else { return None };
        Some((session.clone(), mail.who.clone()?, mail.seems?))
    });
    let mut questions: Vec<Question> = Vec::new();
    for (session, who, seems) in of_calendars.chain(of_words) {
        let can_be_entered = matches!(seems, Answer::Accepted | Answer::Declined | Answer::Tentative);
        // Of several mails of one person the last counts, and it is asked about once.
        questions.retain(|known| (&known.session, &known.who) != (&session, &who));
        if can_be_entered {
            questions.push(Question { session, who, seems });
        }
    }
    questions
}

/// Asks, where somebody is there to answer, and enters what they say.
pub(crate) fn decide(options: &Options, report: &Report, programme: &Programme) -> Result<(), Failure> {
    let questions = questions(report);
    if questions.is_empty() || !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Ok(());
    }
    let decided = ask(&questions, programme, options.lang, &mut std::io::stdin().lock(), &mut anstream::stdout())?;
    for (answer, question) in decided {
        let (who, session) = (question.who.clone(), question.session.clone());
        take_in(options, Vec::new(), &ByHand::one(answer, who, session), Way::default())?;
        let told = text!(l, what = asked(question, programme, l), answer = answer.word(l);
            "entered: {what} {answer}", "anotado: {what} {answer}");
        terminal::print(options.lang, &told)?;
    }
    Ok(())
}

/// "Session 1 – Opening · Ana Example:"
fn asked(question: &Question, programme: &Programme, lang: Lang) -> String {
    let heading = session(programme, &question.session, |of| of.heading(lang));
    format!("{heading} · {}:", named(programme, &question.who, lang))
}

/// What is decided of each; nothing of those that are answered with no, or not at all.
fn ask<'q>(
    questions: &'q [Question],
    programme: &Programme,
    lang: Lang,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> std::io::Result<Vec<(Answer, &'q Question)>> {
    let mut decided = Vec::new();
    'questions: for question in questions {
        let what = asked(question, programme, lang);
        let first = text!(l, what = &what, seems = question.seems.seeming(l);
            "{what} {seems}. Enter it? yes / no / correct: ", "{what} {seems}. ¿Se anota? sí / no / corregir: ");
        for _ in 0..TRIES {
            let Some(typed) = put(first.get(lang), input, out)? else { break 'questions };
            match typed.as_str() {
                "yes" | "y" | "si" | "s" => decided.push((question.seems, question)),
                "no" | "n" | "" => {}
                "correct" | "c" | "corregir" => {
                    let Some(answer) = corrected(lang, input, out)? else { break 'questions };
                    decided.extend(answer.map(|answer| (answer, question)));
                }
                _ => continue,
            }
            continue 'questions;
        }
    }
    Ok(decided)
}

/// What they answer indeed; nothing where that is not said, and `None` where the input is over.
fn corrected(lang: Lang, input: &mut impl BufRead, out: &mut impl Write) -> std::io::Result<Option<Option<Answer>>> {
    let which = Text::fixed(
        "What do they answer? accepts / declines / may come, or nothing: ",
        "¿Qué responde? acepta / no asistirá / tal vez, o nada: ",
    );
    for _ in 0..TRIES {
        let Some(typed) = put(which.get(lang), input, out)? else { return Ok(None) };
        let answer = match typed.as_str() {
            "accepts" | "a" | "acepta" => Answer::Accepted,
            "declines" | "d" | "no asistira" | "no" => Answer::Declined,
            "may come" | "m" | "tal vez" | "t" => Answer::Tentative,
            "" | "nothing" | "nada" => return Ok(Some(None)),
            _ => continue,
        };
        return Ok(Some(Some(answer)));
    }
    Ok(Some(None))
}

/// Puts a question, and gives what was typed: in small letters, without accents; `None` at the end of the input.
fn put(question: &str, input: &mut impl BufRead, out: &mut impl Write) -> std::io::Result<Option<String>> {
    write!(out, "{question}")?;
    out.flush()?;
    let mut typed = Vec::new();
    // Octets: a terminal may speak another charset than UTF-8.
    input.read_until(b'\n', &mut typed)?;
    if !typed.ends_with(b"\n") {
        writeln!(out)?;
        return Ok(None);
    }
    let typed = String::from_utf8_lossy(&typed).trim().to_lowercase();
    Ok(Some(typed.replace("i\u{301}", "i").replace('í', "i").replace("a\u{301}", "a").replace('á', "a")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::replies::report::{InWords, Shown};
    use crate::diagnostics::Sources;

    fn programme() -> Programme {
        let mut sources = Sources::default();
        let group = "id = 'g'\ntime-zone = 'America/Guatemala'\nname = { es = 'Grupo', en = 'Group' }\n\
                     [parties.city]\nname = { es = 'Ciudad', en = 'City' }\n[people.ana]\nname = 'Ana'\n";
        let session = "id = 'one'\nnumber = 1\ndate = 2027-03-02\ntitle = { es = 'Una', en = 'One' }\n";
        sources.add("group.toml", group);
        sources.add("1.toml", session);
        crate::check(&sources, chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()).programme.unwrap()
    }

    fn uncertain(who: &str, answer: Option<Answer>) -> Shown {
        Shown { session: Some("one".into()), who: Some(who.into()), answer, may_be_entered: true, ..Shown::default() }
    }

    fn in_words(who: &str, text: &str) -> InWords {
        InWords {
            place: String::new(),
            from: String::new(),
            to: None,
            who: Some(who.into()),
            sessions: vec!["one".into()],
            subject: "Re: Una".into(),
            text: text.into(),
            seems: crate::links::said(text),
            automatic: false,
        }
    }

    #[test]
    fn each_is_asked_about_once_and_only_what_can_be_entered() {
        let asked = |report: &Report| {
            let of = |question: Question| (question.who, question.seems);
            questions(report).into_iter().map(of).collect::<Vec<_>>()
        };
        let mut report = Report::default();
        report.refused.push(uncertain("ana", Some(Answer::Accepted)));
        report.refused.push(uncertain("city", Some(Answer::Counter)));
        report.refused.push(Shown { may_be_entered: false, ..uncertain("city", Some(Answer::Accepted)) });
        assert_eq!(asked(&report), [("ana".to_owned(), Answer::Accepted)]);
        report.in_words.push(in_words("ana", "No podré asistir"));
        report.in_words.push(in_words("city", "¿A qué hora es?"));
        report.in_words.push(InWords { automatic: true, ..in_words("city", "Acepto") });
        assert_eq!(asked(&report), [("ana".to_owned(), Answer::Declined)], "what was said last");
    }

    #[test]
    fn yes_no_and_correct() {
        let programme = programme();
        let questions = ["ana", "city"].map(|who| Question { session: "one".into(), who: who.into(), seems: Answer::Accepted });
        let decided = |typed: &str, lang| {
            let mut out = Vec::new();
            let decided = ask(&questions, &programme, lang, &mut typed.as_bytes(), &mut out).unwrap();
            let decided: Vec<_> = decided.into_iter().map(|(answer, question)| (answer, question.who.clone())).collect();
            (decided, String::from_utf8(out).unwrap())
        };
        let (ana, city) = ("ana".to_owned(), "city".to_owned());
        let (both, told) = decided("sí\nSI\n", Lang::Es);
        assert_eq!(both, [(Answer::Accepted, ana.clone()), (Answer::Accepted, city.clone())]);
        assert!(told.starts_with("Sesión 1 – Una · Ana: parece aceptar. ¿Se anota? sí / no / corregir: "), "{told}");
        assert_eq!(decided("no\nyes\n", Lang::En).0, [(Answer::Accepted, city.clone())]);
        assert_eq!(decided("corregir\nno asistirá\n\n", Lang::Es).0, [(Answer::Declined, ana.clone())]);
        assert_eq!(decided("correct\nwhat\nmay come\nc\nnothing\n", Lang::En).0, [(Answer::Tentative, ana.clone())]);
        assert_eq!(decided("perhaps\nwell\nhm\nyes\n", Lang::En).0, [(Answer::Accepted, city)], "it is not asked for ever");
        assert_eq!(decided("yes\n", Lang::En).0, [(Answer::Accepted, ana)], "the input is over");
        assert_eq!(decided("yes", Lang::En).0, []);
    }
}
