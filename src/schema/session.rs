//! The file of one session.

use serde_json::{Value as Json, json};
use toml::de::DeValue;

use super::{Line, Wording};
use crate::decode::{Clock, Day, Id, Link, Minutes, Node, Number, Table, Value, ZoneName, choice, record};
use crate::diagnostics::{At, Diagnostic, Span};
use crate::locale::{Lang, Text};

choice! {
    /// How far a session has come.
    Status: "the status of a session" / "el estado de una sesión" {
        "draft" | "borrador" => Draft;
        "tentative" | "provisional" => Tentative;
        "confirmed" | "confirmada" => Confirmed;
        "cancelled" | "cancelada" => Cancelled;
    }
}

choice! {
    /// Stands for everybody who attends.
    Everyone: "who takes part (`all`)" / "`all` (todas las personas)" {
        "all" | "todas" => All;
    }
}

record! {
    /// A session of the working group.
    Session {
        "id" => id: Id, required, "stable for ever: the calendar UID comes from it", "estable para siempre: de él sale el UID del calendario";
        "number" => number: Number, required, "place in the programme, from 1", "lugar en el programa, desde 1";
        "date" => date: Day, required, "the day, in the session's time zone", "el día, en la zona horaria de la sesión";
        "weekday" => weekday: Line, optional, "the day of the week, checked against the date", "el día de la semana, se coteja con la fecha";
        "start" => start: Clock, optional, "when the session opens; slots before it are reported", "cuándo se abre la sesión; se avisa de puntos anteriores";
        "end" => end: Clock, optional, "when the session closes; slots after it are reported", "cuándo se cierra la sesión; se avisa de puntos posteriores";
        "minutes" => minutes: Minutes, optional, "how long the session may last, in minutes", "cuánto puede durar la sesión, en minutos";
        "time-zone" => time_zone: ZoneName, optional, "IANA zone of the hours; the group's unless written", "zona IANA de las horas; la del grupo si no se escribe";
        "status" => status: Status, optional, "draft, tentative, confirmed or cancelled; tentative unless written", "draft (borrador), tentative (provisional), confirmed (confirmada) o cancelled (cancelada); provisional si no se escribe";
        "revised" => revised: Day, optional, "the day of the last change that readers must learn of", "el día del último cambio que los lectores deben conocer";
        "moderator" => moderator: Speaker, optional, "party or person who moderates", "parte o persona que modera";
        "title" => title: Wording, required, "title in each language", "título en cada idioma";
        "objective" => objective: Wording, optional, "objective in each language", "objetivo en cada idioma";
        "place" => place: Wording, optional, "where it is held, or the platform", "dónde se celebra, o la plataforma";
        "join-link" => join_link: Link, optional, "address of the call; goes only into personal invitations", "enlace de la llamada; va solo en invitaciones personales";
        "publish-join-link" => publish_join_link: bool, optional, "whether the call is open to everybody and its link is published; as `group.toml` says unless written", "si la llamada está abierta a todo público y su enlace se publica; como diga `group.toml` si no se escribe";
        "how-to-join" => how_to_join: Wording, optional, "what to know before joining: waiting room, dial-in numbers", "lo que conviene saber antes de conectarse: sala de espera, números de teléfono";
        "interpretation" => interpretation: Wording, optional, "languages interpreted, and how to listen to each", "idiomas con interpretación y cómo escuchar cada uno";
        "documents" => documents: Vec<At<DocumentLink>>, optional, "documents for the session, linked in the invitations", "documentos de la sesión, enlazados en las invitaciones";
        "slots" => slots: Vec<At<Slot>>, optional, "the agenda, in order", "la agenda, en orden";
        "waive" => waive: Vec<At<Waiver>>, optional, "findings of this file that the group accepts", "hallazgos de este archivo que el grupo acepta";
    }
}

record! {
    /// A document for the session.
    DocumentLink {
        "title" => title: Wording, required, "title in each language", "título en cada idioma";
        "link" => link: Link, required, "its address on the web", "su dirección en la web";
    }
}

record! {
    /// A timed agenda item. Any two of start, end and minutes are enough; three are cross-checked.
    SlotKeys {
        "start" => start: Clock, optional, "first minute", "primer minuto";
        "end" => end: Clock, optional, "minute in which it is over", "minuto en que termina";
        "minutes" => minutes: Minutes, optional, "duration in minutes", "duración en minutos";
        "pinned" => pinned: bool, optional, "whether its hour stays when the others move", "si su hora se queda fija cuando las demás se mueven";
        "title" => title: Wording, required, "title in each language", "título en cada idioma";
        "speakers" => speakers: Vec<At<Speaker>>, optional, "parties or persons who speak", "partes o personas que hablan";
        "moderator" => moderator: Speaker, optional, "who moderates this item", "quién modera este punto";
        "facilitators" => facilitators: Vec<At<Speaker>>, optional, "who facilitates the break-out groups", "quiénes facilitan los grupos";
        "participants" => participants: Everyone, optional, "\"all\" where the floor is everybody's", "\"all\" cuando participan todas las personas";
        "groups" => groups: Vec<At<BreakOut>>, optional, "break-out groups, at the same time in separate rooms", "grupos de trabajo simultáneos, en salas separadas";
        "waive" => waive: Vec<At<Waiver>>, optional, "findings of this item that the group accepts", "hallazgos de este punto que el grupo acepta";
    }
}

record! {
    /// A parallel part of a slot.
    BreakOut {
        "title" => title: Wording, required, "title in each language", "título en cada idioma";
        "facilitators" => facilitators: Vec<At<Speaker>>, optional, "who facilitates this group", "quiénes facilitan este grupo";
        "speakers" => speakers: Vec<At<Speaker>>, optional, "who speaks in this group", "quiénes hablan en este grupo";
    }
}

record! {
    /// Somebody with a role, where more than the name is to be said.
    SpeakerTable {
        "party" => party: Line, optional, "id of a party", "identificador de una parte";
        "person" => person: Line, optional, "id of a person", "identificador de una persona";
        "who" => who: Wording, optional, "words for somebody not yet known, such as \"A municipality\"", "palabras para quien aún no se conoce, por ejemplo «Una municipalidad»";
        "tbc" => tbc: bool, optional, "to be confirmed", "por confirmar";
    }
}

record! {
    /// A finding that the group accepts, and why.
    Waiver {
        "check" => check: Line, required, "name of the check", "nombre de la verificación";
        "reason" => reason: Line, required, "why it is accepted; shown in every report", "por qué se acepta; se muestra en cada informe";
    }
}

/// A slot with the stretch of the file that it takes up, in which its waivers hold.
#[derive(Clone, Debug, Default)]
pub struct Slot {
    pub keys: SlotKeys,
    pub extent: Span,
}

impl std::ops::Deref for Slot {
    type Target = SlotKeys;
    fn deref(&self) -> &SlotKeys {
        &self.keys
    }
}

impl Value for Slot {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        Some(Slot { keys: SlotKeys::decode(node, findings)?, extent: node.extent() })
    }

    fn schema(lang: Lang) -> Json {
        SlotKeys::schema(lang)
    }
}

/// Somebody with a role: `"unhcr"`, or a table that says more.
#[derive(Clone, Debug)]
pub enum Speaker {
    Name(String),
    Table(Box<SpeakerTable>),
}

impl Value for Speaker {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        match node.value {
            DeValue::String(_) => Line::decode(node, findings).map(|Line(name)| Speaker::Name(name)),
            DeValue::Table(_) => {
                let table = Table::of(node, findings)?;
                Some(Speaker::Table(Box::new(SpeakerTable::from_table(&table, findings))))
            }
            _ => {
                let help = Text::fixed(
                    "write the id in quotes, or `{ party = \"…\", tbc = true }`",
                    "escriba el identificador entre comillas, o `{ party = \"…\", tbc = true }`",
                );
                node.expected(Text::fixed("a party or a person", "una organización o una persona"), help, findings);
                None
            }
        }
    }

    fn schema(lang: Lang) -> Json {
        json!({ "anyOf": [{ "type": "string" }, SpeakerTable::schema(lang)] })
    }
}
