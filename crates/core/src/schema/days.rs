//! When people can meet: holidays that the group adds, working hours, and stated absences.

use chrono::Weekday;
use serde_json::{Value as Json, json};
use toml::de::DeValue;

use super::{CountryCode, Line, Wording};
use crate::decode::{Clock, Day, Node, Value, record};
use crate::diagnostics::{At, Diagnostic};
use crate::locale::{Lang, Text, dates};

record! {
    /// A day that the tables of public holidays do not have, or have otherwise: a municipal feast, a moved day.
    Holiday {
        "date" | "fecha" => date: Day, required, "the day", "el día";
        "yearly" | "anual" | "cada-ano" => yearly: bool, optional, "whether it comes every year on this day", "si se repite cada año en ese día";
        "from" | "desde" => from: Clock, optional, "the hour from which offices close, for half a day; the whole day unless written", "la hora desde la que se cierra, si es medio día; todo el día si no se escribe";
        "name" | "nombre" => name: Wording, optional, "what is celebrated", "qué se celebra", text(published, nothing);
        "countries" | "paises" => countries: Vec<At<CountryCode>>, optional, "countries that keep it; all that are concerned unless written", "países que lo guardan; todos los que participan si no se escribe";
        "parties" | "organizaciones" | "partes" => parties: Vec<At<Line>>, optional, "parties that keep it, for a municipal feast", "organizaciones que lo guardan, para una fiesta municipal";
        "working" | "laborable" => working: bool, optional, "true where this holiday of the tables is worked after all", "true si este feriado de las tablas sí se trabaja";
    }
}

record! {
    /// The hours in which people can be asked to attend.
    Hours {
        "start" | "inicio" => start: Clock, optional, "when work begins", "cuándo comienza el trabajo";
        "end" | "fin" => end: Clock, optional, "when work ends", "cuándo termina el trabajo";
        "weekdays" | "dias" => weekdays: Vec<At<DayOfWeek>>, optional, "working days; Monday to Friday unless written", "días laborales; de lunes a viernes si no se escribe";
    }
}

record! {
    /// When a party or a person cannot attend. What is left out holds for all days or all hours.
    Absence {
        "from" | "desde" => from: Day, optional, "first day", "primer día";
        "to" | "hasta" => to: Day, optional, "last day", "último día";
        "weekdays" | "dias" => weekdays: Vec<At<DayOfWeek>>, optional, "only on these days of the week", "solo en estos días de la semana";
        "start" | "inicio" => start: Clock, optional, "from this hour on, by their own clock", "desde esta hora, por su propio reloj";
        "end" | "fin" => end: Clock, optional, "until this hour, by their own clock", "hasta esta hora, por su propio reloj";
        "reason" | "motivo" | "razon" => reason: Line, optional, "why, for proposals to name", "por qué, para nombrarlo en las propuestas", data(never, nothing);
    }
}

/// A day of the week, in Spanish or English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayOfWeek(pub Weekday);

impl Value for DayOfWeek {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let day = match node.value {
            DeValue::String(word) => dates::parse_weekday(word),
            _ => None,
        };
        if day.is_none() {
            let help = Text::fixed("write \"Friday\" or \"viernes\"", "escriba \"viernes\" o \"Friday\"");
            node.expected(Text::fixed("a day of the week", "un día de la semana"), help, findings);
        }
        day.map(DayOfWeek)
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "type": "string" })
    }
}
