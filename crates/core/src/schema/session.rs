//! The file of one session.

use serde_json::{Value as Json, json};
use toml::de::DeValue;

use super::{Enumerated, Line, Prose, Wording};
use crate::decode::{
    Clock, Day, Field, Filled, Id, Kind, Link, Minutes, Node, Number, Table, Value, Visitor, ZoneName, choice, record,
};
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
    WrittenSession, texts SessionTexts {
        "id" => id: Id, required, "stable for ever: the calendar UID comes from it", "estable para siempre: de él sale el UID del calendario";
        "formerly" | "antes" => formerly: Id, optional, "the `id` that it had when it was sent: invitations and calendars stay the same", "el `id` que tenía cuando se envió: invitaciones y calendarios siguen siendo los mismos";
        "number" | "numero" => number: Number, required, "place in the programme, from 1", "lugar en el programa, desde 1", data(published, title);
        "date" | "fecha" => date: Day, required, "the day, in the session's time zone", "el día, en la zona horaria de la sesión", data(published, time);
        "weekday" | "dia" => weekday: Line, optional, "the day of the week, checked against the date", "el día de la semana, se coteja con la fecha";
        "start" | "inicio" | "hora" | "hora-de-inicio" | "hora-inicio" | "comienzo" | "comienza" | "empieza" | "desde" => start: Clock, optional, "when the session opens; items before it are reported", "cuándo se abre la sesión; se avisa de puntos anteriores", data(published, time);
        "end" | "fin" | "hora-de-fin" | "hora-fin" | "hora-final" | "final" | "termina" | "hasta" => end: Clock, optional, "when the session closes; items after it are reported", "cuándo se cierra la sesión; se avisa de puntos posteriores", data(published, time);
        "minutes" | "minutos" | "duracion" => minutes: Minutes, optional, "how long the session may last, in minutes", "cuánto puede durar la sesión, en minutos";
        "also" | "tambien" => also: Vec<At<AlsoHour>>, optional, "the hours as they are also announced in another zone; checked, and shown", "las horas como también se anuncian en otra zona; se cotejan y se muestran";
        "time-zone" | "zona-horaria" => time_zone: ZoneName, optional, "IANA zone of the hours; the group's unless written", "zona IANA de las horas; la del grupo si no se escribe", data(published, time);
        "status" | "estado" => status: Status, optional, "draft, tentative, confirmed or cancelled; tentative unless written", "draft (borrador), tentative (provisional), confirmed (confirmada) o cancelled (cancelada); provisional si no se escribe", data(published, status);
        "reason" | "motivo" => reason: Wording, optional, "why it is cancelled, for the mails that say so", "por qué se cancela, para los correos que lo avisan", text(invitees, nothing);
        "postponed-to" | "pospuesta-al" | "pospuesta" => postponed_to: Day, optional, "of a cancelled session: the new date, as documents, calendars and mails tell it", "de una sesión cancelada: la nueva fecha, como la dicen documentos, calendarios y correos", data(published, nothing);
        "guests" | "invitados" => guests: Vec<At<Line>>, optional, "parties or persons invited to this session alone, without a part in it", "organizaciones o personas invitadas solo a esta sesión, sin papel en ella";
        "observers" | "observadores" => observers: Vec<At<Line>>, optional, "the same as observers, who may come or not", "lo mismo como observadores, que pueden asistir o no";
        "excused" | "excusados" => excused: Vec<At<Line>>, optional, "members or persons who are not invited to this session, unless they have a part in it", "miembros o personas a quienes no se convoca a esta sesión, salvo que tengan un papel en ella";
        "revised" | "revisado" => revised: Day, optional, "the day of the last change that readers must learn of", "el día del último cambio que los lectores deben conocer";
        "moderator" | "moderador" | "modera" | "moderadora" => moderator: Speaker, optional, "party or person who moderates", "organización o persona que modera", data(published, role);
        "title" | "titulo" | "tema" | "nombre" => title: Wording, required, "title in each language", "título en cada idioma", text(published, title);
        "objective" | "objetivo" => objective: Prose, optional, "objective in each language, in Markdown", "objetivo en cada idioma, en Markdown", text(published, text);
        "background" | "antecedentes" | "contexto" => background: Prose, optional, "background, in Markdown", "antecedentes, en Markdown", text(published, text);
        "questions" | "preguntas" | "preguntas-orientadoras" => questions: Prose, optional, "guiding questions, in Markdown", "preguntas orientadoras, en Markdown", text(published, text);
        "results" | "resultados" | "resultados-esperados" => results: Prose, optional, "expected results, in Markdown", "resultados esperados, en Markdown", text(published, text);
        "place" | "lugar" | "sede" => place: Wording, optional, "where it is held, or the platform", "dónde se celebra, o la plataforma", text(published, place);
        "join-link" | "enlace" => join_link: Link, optional, "address of the call; goes only into personal invitations", "enlace de la llamada; va solo en invitaciones personales", data(invitees, link);
        "publish-join-link" | "publicar-enlace" => publish_join_link: bool, optional, "whether the call is open to everybody and its link is published; as `group.toml` says unless written", "si la llamada está abierta a todo público y su enlace se publica; como diga `group.toml` si no se escribe";
        "how-to-join" | "como-conectarse" => how_to_join: Wording, optional, "what to know before joining: waiting room, dial-in numbers", "lo que conviene saber antes de conectarse: sala de espera, números de teléfono", text(invitees, text);
        "interpretation" | "interpretacion" => interpretation: Enumerated, optional, "languages interpreted, and how to listen to each", "idiomas con interpretación y cómo escuchar cada uno", text(invitees, text);
        "documents" | "documentos" => documents: Vec<At<DocumentLink>>, optional, "documents for the session, linked in the invitations", "documentos de la sesión, enlazados en las invitaciones";
        "slots" | "agenda" | "puntos" => slots: Vec<At<WrittenSlot>>, optional, "the agenda, in order", "la agenda, en orden";
        "waive" | "aceptar" => waive: Vec<At<Waiver>>, optional, "findings of this file that the group accepts", "hallazgos de este archivo que el grupo acepta";
    }
}

record! {
    /// A document for the session.
    DocumentLink, texts DocumentTexts {
        "title" | "titulo" => title: Wording, required, "title in each language", "título en cada idioma", text(invitees, text);
        "link" | "enlace" => link: Link, required, "its address on the web", "su dirección en la web", data(invitees, text);
    }
}

record! {
    /// An item of the agenda. Of its hours, its start alone lasts until the next item, its minutes alone follow the
    /// item before it, and none at all is a point without an hour; what is written besides is cross-checked.
    SlotKeys, texts SlotTexts {
        "date" | "fecha" => date: Day, optional, "of a meeting of several days: the day from this item on", "en una reunión de varios días: el día desde este punto", data(published, time);
        "start" | "inicio" | "hora" | "hora-de-inicio" | "hora-inicio" | "horario" | "comienzo" | "comienza" | "empieza" | "desde" => start: Clock, optional, "first minute; alone, the item lasts until the next one", "primer minuto; solo, el punto dura hasta el siguiente", data(published, time);
        "end" | "fin" | "hora-de-fin" | "hora-fin" | "hora-final" | "final" | "termina" | "hasta" => end: Clock, optional, "minute in which it is over", "minuto en que termina", data(published, time);
        "minutes" | "minutos" | "duracion" => minutes: Minutes, optional, "duration in minutes; alone, the item follows the one before it", "duración en minutos; sola, el punto sigue al anterior", data(published, time);
        "also" | "tambien" => also: Vec<At<AlsoHour>>, optional, "its hours as they are also announced in another zone; checked, and shown", "sus horas como también se anuncian en otra zona; se cotejan y se muestran";
        "approximate" | "aproximado" | "aproximada" => approximate: bool, optional, "whether its hour is only about right", "si su hora es aproximada", data(published, time);
        "parallel" | "paralelo" | "paralela" | "simultaneo" => parallel: bool, optional, "whether it runs beside the others, with hours of its own or those of the item before it", "si va al mismo tiempo que otros, con sus propias horas o con las del punto anterior", data(published, time);
        "pinned" | "fijo" => pinned: bool, optional, "whether its hour stays when the others move", "si su hora se queda fija cuando las demás se mueven";
        "break" | "receso" | "pausa" | "descanso" | "refaccion" | "refrigerio" | "almuerzo" | "cafe" => pause: bool, optional, "whether it is a break (coffee, lunch, travel), which needs nobody to speak", "si es un receso (café, almuerzo, traslado), que no necesita ponentes", data(published, text);
        "title" | "titulo" | "tema" | "nombre" => title: Wording, required, "title in each language", "título en cada idioma", text(published, text);
        "description" | "descripcion" | "detalle" | "detalles" => description: Prose, optional, "what it is about, in Markdown", "de qué trata, en Markdown", text(published, text);
        "place" | "lugar" | "sala" | "salon" => place: Wording, optional, "room or place, where it is not the session's", "sala o lugar, si no es el de la sesión", text(published, place);
        "language" | "idioma" => language: Wording, optional, "the language in which it is held", "el idioma en que se realiza", text(published, text);
        "interpretation" | "interpretacion" => interpretation: Enumerated, optional, "the languages into which it is interpreted", "los idiomas a los que se interpreta", text(published, text);
        "speakers" | "ponentes" | "ponente" | "expositores" | "expositor" | "expositora" | "oradores" | "panelistas" | "conferencistas" | "conferencista" | "a-cargo-de" => speakers: Vec<At<Speaker>>, optional, "parties or persons who speak", "organizaciones o personas que exponen", data(published, role);
        "moderator" | "moderador" | "modera" | "moderadora" => moderator: Speaker, optional, "who moderates this item", "quién modera este punto", data(published, role);
        "facilitators" | "facilitadores" => facilitators: Vec<At<Speaker>>, optional, "who facilitates it, or its break-out groups", "quiénes lo facilitan, o facilitan sus grupos", data(published, role);
        "participants" | "participantes" | "asistentes" => participants: Everyone, optional, "\"all\" where the floor is everybody's", "\"all\" cuando participan todas las personas", data(published, role);
        "documents" | "documentos" | "materiales" => materials: Vec<At<Material>>, optional, "documents and pages for this item, linked in the agenda", "documentos y páginas de este punto, enlazados en la agenda";
        "items" | "puntos" | "subpuntos" => items: Vec<At<WrittenSlot>>, optional, "what it consists of: items in turn, with or without hours", "en qué consiste: a su vez puntos, con hora o sin ella";
        "groups" | "grupos" => groups: Vec<At<WrittenSlot>>, optional, "break-out groups, at the same time in separate rooms", "grupos de trabajo simultáneos, en salas separadas";
        "waive" | "aceptar" => waive: Vec<At<Waiver>>, optional, "findings of this item that the group accepts", "hallazgos de este punto que el grupo acepta";
    }
}

record! {
    /// Hours as they are announced in another zone.
    AlsoHour {
        "time-zone" | "zona-horaria" => time_zone: ZoneName, required, "IANA zone of these hours", "zona IANA de estas horas", data(published, time);
        "date" | "fecha" => date: Day, optional, "the day there, where it is another", "el día allá, si es otro", data(published, time);
        "start" | "inicio" => start: Clock, required, "when it begins there", "cuándo comienza allá", data(published, time);
        "end" | "fin" => end: Clock, optional, "when it is over there", "cuándo termina allá", data(published, time);
    }
}

record! {
    /// A document or page that belongs to an item, published with it.
    Material, texts MaterialTexts {
        "title" | "titulo" => title: Wording, required, "title in each language", "título en cada idioma", text(published, text);
        "link" | "enlace" => link: Link, required, "its address on the web", "su dirección en la web", data(published, text);
    }
}

record! {
    /// Somebody with a role, where more than the name is to be said.
    SpeakerTable {
        "party" | "organizacion" | "parte" => party: Line, optional, "id of a party", "identificador de una organización", data(published, role);
        "person" | "persona" => person: Line, optional, "id of a person", "identificador de una persona", data(published, role);
        "who" | "quien" => who: Wording, optional, "words for somebody not yet known, such as \"A municipality\"", "palabras para quien aún no se conoce, por ejemplo «Una municipalidad»", text(published, role);
        "tbc" | "por-confirmar" => tbc: bool, optional, "to be confirmed", "por confirmar", data(published, role);
    }
}

record! {
    /// A finding that the group accepts, and why.
    Waiver {
        "check" | "verificacion" => check: Line, required, "name of the check", "nombre de la verificación";
        "reason" | "motivo" | "razon" => reason: Line, required, "why it is accepted; shown in every report", "por qué se acepta; se muestra en cada informe";
    }
}

/// A slot with the stretch of the file that it takes up, in which its waivers hold. It holds slots in turn, so
/// its JSON Schema is named and referred to.
#[derive(Clone, Debug, Default)]
pub struct WrittenSlot {
    pub keys: SlotKeys,
    pub extent: Span,
}

impl WrittenSlot {
    pub fn definition(lang: Lang) -> Json {
        SlotKeys::schema(lang)
    }
}

impl std::ops::Deref for WrittenSlot {
    type Target = SlotKeys;
    fn deref(&self) -> &SlotKeys {
        &self.keys
    }
}

impl Value for WrittenSlot {
    const KIND: Kind = Kind::Records;

    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        Some(WrittenSlot { keys: SlotKeys::decode(node, findings)?, extent: node.extent() })
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "$ref": "#/$defs/item" })
    }

    fn visit<'a>(&'a self, _: &'static Field, _: Span, visitor: Visitor<'_, 'a>) {
        self.keys.each_field(visitor);
    }

    fn declared(fields: &mut Vec<&'static Field>) {
        SlotKeys::declared(fields);
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

    fn visit<'a>(&'a self, field: &'static Field, span: Span, visitor: Visitor<'_, 'a>) {
        match self {
            Speaker::Name(_) => visitor(Filled { field, span, text: None }),
            Speaker::Table(table) => table.each_field(visitor),
        }
    }

    fn declared(fields: &mut Vec<&'static Field>) {
        SpeakerTable::declared(fields);
    }
}
