//! `group.toml`: the working group, who belongs to it, and how strict the checks are.

use serde_json::{Value as Json, json};

use super::{Absence, CountryCode, Holiday, Hours, Line, MemberCountry, Waiver, Wording};
use crate::decode;
use crate::decode::{Count, Day, Domain, Email, Folder, Id, Map, Node, Number, Value, ZoneName, choice, record};
use crate::diagnostics::{At, Diagnostic, Level};
use crate::locale::{Lang, Text};

choice! {
    /// What sort of organisation a party is.
    PartyKind: "a kind of party" / "un tipo de organización" {
        "municipality" | "municipalidad" => Municipality;
        "agency" | "agencia" => Agency;
        "network" | "red" => Network;
        "secretariat" | "secretaría" => Secretariat;
        "team" | "equipo" => Team;
        "panel" | "grupo-asesor" => Panel;
        "other" | "otra" => Other;
    }
}

choice! {
    /// How documents write the hours of each place.
    HourStyle: "a way to write hours (`24` or `country`)" / "una manera de escribir las horas (`24` o `country`)" {
        "24" | "24h" => TwentyFour;
        "country" | "pais" => Country;
    }
}

record! {
    /// The working group.
    Group, texts GroupTexts {
        "id" => id: Id, required, "stable for ever: calendar UIDs come from it", "estable para siempre: de él salen los UID de calendario";
        "domain" | "dominio" => domain: Domain, optional, "what stands behind the @ in calendar UIDs", "lo que va después de la arroba en los UID de calendario";
        "languages" | "idiomas" => languages: Vec<At<Lang>>, optional, "languages of every document, [\"es\"] for Spanish alone; both unless written", "idiomas de todo documento, [\"es\"] si es solo español; ambos si no se escribe";
        "time-zone" | "zona-horaria" => time_zone: ZoneName, required, "IANA zone of the hours in session files", "zona IANA de las horas en los archivos de sesión";
        "countries" | "paises" => countries: Vec<At<MemberCountry>>, optional, "member countries, whose hours every agenda shows", "países miembros, cuyas horas muestra toda agenda";
        "presidency" | "presidencia" => presidency: Line, optional, "the party that presides", "la organización que preside";
        "secretariat" | "secretaria" => secretariat: Line, optional, "the party that sends the invitations", "la organización que envía las invitaciones";
        "created" | "creado" => created: Day, optional, "the day on which this programme was first published", "el día en que se publicó por primera vez este programa";
        "name" | "nombre" => name: Wording, required, "full name", "nombre completo", text(published, title);
        "short-name" | "nombre-corto" => short_name: Wording, optional, "short name, for calendars and headings", "nombre corto, para calendarios y encabezados", text(published, title);
        "quorum" => quorum: Quorum, optional, "how many have to accept, for a session to be held", "cuántos tienen que aceptar, para que se celebre una sesión";
        "organizer" | "organizador" => organizer: Organizer, optional, "who signs the calendars", "quien firma los calendarios";
        "parties" | "organizaciones" | "partes" => parties: Map<Party>, optional, "organisations, by id", "organizaciones, por identificador";
        "people" | "personas" => people: Map<Person>, optional, "persons, by id", "personas, por identificador";
        "holidays" | "feriados" => holidays: Vec<At<Holiday>>, optional, "days that the tables of holidays do not have: municipal feasts, moved days", "días que no están en las tablas de feriados: fiestas municipales, días trasladados";
        "working-hours" | "horario" => working_hours: Map<Hours>, optional, "working hours by country code", "horas de trabajo por código de país";
        "hours" | "horas" => hours: HourStyle, optional, "\"24\" (10:00) unless written, or \"country\": as each country writes them (10:00 a. m.)", "\"24\" (10:00) si no se escribe, o \"country\": como las escribe cada país (10:00 a. m.)";
        "notice-days" | "dias-de-aviso" => notice_days: Count, optional, "how many days before a session everything is known and sent", "cuántos días antes de una sesión todo se sabe y se ha enviado";
        "publish-join-link" | "publicar-enlace" => publish_join_link: bool, optional, "true if the calls are open to everybody: then their links stand in published calendars and documents too", "true si las llamadas están abiertas a todo público: entonces sus enlaces van también en calendarios y documentos publicados";
        "publish-url" | "direccion-web" => publish_url: Folder, optional, "where the files of out/public stand on the web: calendars and pages then say their addresses", "dónde están en la web los archivos de out/public: los calendarios y las páginas dicen entonces sus direcciones";
        "checks" | "verificaciones" => checks: Map<Level>, optional, "levels of the checks: error, warning or note", "niveles de las verificaciones: error, warning (advertencia) o note (nota)";
        "waive" | "aceptar" => waive: Vec<At<Waiver>>, optional, "findings of this file that the group accepts", "hallazgos de este archivo que el grupo acepta";
    }
}

record! {
    /// Who signs calendars and invitations.
    Organizer {
        "party" | "organizacion" | "parte" => party: Line, required, "the party that signs", "la organización que firma";
        "email" | "correo" => email: Email, required, "its address", "su dirección";
        "formerly" | "antes" => formerly: Email, optional, "the address that it had when a ledger of an earlier version was written, which does not say it", "la dirección que tenía cuando se escribió un registro de una versión anterior, que no la dice", data(never, nothing);
        "sender" | "remitente" => sender: Email, optional, "the address that sends the invitations in its name, where it is another", "la dirección que envía las invitaciones en su nombre, si es otra";
    }
}

record! {
    /// How many have to accept an invitation, for a session to be held.
    Quorum {
        "parties" | "organizaciones" | "partes" => parties: Number, optional, "member parties", "organizaciones miembros";
        "countries" | "paises" => countries: Number, optional, "countries of member parties", "países de las organizaciones miembros";
    }
}

record! {
    /// Any organisation: a municipality, an agency, a network.
    Party, texts PartyTexts {
        "name" | "nombre" => name: Wording, required, "full name", "nombre completo", text(published, role);
        "kind" | "tipo" => kind: PartyKind, optional, "what sort of organisation", "qué tipo de organización";
        "country" | "pais" => country: CountryCode, optional, "where it is", "dónde está";
        "time-zone" | "zona-horaria" => time_zone: ZoneName, optional, "its zone, where the country has several", "su zona, si el país tiene varias";
        "city" | "ciudad" => city: Wording, optional, "how its line in the table of hours is called", "cómo se llama su renglón en la tabla de horas", text(published, nothing);
        "working-hours" | "horario" => working_hours: Hours, optional, "its working hours, where they are not its country's", "sus horas de trabajo, si no son las de su país";
        "unavailable" | "ausencias" => unavailable: Vec<At<Absence>>, optional, "when it cannot attend, by its own clock", "cuándo no puede asistir, por su propio reloj";
        "member" | "miembro" => member: bool, optional, "whether it is a member of the group", "si es miembro del grupo";
        "short-name" | "nombre-corto" => short_name: Wording, optional, "name without its kind, such as \"Upala\"", "nombre sin el tipo, por ejemplo «Upala»", text(published, nothing);
        "acronym" | "siglas" => acronym: Wording, optional, "acronym in each language", "siglas en cada idioma", text(published, role);
        "aliases" | "alias" => aliases: Vec<At<Line>>, optional, "other spellings in use", "otras maneras de escribirlo";
        "email" | "correo" => email: Email, optional, "address for invitations; never shown to others", "dirección para invitaciones; nunca se muestra a otros", data(never, nothing);
        "also" | "tambien" => also: Vec<At<Email>>, optional, "other addresses from which it answers; nothing is sent there", "otras direcciones desde las que responde; a ellas no se envía nada", data(never, nothing);
        "copy" | "copia" => copy: Vec<At<Email>>, optional, "addresses that get a copy of its mails, such as an assistant's; what counts is the answer of the invited", "direcciones que reciben copia de sus correos, como la de su asistente; cuenta la respuesta de quien tiene la invitación", data(never, nothing);
        "language" | "idioma" => language: Lang, optional, "language in which it is written to", "idioma en que se le escribe";
    }
}

record! {
    /// A person.
    Person, texts PersonTexts {
        "name" | "nombre" => name: Line, required, "name, as the person writes it", "nombre, como lo escribe la persona";
        "party" | "organizacion" | "parte" => party: Line, optional, "the party that the person is of", "la organización a la que pertenece";
        "role" | "cargo" => role: Wording, optional, "position", "cargo", text(published, nothing);
        "email" | "correo" => email: Email, optional, "address for invitations; never shown to others", "dirección para invitaciones; nunca se muestra a otros", data(never, nothing);
        "also" | "tambien" => also: Vec<At<Email>>, optional, "other addresses from which the person answers; nothing is sent there", "otras direcciones desde las que responde; a ellas no se envía nada", data(never, nothing);
        "copy" | "copia" => copy: Vec<At<Email>>, optional, "addresses that get a copy of the person's mails, such as an assistant's; what counts is the answer of the invited", "direcciones que reciben copia de los correos de la persona, como la de su asistente; cuenta la respuesta de quien tiene la invitación", data(never, nothing);
        "language" | "idioma" => language: Lang, optional, "language in which the person is written to", "idioma en que se le escribe";
        "time-zone" | "zona-horaria" => time_zone: ZoneName, optional, "zone, where it is not the party's", "zona, si no es la de su organización";
        "unavailable" | "ausencias" => unavailable: Vec<At<Absence>>, optional, "when the person cannot attend, by their own clock", "cuándo no puede asistir, por su propio reloj";
    }
}

impl Value for Lang {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let lang = node.value.as_str().and_then(|code| Lang::ALL.into_iter().find(|lang| lang.code() == code));
        if lang.is_none() {
            decode::wrong_choice(node, Text::fixed("a language", "un idioma"), &["es", "en"], findings);
        }
        lang
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "enum": ["es", "en"] })
    }
}

impl Value for Level {
    fn decode(node: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Self> {
        let level = node.value.as_str().and_then(|id| Level::ALL.into_iter().find(|level| level.id() == id));
        if level.is_none() {
            decode::wrong_choice(node, Text::fixed("a level", "un nivel"), &["error", "warning", "note"], findings);
        }
        level
    }

    fn schema(_lang: Lang) -> Json {
        json!({ "enum": ["error", "warning", "note"] })
    }
}
