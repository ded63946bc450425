//! Mails that a person sends from their own program: `invite write` makes them, and `invite record` enters
//! in the ledger those that were sent.

use std::collections::HashSet;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::value::to_raw_value;

use super::super::args::Options;
use super::super::{Failure, Outcome, output, read};
use super::{Post, now, outdated, show, unusable};
use crate::decode::slug;
use crate::ledger::{self, Entry, Ledger, Outcome as Sent, Record, Sending, State};
use crate::locale::{Text, words};
use crate::mail::message_id;
use crate::render::Artifact;
use crate::text;

/// The lines that the ledger gets once the mails are sent.
const LINES: &str = "mails.jsonl";

pub fn write(post: &Post<'_>, folder: &Path) -> Result<Outcome, Failure> {
    let plan = post.plan(&post.history()?)?;
    if plan.letters().next().is_none() {
        show::plan(post, &plan)?;
        return Ok(Outcome::Clean);
    }
    let mut artifacts: Vec<Artifact> = Vec::new();
    let mut taken = HashSet::new();
    let mut lines = Vec::new();
    for (_, item, letter, mail) in post.compose(&plan)? {
        let message = &letter.message;
        let name = format!("{}/{}-{}", slug(&message.session), slug(&item.who), message.method.word().to_lowercase());
        let stem = if taken.contains(&name) { format!("{name}-{}", &message.mail[..8]) } else { name };
        artifacts.push(Artifact { path: format!("{stem}.eml"), bytes: mail.bytes });
        artifacts.push(Artifact { path: format!("{stem}.ics"), bytes: mail.calendar });
        taken.insert(stem);
        let content = to_raw_value(&letter.content).map_err(std::io::Error::from)?;
        let sending = Sending { message: message.clone(), reason: letter.reason.clone(), content };
        let record = Record { at: now(post.options), entry: Entry::Sending(Box::new(sending)) };
        lines.extend(record.line().map_err(std::io::Error::from)?);
    }
    artifacts.push(Artifact { path: LINES.to_owned(), bytes: lines });
    output::publish(folder, &artifacts)?;
    let (count, shown) = (mails(taken.len()), read::shown(folder));
    show::say(
        post.options,
        &text!(l, count = count.get(l);
            "{count} in {shown}/, with the calendar beside each; in the ledger nothing counts as sent yet",
            "{count} en {shown}/, con el calendario al lado de cada uno; en el registro aún no cuentan como enviados"),
    )?;
    if !taken.is_empty() {
        show::say(
            post.options,
            &text!(
                "once you have sent them yourself, delete the .eml of any that you did not send and run `convoca invite record {shown}`",
                "cuando los haya enviado usted, borre el .eml de los que no envió y ejecute `convoca invite anotar {shown}`"
            ),
        )?;
    }
    Ok(Outcome::Clean)
}

/// Enters the mails of a folder in the ledger, each as it was written: the same again changes nothing.
pub fn record(options: &Options, folder: &Path) -> Result<Outcome, Failure> {
    let path = folder.join(LINES);
    let lines = std::fs::read(&path).map_err(|error| {
        Failure::reading(&path, &error).help(Text::fixed(
            "say the folder that `convoca invite write` made",
            "diga la carpeta que hizo `convoca invite write`",
        ))
    })?;
    let written = ledger::records(&lines).map_err(|error| {
        let shown = read::shown(&path);
        Failure::new(text!(l, why = error.message().get(l).to_owned(); "`{shown}` cannot be used: {why}", "no se puede usar `{shown}`: {why}"))
    })?;
    let there = message_ids(folder)?;
    let mut ledger = super::super::ledger::open(options)?;
    let at = now(options);
    let (mut entered, mut known, mut missing) = (Vec::new(), 0, 0);
    for record in written {
        let Entry::Sending(sending) = record.entry else { continue };
        if !there.contains(&sending.message.mail) {
            missing += 1;
            continue;
        }
        let message = sending.message.clone();
        if enter(&mut ledger, *sending, at).map_err(|error| unusable(&error))? {
            entered.push(message);
        } else {
            known += 1;
        }
    }
    let count = mails(entered.len());
    show::say(
        options,
        &text!(l, mails = count.get(l); "entered in the ledger as sent by hand: {mails}", "anotado en el registro como enviado a mano: {mails}"),
    )?;
    if known > 0 {
        let known = mails(known);
        show::say(options, &text!(l, mails = known.get(l); "in it already: {mails}", "ya estaba anotado: {mails}"))?;
    }
    if missing > 0 {
        let missing = mails(missing);
        show::say(
            options,
            &text!(l, mails = missing.get(l); "without a .eml, left in the plan: {mails}", "sin su .eml, sigue en el plan: {mails}"),
        )?;
    }
    outdated::tell(options, ledger.history(), &entered)?;
    Ok(Outcome::Clean)
}

fn mails(count: usize) -> Text {
    Text { en: words::count(count, "mail", "mails").into(), es: words::count(count, "correo", "correos").into() }
}

/// Whether it was not there yet. What a run before this one began is brought to its end.
fn enter(ledger: &mut Ledger, sending: Sending, at: DateTime<Utc>) -> Result<bool, ledger::Error> {
    let message = sending.message.clone();
    let known = ledger.history().to(&message.session, &message.to).find(|mail| mail.message.mail == message.mail);
    match known.map(ledger::Mail::state) {
        Some(State::Sent) => return Ok(false),
        Some(State::InDoubt) => {}
        Some(State::Refused) | None => ledger.append(at, Entry::Sending(Box::new(sending)))?,
    }
    ledger.append(at, Entry::Sent(Box::new(Sent { message, said: "sent by hand".to_owned() })))?;
    Ok(true)
}

/// The Message-IDs of all mails in a folder and those within it.
fn message_ids(folder: &Path) -> Result<HashSet<String>, Failure> {
    let mut found = HashSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| Failure::reading(&folder, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| Failure::reading(&folder, &error))?;
            let path = entry.path();
            // Links are not followed: a folder that holds itself would never end.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("eml")) {
                let octets = std::fs::read(&path).map_err(|error| Failure::reading(&path, &error))?;
                found.extend(message_id(&octets));
            }
        }
    }
    Ok(found)
}
