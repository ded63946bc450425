//! `convoca publish`: the public calendar on a calendar server, an event for each session. What somebody changed there is
//! never written over unasked, and nothing is taken away that convoca did not put there.

mod arguments;
mod steps;

use clap::ArgMatches;

use self::arguments::{Publish, grammar};
use self::steps::{Step, StoredEvent, Why, steps};
use super::command::{Command, Options, Outcome};
use super::findings::{self, Format};
use super::terminal;
use crate::calendar::{Put, Register, RegisterLine};
use crate::diagnostics::has_errors;
use crate::locale::{Lang, Text, words};
use crate::papers::{Edition, Leak, PUBLIC, Secrets};
use crate::paths::FilePath;
use crate::text;
use crate::transport::caldav::{Collection, Done, Expected};
use crate::transport::{Obstacle, Unusable};
use crate::workspace::{Failure, find_session};

pub(super) static PUBLISH: Command = Command { grammar, run };

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let command = Publish::of(matches);
    let materials = options.workspace.materials(None, options.witness())?;
    let (sources, found) = (materials.sources(), materials.snapshot().findings());
    let register = options.workspace.register()?;
    let Some(edition) = materials.edition(false).filter(|_| !has_errors(found)) else {
        findings::show(sources, found, Format::Human, options.lang)?;
        terminal::print(
            options.lang,
            &Text::fixed("nothing was published: mend the errors first", "no se publicó nada: corrija antes los errores"),
        )?;
        return Ok(Outcome::Findings);
    };
    let edition = edition.after(register.clone(), options.workspace.today);
    let events = events(&edition, &command)?;
    let leaks = leaks(&edition, &events);
    let leaks = leaks.0.findings(&leaks.1, sources);
    if !leaks.is_empty() {
        findings::show(sources, &leaks, Format::Human, options.lang)?;
        terminal::print(options.lang, &Text::fixed("nothing was published", "no se publicó nada"))?;
        return Ok(Outcome::Findings);
    }
    let collection = command.collection()?;
    let there = collection.look().map_err(|unusable| failed(&collection, &command, &unusable))?;
    let mut known = register.clone();
    let news: Vec<RegisterLine> = edition.news().iter().cloned().map(RegisterLine::Published).collect();
    news.iter().cloned().for_each(|entry| known.add(entry));
    let overwrite = overwrite(&edition, &known, &command)?;
    let desk = Desk { options, command: &command, collection: &collection, known: &known };
    let steps =
        steps(&collection, events, &there, &known, &overwrite).map_err(|unusable| failed(&collection, &command, &unusable))?;
    if !command.dry_run {
        // Before anybody sees them: a number stands for one content.
        options.workspace.record(&news)?;
    }
    desk.take(steps)
}

/// What the calendar holds, an event a session.
fn events(edition: &Edition<'_>, command: &Publish) -> Result<Vec<StoredEvent>, Failure> {
    let group = &edition.programme.group;
    let lang = command.language.or(group.languages.first().copied()).unwrap_or(Lang::Es);
    let of = |published: &crate::calendar::Published| -> Result<Option<StoredEvent>, Failure> {
        let Some(event) = published.events.first() else { return Ok(None) };
        let bytes = published.bytes().map_err(|error| Failure::new(error.message()))?;
        Ok(Some(StoredEvent { uid: event.uid.clone(), summary: event.summary.clone(), bytes, calendar: published.clone() }))
    };
    let all = edition.calendars().programme(lang).stored();
    all.iter().filter_map(|published| of(published).transpose()).collect()
}

/// As files for everybody are searched before they are written.
fn leaks(edition: &Edition<'_>, events: &[StoredEvent]) -> (Secrets, std::collections::BTreeMap<Leak, Vec<FilePath>>) {
    let secrets = Secrets::of(edition.programme);
    let mut leaks = std::collections::BTreeMap::<Leak, Vec<FilePath>>::new();
    for event in events {
        let path = FilePath::of(&[PUBLIC, &event.name()]);
        secrets.within(&path, &event.bytes).into_iter().for_each(|leak| leaks.entry(leak).or_default().push(path.clone()));
    }
    (secrets, leaks)
}

/// The UIDs of the sessions that are to be put over what is there.
fn overwrite(edition: &Edition<'_>, known: &Register, command: &Publish) -> Result<Vec<String>, Failure> {
    let uid = |wanted: &String| {
        // One that is gone from the programme is known by its id alone.
        let id = match known.last(wanted) {
            Some(_) => wanted.clone(),
            None => find_session(edition.programme, wanted)?.id.value.clone(),
        };
        known.last(&id).map(|told| told.uid.clone()).ok_or_else(|| {
            Failure::new(text!(
                "`{wanted}` has no time yet, and is in no calendar",
                "`{wanted}` aún no tiene hora, y no está en ningún calendario"
            ))
        })
    };
    command.overwrite.iter().map(uid).collect()
}

fn failed(collection: &Collection, command: &Publish, unusable: &Unusable) -> Failure {
    let host = &collection.server.host;
    let failure = Failure::new(text!(l, said = unusable.said.get(l).to_owned();
        "the calendar on `{host}` cannot be used: {said}", "no se puede usar el calendario de `{host}`: {said}"));
    failure.helped(match unusable.obstacle {
        Obstacle::NoCalendar => Some(Text::fixed(
            "make the calendar on the server first, and copy its own address from its settings",
            "cree antes el calendario en el servidor, y copie su propia dirección de la configuración",
        )),
        Obstacle::NotReached | Obstacle::NoTls => Some(Text::fixed(
            "check the address with its port; a firewall may stand in the way",
            "revise la dirección y su puerto; puede que un cortafuegos lo impida",
        )),
        Obstacle::NotOffered => Some(Text::fixed(
            "this server wants another way to log in; ask whoever runs it for a password for programs, or a token",
            "este servidor pide otra forma de iniciar sesión; pida a quien lo administra una contraseña para programas, o un token",
        )),
        Obstacle::Refused => Some(Text::fixed(
            "check `--user` and the password in CONVOCA_CALDAV_PASSWORD; many servers want one that is made for programs, and that this user may write to the calendar",
            "revise `--usuario` y la contraseña de CONVOCA_CALDAV_PASSWORD; muchos servidores piden una creada para programas, y que ese usuario pueda escribir en el calendario",
        )),
        _ => command.access.help(unusable),
    })
}

/// Where the steps are taken.
struct Desk<'a> {
    options: &'a Options,
    command: &'a Publish,
    collection: &'a Collection,
    known: &'a Register,
}

#[derive(Default)]
struct Tally {
    put: usize,
    taken: usize,
    unchanged: usize,
    left: usize,
}

impl Desk<'_> {
    fn take(&self, steps: Vec<Step>) -> Result<Outcome, Failure> {
        let mut tally = Tally::default();
        for step in steps {
            match step {
                Step::Unchanged { adopted } => {
                    tally.unchanged += 1;
                    if let Some((event, etag)) = adopted.filter(|_| !self.command.dry_run) {
                        self.remember(&event, Some(etag))?;
                    }
                }
                Step::Put { event, over } => self.put(&event, over.as_deref(), &mut tally)?,
                Step::Take { name, etag, uid } => self.take_away(&name, &etag, &uid, &mut tally)?,
                Step::Leave { event, why } => {
                    tally.left += 1;
                    self.left(&event, why)?;
                }
            }
        }
        self.total(&tally)?;
        Ok(if tally.left == 0 { Outcome::Clean } else { Outcome::Findings })
    }

    fn put(&self, event: &StoredEvent, over: Option<&str>, tally: &mut Tally) -> Result<(), Failure> {
        let summary = &event.summary;
        let done = match self.command.dry_run {
            true => Done::Done(None),
            false => {
                let expected = over.map_or(Expected::Nothing, Expected::State);
                let done = self.collection.put(&event.name(), &event.bytes, expected);
                done.map_err(|unusable| self.broken(summary, &unusable))?
            }
        };
        match done {
            Done::Done(etag) => {
                if !self.command.dry_run {
                    self.remember(event, etag)?;
                }
                tally.put += 1;
                let is_new = over.is_none();
                self.say(&match (is_new, self.command.dry_run) {
                    (true, false) => text!("put: {summary}", "puesta: {summary}"),
                    (false, false) => text!("changed: {summary}", "cambiada: {summary}"),
                    (true, true) => text!("to be put: {summary}", "por poner: {summary}"),
                    (false, true) => text!("to be changed: {summary}", "por cambiar: {summary}"),
                })
            }
            Done::Conflict => {
                tally.left += 1;
                self.left(event, Why::Changed)
            }
            Done::Refused(said) => {
                tally.left += 1;
                self.say(&text!(l, said = said.get(l).to_owned();
                    "not taken by the server: {summary} ({said})", "el servidor no la aceptó: {summary} ({said})"))
            }
        }
    }

    fn take_away(&self, name: &str, etag: &str, uid: &str, tally: &mut Tally) -> Result<(), Failure> {
        let done = match self.command.dry_run {
            true => Done::Done(None),
            false => self.collection.delete(name, etag).map_err(|unusable| self.broken(uid, &unusable))?,
        };
        match done {
            Done::Done(_) => {
                if !self.command.dry_run {
                    let put = Put { content: String::new(), ..self.entry(name, uid, etag, "") };
                    self.options.workspace.record(&[RegisterLine::Taken(put)])?;
                }
                tally.taken += 1;
                self.say(&match self.command.dry_run {
                    true => text!("to be taken away: {uid}", "por quitar: {uid}"),
                    false => text!("taken away: {uid}", "quitada: {uid}"),
                })
            }
            Done::Conflict => {
                tally.left += 1;
                self.say(&text!(
                    "left as it is, since somebody changed it on the server: {uid}; delete it there if nobody needs it",
                    "quedó como está, porque alguien la cambió en el servidor: {uid}; bórrela ahí si a nadie le hace falta"
                ))
            }
            Done::Refused(said) => {
                tally.left += 1;
                self.say(&text!(l, said = said.get(l).to_owned();
                    "the server does not let it be taken away: {uid} ({said})", "el servidor no deja quitarla: {uid} ({said})"))
            }
        }
    }

    /// A state that nobody knows is looked at the next time: what lies there is ours if it says what we say.
    fn remember(&self, event: &StoredEvent, etag: Option<String>) -> Result<(), Failure> {
        let Some(etag) = etag else { return Ok(()) };
        let put = self.entry(&event.name(), &event.uid, &etag, &event.content());
        self.options.workspace.record(&[RegisterLine::Put(put)])
    }

    fn entry(&self, name: &str, uid: &str, etag: &str, content: &str) -> Put {
        Put {
            address: self.collection.url.join(name).to_string(),
            uid: uid.to_owned(),
            etag: etag.to_owned(),
            content: content.to_owned(),
            at: self.options.workspace.now(),
        }
    }

    fn left(&self, event: &StoredEvent, why: Why) -> Result<(), Failure> {
        let summary = &event.summary;
        let session =
            self.known.all().find(|told| told.uid == event.uid).map_or(event.uid.as_str(), |told| told.session.as_str());
        self.say(&match why {
            Why::Changed => text!(
                "left as it is, since somebody changed it on the server: {summary}; look at it there, bring what holds into the programme, and put that over it with `--overwrite {session}`",
                "quedó como está, porque alguien la cambió en el servidor: {summary}; mírela ahí, pase al programa lo que valga, y póngalo encima con `--sobrescribir {session}`"
            ),
            Why::Deleted => text!(
                "not put again, since somebody deleted it on the server: {summary}; `--overwrite {session}` puts it there again",
                "no se volvió a poner, porque alguien la borró en el servidor: {summary}; `--sobrescribir {session}` la pone de nuevo"
            ),
        })
    }

    fn total(&self, tally: &Tally) -> Result<(), Failure> {
        let Tally { put, taken, unchanged, left } = *tally;
        let host = &self.collection.server.host;
        let events = put + taken + unchanged + left;
        let count = |lang| match lang {
            Lang::Es => words::count(events, "evento", "eventos"),
            Lang::En => words::count(events, "event", "events"),
        };
        let nothing = Text::fixed("; nothing was done (--dry-run)", "; no se hizo nada (--simular)");
        let dry = if self.command.dry_run { nothing } else { Text::default() };
        self.say(&text!(l, count = count(l), dry = dry.get(l).to_owned();
            "{count} on {host}: {put} put or changed, {taken} taken away, {unchanged} as they were, {left} left{dry}",
            "{count} en {host}: {put} puestos o cambiados, {taken} quitados, {unchanged} sin cambios, {left} sin tocar{dry}"))
    }

    fn say(&self, text: &Text) -> Result<(), Failure> {
        terminal::print(self.options.lang, text)
    }

    fn broken(&self, what: &str, unusable: &Unusable) -> Failure {
        let failure = failed(self.collection, self.command, unusable);
        let message = text!(l, why = failure.message.get(l).to_owned();
            "it stopped at “{what}”: {why}", "se detuvo en «{what}»: {why}");
        let again = Text::fixed(
            "what stands above is done and known; run it again for the rest",
            "lo de arriba ya está hecho y anotado; ejecútela de nuevo para lo que falta",
        );
        Failure::new(message).help(failure.help.unwrap_or(again))
    }
}
