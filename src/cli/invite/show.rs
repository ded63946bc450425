//! The plan on the screen: for every session what is sent to whom and why, then a summary by country.

use std::collections::BTreeMap;
use std::io::Write;

use rayon::prelude::*;

use super::mailing::Mailing;
use crate::cli::terminal;
use crate::itip::{self, Action, Hold, Holder, Item, Plan, SessionPlan, Why, moment};
use crate::ledger::History;
use crate::locale::{Lang, Text, dates, words};
use crate::model::{Group, Programme};
use crate::text;
use crate::workspace::Failure;

/// The plan; one by which no mail is to be sent is shown, and that is all.
pub(crate) fn unless_empty(mailing: &Mailing<'_>, history: &History) -> Result<Option<Plan>, Failure> {
    let made = mailing.plan(history)?;
    if made.letters().next().is_some() {
        return Ok(Some(made));
    }
    plan(mailing, &made)?;
    Ok(None)
}

/// Shows the plan.
pub(crate) fn plan(mailing: &Mailing<'_>, plan: &Plan) -> Result<(), Failure> {
    let lang = mailing.options.lang;
    let mut out = anstream::stdout().lock();
    if mailing.command.json {
        serde_json::to_writer_pretty(&mut out, &itip::json(&mailing.programme.group, plan, lang))
            .map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(out.flush()?);
    }
    let sessions: Vec<String> =
        plan.sessions.par_iter().map(|session| of_session(&mailing.programme.group, session, lang)).collect();
    for session in sessions {
        out.write_all(session.as_bytes())?;
    }
    for line in by_country(mailing.programme, plan, lang) {
        writeln!(out, "{line}")?;
    }
    let letters = plan.letters().count();
    let id = &plan.id;
    let closing = match letters {
        0 => Text::fixed("nothing to send", "nada que enviar"),
        1 => text!("1 mail to send; plan {id}", "1 correo por enviar; plan {id}"),
        n => text!("{n} mails to send; plan {id}", "{n} correos por enviar; plan {id}"),
    };
    writeln!(out, "{}", closing.get(lang))?;
    out.flush()?;
    held_back(plan, lang);
    Ok(())
}

/// What is not sent though somebody waits for it.
pub(crate) fn held_back(plan: &Plan, lang: Lang) {
    let names: Vec<&str> = plan.held_back().map(|session| session.name.get(lang)).collect();
    if !names.is_empty() {
        let names = words::join(lang, &names);
        let note = text!("not sent: {names}; the plan says why", "no se envía: {names}; el plan dice por qué");
        terminal::note(lang, &note);
    }
    if plan.sessions.iter().any(|session| session.unknown_organizer && session.letters().next().is_some()) {
        let note = Text::fixed(
            "the ledger, which an earlier version wrote, does not say whose address organized what was sent; if `email` in `[organizer]` was changed since, write the earlier one beside it as `formerly`",
            "el registro, escrito por una versión anterior, no dice qué dirección organizaba lo que se envió; si `email` en `[organizer]` cambió desde entonces, escriba al lado la anterior como `formerly`",
        );
        terminal::note(lang, &note);
    }
    let lost: Vec<&str> = plan.lost().into_iter().map(|name| name.get(lang)).collect();
    if !lost.is_empty() {
        let names = words::join(lang, &lost);
        let note =
            text!("without an `email`, and told of no change: {names}", "sin `email`, y sin aviso de ningún cambio: {names}");
        terminal::note(lang, &note);
    }
}

/// A line for the user.
fn of_session(group: &Group, session: &SessionPlan, lang: Lang) -> String {
    let bold = anstyle::Style::new().bold();
    let name = session.name.get(lang);
    let title = session.title.get(lang);
    let heading = if title == name { name.to_owned() } else { format!("{name} – {title}") };
    let date = session.date.map_or(String::new(), |date| format!(" ({})", dates::long_date(lang, date)));
    let mut out = format!("{bold}{heading}{bold:#}{date}\n");
    if let Some(hold) = &session.hold {
        out.push_str(&format!("  {}\n", held(hold, session).get(lang)));
        out.push_str(&standing(group, hold, session, lang));
    }
    if session.cancelled && session.items.is_empty() {
        let told = Text::fixed("cancelled; nobody is left to be told", "cancelada; no queda nadie por avisar");
        out.push_str(&format!("  {}\n", told.get(lang)));
    }
    // Those to whom the same is sent for the same reason stand together.
    let mut together: BTreeMap<(Action, String), Vec<&Item>> = BTreeMap::new();
    for item in session.items.iter().filter(|item| item.action != Action::Unchanged || !item.why.is_empty()) {
        let why: Vec<String> = item.why.iter().map(|why| why.text(group, &session.place).get(lang).to_owned()).collect();
        together.entry((item.action, why.join("; "))).or_default().push(item);
    }
    for ((action, why), items) in together {
        out.push_str(&format!("  {} – {why}\n", headed(action, &items, lang)));
        items.iter().for_each(|item| out.push_str(&format!("    {}\n", recipient(item, lang))));
        if are_only_written(action, &items) {
            let next = Text::fixed(
                "what went out is entered with `convoca invite record`; what did not can be sent now: it is the same mail, and a second copy does no harm",
                "lo que salió se anota con `convoca invitar anotar`; lo que no, puede enviarse ahora: es el mismo correo, y una segunda copia no hace daño",
            );
            out.push_str(&format!("    {}\n", next.get(lang)));
        }
    }
    let unchanged = session.items.iter().filter(|item| item.action == Action::Unchanged && item.why.is_empty()).count();
    if unchanged > 0 {
        out.push_str(&format!("  {}\n", counted(Action::Unchanged, unchanged, lang)));
    }
    if !session.unreachable.is_empty() {
        let named: Vec<String> = session
            .unreachable
            .iter()
            .map(|who| match who.role {
                Some(role) => format!("{} ({})", who.name.get(lang), role.word(lang)),
                None => who.name.get(lang).to_owned(),
            })
            .collect();
        let word = Text::fixed("no `email` in group.toml, not invited", "sin `email` en group.toml, no se invita");
        out.push_str(&format!("  {}: {}\n", word.get(lang), named.join("; ")));
    }
    out.push('\n');
    out
}

/// Of mails that were written to be sent by hand and are as they were: nobody knows whether they went out.
fn are_only_written(action: Action, items: &[&Item]) -> bool {
    action == Action::Retry && items.iter().all(|item| item.why.contains(&Why::Written))
}

fn headed(action: Action, items: &[&Item], lang: Lang) -> String {
    match lang {
        _ if !are_only_written(action, items) => counted(action, items.len(), lang),
        Lang::En => words::count(items.len(), "mail written before", "mails written before"),
        Lang::Es => words::count(items.len(), "correo escrito antes", "correos escritos antes"),
    }
}

/// "Municipality of Upala <upala@example.org> – in Spanish; moderator, speaker"
fn recipient(item: &Item, lang: Lang) -> String {
    let language = match item.lang {
        Lang::Es => Text::fixed("in Spanish", "en español"),
        Lang::En => Text::fixed("in English", "en inglés"),
    };
    let mut kinds: Vec<&str> = Vec::new();
    for own in item.invitee.iter().flat_map(|invitee| &invitee.own) {
        let word = own.kind.word(lang);
        if !kinds.contains(&word) {
            kinds.push(word);
        }
    }
    let copies = item.copies.join(", ");
    let copied = text!("; copy to {copies}", "; copia a {copies}");
    let copied = if item.copies.is_empty() { "" } else { copied.get(lang) };
    let parts = if kinds.is_empty() { String::new() } else { format!("; {}", kinds.join(", ")) };
    format!("{} <{}> – {}{parts}{copied}", item.name.get(lang), item.to, language.get(lang))
}

fn held(hold: &Hold, session: &SessionPlan) -> Text {
    let id = &session.id;
    match hold {
        Hold::Draft => Text::fixed(
            "nobody is invited: the session is a draft (`status`)",
            "no se invita a nadie: la sesión es un borrador (`status`)",
        ),
        Hold::NoTime => Text::fixed("nobody is invited: its time is not known", "no se invita a nadie: no se sabe su hora"),
        Hold::Over => Text::fixed("nobody is invited: it is over", "no se invita a nadie: ya pasó"),
        Hold::NoOrganizer => Text::fixed(
            "nothing is sent: group.toml has no `[organizer]` with an address",
            "no se envía nada: group.toml no tiene `[organizer]` con una dirección",
        ),
        Hold::ConfirmLink => text!(
            "nothing is sent yet: the time changed and the join link did not; write the new link, or confirm this one with `--same-link {id}`",
            "aún no se envía nada: cambió la hora y no el enlace; escriba el enlace nuevo, o confirme este con `--mismo-enlace {id}`"
        ),
        Hold::Gone => text!(
            "nothing is sent: no file defines `{id}` any more, and these still expect it; bring the file back (with `status = \"cancelled\"` if it does not take place), or cancel it with `--session {id}`",
            "no se envía nada: ya ningún archivo define `{id}`, y estas personas aún la esperan; recupere el archivo (con `status = \"cancelled\"` si no se celebra), o cancélela con `--sesion {id}`"
        ),
        Hold::Renamed(before) => text!(
            "nothing is sent: it looks like `{before}`, whose invitations stand and which no file defines any more; if it is the same session, write `formerly = \"{before}\"` in its file; if not, cancel that one first with `--session {before}`",
            "no se envía nada: parece ser `{before}`, cuyas invitaciones siguen en pie y que ya ningún archivo define; si es la misma sesión, escriba `formerly = \"{before}\"` en su archivo; si no, cancele antes aquella con `--sesion {before}`"
        ),
        Hold::Organizer(before) => text!(
            "nothing is sent: what was sent came from {before}, and calendars take changes from no other organizer; in `[organizer]` keep `email = \"{before}\"` and write the new address as `sender`; or take all of them back and invite anew, which asks everybody for another answer: `--new-organizer`",
            "no se envía nada: lo enviado salió de {before}, y los calendarios no aceptan cambios de otro organizador; en `[organizer]` conserve `email = \"{before}\"` y escriba la dirección nueva como `sender`; o retírelas todas e invite de nuevo, con lo que todos deben responder otra vez: `--organizador-nuevo`"
        ),
        Hold::Unwritable(why) => text!(l, why = why.get(l).to_owned();
            "nothing is sent: {why}", "no se envía nada: {why}"),
    }
}

/// Whose invitations stand though the session is held back, and what to do about it.
fn standing(group: &Group, hold: &Hold, session: &SessionPlan, lang: Lang) -> String {
    let mut by_time: BTreeMap<_, Vec<&Holder>> = BTreeMap::new();
    session.holders.iter().for_each(|holder| by_time.entry(holder.time).or_default().push(holder));
    let mut out = String::new();
    for (time, holders) in by_time {
        let n = match lang {
            Lang::En => words::count(holders.len(), "invitation still stands", "invitations still stand"),
            Lang::Es => words::count(holders.len(), "invitación sigue en pie", "invitaciones siguen en pie"),
        };
        let when = moment(group, &session.place, time, lang);
        let line = match hold {
            Hold::Over => text!(
                "{n}, for {when}: is the year of `date` right? If it is, write `status = \"cancelled\"` to take them back",
                "{n}, para el {when}: ¿es correcto el año de `date`? Si lo es, escriba `status = \"cancelled\"` para retirarlas"
            ),
            Hold::NoTime => text!(
                "{n}, for {when}: write its day and hours again, or `status = \"cancelled\"` to take them back",
                "{n}, para el {when}: escriba de nuevo su día y sus horas, o `status = \"cancelled\"` para retirarlas"
            ),
            _ => text!(
                "{n}, for {when}: write `status = \"cancelled\"` to take them back, or \"tentative\" or \"confirmed\" if it takes place",
                "{n}, para el {when}: escriba `status = \"cancelled\"` para retirarlas, o \"tentative\" o \"confirmed\" si se celebra"
            ),
        };
        out.push_str(&format!("  {}\n", line.get(lang)));
        if *hold == Hold::Over {
            let names = holders.iter().map(|holder| (holder.recipient.name.get(lang), &holder.recipient.email));
            names.for_each(|(name, email)| out.push_str(&format!("    {name} <{email}>\n")));
        }
    }
    out
}

/// "Panamá: 3 updates, 1 cancellation, 12 unchanged"
fn by_country(programme: &Programme, plan: &Plan, lang: Lang) -> Vec<String> {
    let mut counts: BTreeMap<(usize, &str), BTreeMap<Action, usize>> = BTreeMap::new();
    let members = &programme.group.members;
    let others = Text::fixed("Others", "Otros");
    for item in plan.sessions.iter().flat_map(|session| &session.items) {
        let country = item.country.as_ref().map_or((members.len() + 1, others.get(lang)), |(code, name)| {
            let place = members.iter().position(|member| member.code == *code).unwrap_or(members.len());
            (place, name.get(lang))
        });
        *counts.entry(country).or_default().entry(item.action).or_default() += 1;
    }
    let line = |counts: BTreeMap<Action, usize>| {
        counts.into_iter().map(|(action, count)| counted(action, count, lang)).collect::<Vec<_>>().join(", ")
    };
    counts.into_iter().map(|((_, country), counts)| format!("{country}: {}", line(counts))).collect()
}

fn counted(action: Action, n: usize, lang: Lang) -> String {
    let (one, many) = match (action, lang) {
        (Action::Invite, Lang::En) => ("invitation", "invitations"),
        (Action::Invite, Lang::Es) => ("invitación", "invitaciones"),
        (Action::Update, Lang::En) => ("update", "updates"),
        (Action::Update, Lang::Es) => ("actualización", "actualizaciones"),
        (Action::Cancel, Lang::En) => ("cancellation", "cancellations"),
        (Action::Cancel, Lang::Es) => ("cancelación", "cancelaciones"),
        (Action::Remind, Lang::En) => ("reminder", "reminders"),
        (Action::Remind, Lang::Es) => ("recordatorio", "recordatorios"),
        (Action::TurnDown, Lang::En) => ("answer to a proposal", "answers to proposals"),
        (Action::TurnDown, Lang::Es) => ("respuesta a una propuesta", "respuestas a propuestas"),
        (Action::Replace, Lang::En) => {
            ("invitation of another organizer taken back", "invitations of another organizer taken back")
        }
        (Action::Replace, Lang::Es) => {
            ("invitación de otro organizador por retirar", "invitaciones de otro organizador por retirar")
        }
        (Action::Again, Lang::En) => ("invitation once more", "invitations once more"),
        (Action::Again, Lang::Es) => ("invitación otra vez", "invitaciones otra vez"),
        (Action::Retry, Lang::En) => ("repeat of a mail in doubt", "repeats of mails in doubt"),
        (Action::Retry, Lang::Es) => ("repetición de un correo en duda", "repeticiones de correos en duda"),
        (Action::Cosmetic, Lang::En) => ("small change, not sent (`--cosmetic`)", "small changes, not sent (`--cosmetic`)"),
        (Action::Cosmetic, Lang::Es) => ("retoque, no se envía (`--retoques`)", "retoques, no se envían (`--retoques`)"),
        (Action::Unchanged, Lang::En) => ("unchanged", "unchanged"),
        (Action::Unchanged, Lang::Es) => ("sin cambio", "sin cambio"),
    };
    words::count(n, one, many)
}
