//! What is said of letters and answered to them: a word for the ledger and other programs, and one for people.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Participation;
use crate::locale::{Lang, Text};

/// What somebody answered to an invitation (METHOD:REPLY, COUNTER or DECLINECOUNTER; RFC 5546 §3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    Accepted,
    Declined,
    Tentative,
    /// Another time is proposed.
    Counter,
    /// The organizer turned a proposal down.
    DeclineCounter,
    /// Somebody else is to come in their place.
    Delegated,
}

impl Answer {
    /// The word in the ledger and in formats for programs.
    pub fn id(self) -> &'static str {
        match self {
            Answer::Accepted => "accepted",
            Answer::Declined => "declined",
            Answer::Tentative => "tentative",
            Answer::Counter => "counter",
            Answer::DeclineCounter => "decline-counter",
            Answer::Delegated => "delegated",
        }
    }

    /// The same, or that there is none.
    pub fn id_of(answer: Option<Answer>) -> &'static str {
        answer.map_or("no-answer", Answer::id)
    }

    pub fn word(self, lang: Lang) -> &'static str {
        let (en, es) = match self {
            Answer::Accepted => ("accepts", "acepta"),
            Answer::Declined => ("declines", "no asistirá"),
            Answer::Tentative => ("may come", "tal vez asista"),
            Answer::Counter => ("proposes another time", "propone otra hora"),
            Answer::DeclineCounter => ("proposal turned down", "propuesta rechazada"),
            Answer::Delegated => ("passes it on", "delega"),
        };
        match lang {
            Lang::En => en,
            Lang::Es => es,
        }
    }

    /// What a mail seems to say that does not count by itself.
    pub fn seeming(self, lang: Lang) -> &'static str {
        let (en, es) = match self {
            Answer::Accepted => ("seems to accept", "parece aceptar"),
            Answer::Declined => ("seems to decline", "parece que no asistirá"),
            Answer::Tentative => ("seems to come perhaps", "parece que tal vez asista"),
            Answer::Counter => ("seems to propose another time", "parece proponer otra hora"),
            Answer::Delegated => ("seems to pass it on", "parece que delega"),
            Answer::DeclineCounter => return self.word(lang),
        };
        match lang {
            Lang::En => en,
            Lang::Es => es,
        }
    }

    /// The same as [`Answer::word`], or that there is none.
    pub fn word_of(answer: Option<Answer>, lang: Lang) -> &'static str {
        match (answer, lang) {
            (Some(answer), lang) => answer.word(lang),
            (None, Lang::En) => "no answer",
            (None, Lang::Es) => "sin respuesta",
        }
    }

    /// As calendars write it; a proposal is settled elsewhere, and whoever made it has yet to answer.
    pub fn participation(answer: Option<Answer>) -> Participation {
        match answer {
            Some(Answer::Accepted) => Participation::Accepted,
            Some(Answer::Declined) => Participation::Declined,
            Some(Answer::Tentative) => Participation::Tentative,
            Some(Answer::Counter | Answer::DeclineCounter | Answer::Delegated) | None => Participation::NeedsAction,
        }
    }
}

/// Why a letter was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    New,
    Update,
    Cancel,
    /// The session takes place, and they are not invited any more.
    Withdraw,
    Remind,
    /// The day before, to those who come.
    DayBefore,
    /// Another invitation takes the place of theirs, since another organizes.
    Replace,
    /// Another time that they proposed is not taken.
    TurnDown,
    /// As a later version wrote it.
    Other(String),
}

impl Reason {
    const ALL: [Reason; 7] =
        [Reason::New, Reason::Update, Reason::Cancel, Reason::Withdraw, Reason::Remind, Reason::DayBefore, Reason::TurnDown];

    /// The word in the ledger and in formats for programs.
    pub fn id(&self) -> &str {
        match self {
            Reason::New => "new",
            Reason::Update => "update",
            Reason::Cancel => "cancel",
            Reason::Withdraw => "withdraw",
            Reason::Remind => "remind",
            Reason::DayBefore => "day-before",
            Reason::Replace => "replace",
            Reason::TurnDown => "turn-down",
            Reason::Other(word) => word,
        }
    }

    pub fn of(id: Cow<'_, str>) -> Reason {
        let known = Reason::ALL.into_iter().find(|reason| reason.id() == id);
        known.unwrap_or_else(|| Reason::Other(id.into_owned()))
    }

    pub fn word(&self) -> Text {
        match self {
            Reason::New => Text::fixed("invitation", "invitación"),
            Reason::Update => Text::fixed("update", "actualización"),
            Reason::Cancel => Text::fixed("cancellation", "cancelación"),
            Reason::Withdraw => Text::fixed("no longer invited", "ya no se le convoca"),
            Reason::Remind => Text::fixed("reminder", "recordatorio"),
            Reason::DayBefore => Text::fixed("the day before", "la víspera"),
            Reason::Replace => Text::fixed("replaced by another invitation", "sustituida por otra invitación"),
            Reason::TurnDown => Text::fixed("proposal turned down", "propuesta rechazada"),
            Reason::Other(word) => Text::same(word.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_ledger_are_read_again() {
        for reason in Reason::ALL {
            assert_eq!(Reason::of(reason.id().into()), reason);
        }
        assert_eq!(Reason::of("later".into()).id(), "later");
        for answer in
            [Answer::Accepted, Answer::Declined, Answer::Tentative, Answer::Counter, Answer::DeclineCounter, Answer::Delegated]
        {
            assert_eq!(serde_json::to_value(answer).unwrap(), answer.id());
        }
    }
}
