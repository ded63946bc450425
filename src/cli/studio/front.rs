//! What the studio asks of the command line.

use std::time::Duration;

use serde_json::Value;

use crate::cli::access::{Access, IMAP, SMTP};
use crate::cli::command::Options;
use crate::cli::replies;
use crate::locale::{Lang, Text};
use crate::studio::{Front, Origin, Typed};
use crate::transport::{Server, Unusable};
use crate::workspace::{Failure, Workspace};

/// How long a mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Cli {
    lang: Lang,
    smtp: Access,
    imap: Access,
}

impl Cli {
    /// # Errors
    /// The environment names a server that is none.
    pub(crate) fn new(lang: Lang) -> Result<Cli, Failure> {
        Ok(Cli { lang, smtp: Access::of_environment(&SMTP)?, imap: Access::of_environment(&IMAP)? })
    }
}

impl Front for Cli {
    fn open(&self, what: &str) {
        super::open(what);
    }

    fn smtp(&self) -> Option<String> {
        self.smtp.server.clone()
    }

    fn imap(&self) -> Option<String> {
        self.imap.server.clone()
    }

    fn server(&self, typed: Option<&Typed>) -> Result<Option<Server>, Failure> {
        match typed {
            Some(Typed { server, user, secret }) => Access::typed(&SMTP, server, (user, secret), PATIENCE).map(Some),
            None => self.smtp.open(PATIENCE),
        }
    }

    fn help(&self, unusable: &Unusable) -> Option<Text> {
        self.smtp.help(unusable)
    }

    fn answers(&self, workspace: &Workspace, origin: Origin) -> Result<Value, Failure> {
        let options = Options { lang: self.lang, workspace: workspace.clone() };
        let (read, by_hand) = match origin {
            Origin::Files(read) => (read, replies::ByHand::none()),
            Origin::Mailbox => (replies::mailbox(&self.imap, PATIENCE)?, replies::ByHand::none()),
            Origin::Spoken(spoken) => (Vec::new(), replies::ByHand::one(spoken.answer, spoken.who, spoken.session)),
        };
        let report = replies::take_in(&options, read, &by_hand, replies::Way::default())?;
        Ok(serde_json::to_value(report).map_err(std::io::Error::from)?)
    }
}
