//! Asking the members: a mail for each with the proposals, and the grid of what they answered.

use std::path::Path;

use comfy_table::{ContentArrangement, Table};

use crate::cli::command::{Options, Outcome};
use crate::cli::findings::{self, Format};
use crate::cli::terminal;
use crate::invitees::Invitees;
use crate::ledger::{Entry, History};
use crate::locale::{Lang, Text, dates, words};
use crate::mail::{Composer, Fault};
use crate::model::Programme;
use crate::papers::{Artifact, Outlet};
use crate::paths::{FileName, FilePath};
use crate::poll::{Ballot, Poll, Tally, Voice, token};
use crate::scheduling::{Request, SuitableDates};
use crate::text;
use crate::workspace::dates::asked_last;
use crate::workspace::{self, Failure, Kind, Others, Publication, read};

/// Writes a mail for each member that can be reached, and enters the question in the ledger.
pub(crate) fn ask(options: &Options, request: &Request, found: &SuitableDates, folder: &Path) -> Result<Outcome, Failure> {
    if request.sessions != 1 {
        return Err(Failure::new(Text::fixed(
            "members are asked about one session at a time",
            "se pregunta por una sesión a la vez",
        ))
        .help(Text::fixed("leave out `--sessions`", "quite `--sessions`")));
    }
    let (snapshot, templates) = options.workspace.worded(None)?;
    let programme = workspace::programme(&snapshot)?;
    let (voices, unreachable) = voices(programme)?;
    if voices.is_empty() {
        return Err(Failure::new(Text::fixed("no member has an address", "ningún miembro tiene dirección de correo")).help(
            Text::fixed(
                "write `email = \"…\"` under the members in group.toml",
                "escriba `email = \"…\"` en los miembros, en group.toml",
            ),
        ));
    }
    let mut ledger = options.ledger(Some(programme))?;
    let dates = found.proposals.iter().flat_map(|proposal| &proposal.sessions).map(|one| (one.start, one.end)).collect();
    let poll = Poll { poll: random()?[..4].to_owned(), dates, voices };
    let now = options.workspace.now();
    let composer = Composer::new(programme, snapshot.sources(), &templates);
    let publication = Publication::new(folder, Kind::Poll)?;
    for voice in &poll.voices {
        let mail = composer.ask(&poll, voice, now).map_err(|fault| unmade(options, snapshot.sources(), fault))?;
        let path = FilePath::of(&[&format!("{}.eml", FileName::of(&voice.who).as_str())]);
        publication.take(Artifact { path, bytes: mail.bytes }, None)?;
    }
    // First the tokens are known for good, then the mails appear that carry them.
    let count = poll.voices.len();
    ledger.append(now, Entry::Poll(Box::new(poll)))?;
    publication.finish(&Others::TakenAway)?;
    let (mails, shown) = (mails(count), read::shown(folder));
    terminal::print(
        options.lang,
        &text!(l, mails = mails.get(l);
            "{mails} in {shown}/: send them from your mail program, read the answers with `convoca replies`, and see them with `convoca when --answers`",
            "{mails} en {shown}/: envíelos con su programa de correo, lea las respuestas con `convoca respuestas` y véalas con `convoca cuando --respuestas`"),
    )?;
    if !unreachable.is_empty() {
        let names = |l| words::join(l, &unreachable.iter().map(|name: &Text| name.get(l)).collect::<Vec<_>>());
        terminal::note(
            options.lang,
            &text!(l, names = names(l); "not asked, since without an address: {names}", "sin dirección, así que no se les pregunta: {names}"),
        );
    }
    Ok(Outcome::Clean)
}

fn mails(count: usize) -> Text {
    Text { en: words::count(count, "mail", "mails").into(), es: words::count(count, "correo", "correos").into() }
}

/// The members with an address, each with a token of its own, and the names of those without.
fn voices(programme: &Programme) -> Result<(Vec<Voice>, Vec<Text>), Failure> {
    let invitees = Invitees::new(programme);
    let (mut voices, mut unreachable) = (Vec::new(), Vec::new());
    for party in programme.group.parties.iter().filter(|party| party.member) {
        match invitees.contact(&party.id).and_then(|contact| contact.email) {
            Some(to) => voices.push(Voice { who: party.id.clone(), to, token: random()? }),
            None => unreachable.push(party.name.value.clone()),
        }
    }
    Ok((voices, unreachable))
}

/// A word that nobody can guess.
fn random() -> Result<String, Failure> {
    let mut octets = [0; 12];
    getrandom::fill(&mut octets)
        .map_err(|_| Failure::new(Text::fixed("this machine gives no random numbers", "esta máquina no da números al azar")))?;
    Ok(token(octets))
}

fn unmade(options: &Options, sources: &crate::diagnostics::Sources, fault: Fault) -> Failure {
    let why = match fault {
        Fault::Other(why) => why,
        Fault::Template(finding) => {
            // What cannot be shown cannot be told either.
            let _ = findings::show(sources, &[*finding], Format::Human, options.lang);
            Text::fixed("its template cannot be followed", "no se puede seguir su plantilla")
        }
    };
    Failure::new(text!(l, why = why.get(l).to_owned();
        "the mail with the question cannot be made, and none was written: {why}",
        "no se puede hacer el correo con la pregunta, y no se escribió ninguno: {why}"))
}

/// What was answered to the last question, as a grid: a row a member, a column a date.
pub(crate) fn answers(options: &Options, programme: &Programme, history: &History) -> Result<Outcome, Failure> {
    let poll = asked_last(history)?;
    let tally = Tally::new(poll, history.votes().iter());
    terminal::line(grid(programme, poll, &tally, options.lang))?;
    let silent: Vec<String> = tally.silent().map(|index| name(programme, &poll.voices[index].who, options.lang)).collect();
    if !silent.is_empty() {
        let names = words::join(options.lang, &silent.iter().map(String::as_str).collect::<Vec<_>>());
        terminal::print(options.lang, &text!("no answer yet: {names}", "aún sin respuesta: {names}"))?;
        terminal::print(
            options.lang,
            &Text::fixed(
                "what they say by telephone: `convoca replies --dates WHO \"1 yes, 2 no\"`",
                "lo que digan por teléfono: `convoca respuestas --fechas QUIÉN \"1 sí, 2 no\"`",
            ),
        )?;
    }
    if silent.len() < poll.voices.len()
        && let Some(best) = tally.best.first()
    {
        let local = programme.group.zone.local(poll.dates[*best].0).time;
        let (number, typed) = (best + 1, local.format("%Y-%m-%d %H:%M"));
        terminal::print(
            options.lang,
            &text!(l, day = dates::long_date(l, local.date()), hour = dates::clock(local.time());
                "best so far: {number}, {day} at {hour}; to take it for a session: `convoca move SESSION --to \"{typed}\"`",
                "la mejor hasta ahora: {number}, {day} a las {hour}; para tomarla en una sesión: `convoca mover SESIÓN --a \"{typed}\"`"),
        )?;
    }
    Ok(Outcome::Clean)
}

fn name(programme: &Programme, id: &str, lang: Lang) -> String {
    let party = programme.group.parties.iter().find(|party| party.id == id);
    party.map_or_else(|| id.to_owned(), |party| party.label(lang))
}

fn grid(programme: &Programme, poll: &Poll, tally: &Tally, lang: Lang) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(100);
    }
    let date = |(number, (start, _)): (usize, &(_, _))| {
        let local = programme.group.zone.local(*start).time;
        format!("{number}. {}, {}", dates::day_month(lang, local.date()), dates::clock(local.time()))
    };
    let first = Text::fixed("Member", "Miembro").get(lang).to_owned();
    table.set_header(std::iter::once(first).chain((1..).zip(&poll.dates).map(date)));
    for (voice, row) in poll.voices.iter().zip(&tally.answers) {
        let cells = row.iter().map(|ballot| ballot.map_or("·", |ballot| ballot.word(lang)).to_owned());
        table.add_row(std::iter::once(name(programme, &voice.who, lang)).chain(cells));
    }
    let total = |date: usize| {
        let parts = Ballot::ALL.map(|ballot| (tally.count(date, ballot), ballot.word(lang)));
        let parts: Vec<String> =
            parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        parts.join("\n")
    };
    table.add_row(std::iter::once(Text::fixed("Total", "Total").get(lang).to_owned()).chain((0..poll.dates.len()).map(total)));
    table
}
