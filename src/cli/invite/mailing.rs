//! The mails of a programme: their plan, and the making of them.

use super::arguments::Invite;
use crate::cli::command::Options;
use crate::cli::findings::{self, Format};
use crate::cli::terminal;
use crate::diagnostics::Sources;
use crate::itip::{self, Plan, Wish};
use crate::ledger::History;
use crate::mail::Fault;
use crate::model::Programme;
use crate::replies::address;
use crate::templates::Templates;
use crate::text;
use crate::workspace::letters::{Composed, Stationery};
use crate::workspace::{Correspondent, Failure, find_session_id};

/// The programme with everything that its invitations need.
pub(crate) struct Mailing<'a> {
    pub options: &'a Options,
    pub command: &'a Invite,
    pub programme: &'a Programme,
    pub sources: &'a Sources,
    pub templates: &'a Templates,
}

impl Mailing<'_> {
    pub(crate) fn plan(&self, history: &History) -> Result<Plan, Failure> {
        let id = |wanted: &String| find_session_id(self.programme, history, wanted);
        let meant = |wanted: &String| {
            let who = Correspondent::find(Some(self.programme), history, wanted)?;
            Ok(who.email.map(|email| address(&email)).or(who.id).unwrap_or_else(|| wanted.clone()))
        };
        let wish = Wish {
            now: self.options.workspace.now(),
            session: self.command.session.as_ref().map(id).transpose()?,
            cosmetic: self.command.cosmetic,
            remind: self.command.remind,
            again: self.command.again.iter().map(meant).collect::<Result<_, Failure>>()?,
            same_link: self.command.same_link.iter().map(id).collect::<Result<_, _>>()?,
            new_organizer: self.command.new_organizer,
        };
        let plan = itip::plan(self.programme, history, &wish);
        for session in
            plan.sessions.iter().filter(|session| wish.same_link.contains(&session.id) && !session.moved_with_its_link())
        {
            let note = text!(l, name = session.name.get(l).to_owned();
                "{name}: its join link did not have to be confirmed", "{name}: no hacía falta confirmar su enlace");
            terminal::note(self.options.lang, &note);
        }
        Ok(plan)
    }

    /// The mails of the plan; if one cannot be made, none is sent.
    pub(crate) fn compose<'p>(&self, plan: &'p Plan, secret: &str) -> Result<Vec<Composed<'p>>, Failure> {
        let stationery = Stationery { programme: self.programme, sources: self.sources, templates: self.templates };
        stationery.compose(plan, secret).map_err(|unmade| {
            if let Fault::Template(finding) = &unmade.fault {
                // What cannot be shown cannot be told either.
                let _ = findings::show(self.sources, &[(**finding).clone()], Format::Human, self.options.lang);
            }
            unmade.into()
        })
    }
}
