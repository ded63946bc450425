//! `convoca invite`: what would be sent, as files, or by SMTP.

mod arguments;
mod by_hand;
mod errors;
mod outdated;
mod send;
mod show;

pub use arguments::{Invite, grammar};

use chrono::{DateTime, NaiveTime, Utc};
use rayon::prelude::*;

use super::args::{Format, Options};
use super::{Failure, Outcome, agenda, check, read};
use crate::diagnostics::Sources;
use crate::itip::{self, Item, Letter, Plan, SessionPlan, Wish};
use crate::ledger::{Error, History};
use crate::locale::Text;
use crate::mail::{Composer, Fault, Mail};
use crate::model::Programme;
use crate::render::template::Templates;
use crate::text;
use arguments::Verb;

pub fn run(options: &Options, command: &Invite) -> Result<Outcome, Failure> {
    // What was sent was sent, whatever became of the programme.
    if let Verb::Record(folder) = &command.verb {
        return by_hand::record(options, folder);
    }
    let (mut sources, mut checked) = check::load(options)?;
    let (templates, faults) = Templates::new(&mut sources, read::templates(&options.programme, None)?);
    checked.findings.extend(faults);
    let wanted = |wanted: &String| agenda::find(checked.programme.as_ref()?, wanted).ok();
    let session = command.session.as_ref().and_then(wanted);
    let errors = errors::in_the_way(options, &sources, &checked, session);
    let Some(programme) = checked.programme.as_ref().filter(|_| errors.is_empty()) else {
        errors::refuse(options, &sources, &errors, session)?;
        return Ok(Outcome::Findings);
    };
    let post = Post { options, command, programme, sources: &sources, templates: &templates };
    match &command.verb {
        Verb::Plan => {
            let history = post.history()?;
            let plan = post.plan(&history)?;
            show::plan(&post, &plan)?;
            // The process ends here: giving back every line of a long ledger would only take time.
            std::mem::forget((history, plan));
            Ok(Outcome::Clean)
        }
        Verb::Write(folder) => by_hand::write(&post, folder),
        Verb::Record(folder) => by_hand::record(options, folder),
        Verb::Send(send) => send::run(&post, send),
    }
}

/// The programme with everything that its invitations need.
struct Post<'a> {
    options: &'a Options,
    command: &'a Invite,
    programme: &'a Programme,
    sources: &'a Sources,
    templates: &'a Templates,
}

impl Post<'_> {
    fn history(&self) -> Result<History, Failure> {
        super::ledger::read(self.options)
    }

    fn plan(&self, history: &History) -> Result<Plan, Failure> {
        let id = |wanted: &String| agenda::find_id(self.programme, history, wanted);
        let wish = Wish {
            now: now(self.options),
            session: self.command.session.as_ref().map(id).transpose()?,
            cosmetic: self.command.cosmetic,
            remind: self.command.remind,
            same_link: self.command.same_link.iter().map(id).collect::<Result<_, _>>()?,
        };
        let plan = itip::plan(self.programme, history, &wish);
        for session in
            plan.sessions.iter().filter(|session| wish.same_link.contains(&session.id) && !session.moved_with_its_link())
        {
            let note = text!(l, name = session.name.get(l).to_owned();
                "{name}: its join link did not have to be confirmed", "{name}: no hacía falta confirmar su enlace");
            anstream::eprintln!("{}", note.get(self.options.lang));
        }
        Ok(plan)
    }

    /// The mails of the plan, on every core; if one cannot be made, none is sent.
    fn compose<'p>(&self, plan: &'p Plan) -> Result<Vec<(&'p SessionPlan, &'p Item, &'p Letter, Mail)>, Failure> {
        let composer = Composer { programme: self.programme, sources: self.sources, templates: self.templates };
        let letters: Vec<_> = plan.letters().collect();
        let made = letters.into_par_iter().map(|(session, item, letter)| {
            let mail = composer.compose(session, item, letter).map_err(|fault| self.unmade(item, fault))?;
            Ok((session, item, letter, mail))
        });
        made.collect()
    }

    fn unmade(&self, item: &Item, fault: Fault) -> Failure {
        let why = match fault {
            Fault::Other(why) => why,
            Fault::Template(finding) => {
                // What cannot be shown cannot be told either.
                let _ = check::show(self.sources, &[*finding], Format::Human, self.options.lang);
                Text::fixed("its template cannot be followed", "no se puede seguir su plantilla")
            }
        };
        Failure::new(text!(l, name = item.name.get(l).to_owned(), why = why.get(l).to_owned();
            "the mail to {name} cannot be made, and nothing was sent: {why}",
            "no se puede hacer el correo para {name}, y no se envió nada: {why}"))
    }
}

/// The moment as of which to judge: noon in UTC of another day, if one was given.
pub fn now(options: &Options) -> DateTime<Utc> {
    if options.today == chrono::Local::now().date_naive() {
        return Utc::now();
    }
    options.today.and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(12)
}

/// A ledger that cannot be used, and what to do about it.
pub fn unusable(error: &Error) -> Failure {
    Failure::new(error.message()).help(error.help())
}
