//! Fields, and what stands in lists: documents, holidays, absences, logos.

use convoca_core::edit::{self, NewHoliday, Operation};
use convoca_core::locale::Text;
use convoca_core::text;
use convoca_core::time::country;

use super::called;
use super::words::{About, Language, Listed, Value, Which};
use crate::draft::Draft;
use crate::refused::Refused;
use crate::typed;

pub(super) fn title(draft: &mut Draft<'_>, of: &About, lang: Language, to: &str) -> Result<Text, Refused> {
    draft.make(&Operation::SetTitle { of: of.into(), lang: lang.into(), to: to.to_owned() })?;
    let to = called::short(to);
    Ok(text!("title “{to}”", "poner el título «{to}»"))
}

/// Any other key of something; nothing takes it away.
pub(super) fn set(draft: &mut Draft<'_>, of: &About, field: &str, to: Option<&Value>) -> Result<Text, Refused> {
    let to = to.map(|to| to.read(draft.today)).transpose()?;
    draft.make(&Operation::SetField { of: of.into(), field: field.to_owned(), to })?;
    Ok(label(field))
}

/// Puts something at the end of one of the lists of something.
pub(super) fn add_listed(draft: &mut Draft<'_>, to: &About, listed: &Listed) -> Result<Text, Refused> {
    let today = draft.today;
    let day = |typed: &str| match typed.trim() {
        "" => Ok(None),
        typed => typed::date(typed, today).map(Some),
    };
    let (listed, label) = match listed {
        Listed::Document { title, link } => {
            let title = Text::from(title);
            let name = called::short_of(&title);
            let label = text!(l, name = name.get(l).to_owned(); "add the document “{name}”", "agregar el documento «{name}»");
            (edit::Listed::Document { title, link: link.trim().to_owned() }, label)
        }
        Listed::Holiday { date, name, yearly, countries, parties, working } => {
            let holiday = NewHoliday {
                date: typed::date(date, today)?,
                name: name.into(),
                yearly: *yearly,
                countries: countries.clone(),
                parties: parties.clone(),
                working: *working,
            };
            let day = holiday.date;
            let day = |l| convoca_core::locale::dates::date(l, day);
            let label = match working {
                true => text!(l, day = day(l); "add {day} as a day of work", "agregar el {day} como día laborable"),
                false => text!(l, day = day(l); "add the holiday of {day}", "agregar el feriado del {day}"),
            };
            (edit::Listed::Holiday(holiday), label)
        }
        Listed::Absence { from, to, reason } => {
            let absence = edit::Listed::Absence { from: day(from)?, to: day(to)?, reason: reason.trim().to_owned() };
            (absence, Text::fixed("add an absence", "agregar una ausencia"))
        }
        Listed::Country { code, zone } => {
            let name = country(code).map_or_else(Text::default, |country| country.name);
            let label = text!(l, name = name.get(l).to_owned(); "add {name}", "agregar {name}");
            (edit::Listed::Country { code: code.clone(), zone: zone.clone() }, label)
        }
        Listed::Logo { file, alt } => {
            let label = text!("add the logo `{file}`", "agregar el logotipo `{file}`");
            (edit::Listed::Logo { file: file.clone(), alt: alt.into() }, label)
        }
    };
    draft.make(&Operation::AddListed { to: to.into(), listed })?;
    Ok(label)
}

pub(super) fn remove_listed(draft: &mut Draft<'_>, of: &About, list: Which, at: usize) -> Result<Text, Refused> {
    draft.make(&Operation::RemoveListed { of: of.into(), list: list.into(), at })?;
    Ok(match list {
        Which::Documents => Text::fixed("take out a document", "quitar un documento"),
        Which::Holidays => Text::fixed("take out a holiday", "quitar un feriado"),
        Which::Absences => Text::fixed("take out an absence", "quitar una ausencia"),
        Which::Countries => Text::fixed("take out a country", "quitar un país"),
        Which::Logos => Text::fixed("take out a logo", "quitar un logotipo"),
    })
}

fn label(field: &str) -> Text {
    let key = field.split('.').next().unwrap_or(field);
    match key {
        "title" => Text::fixed("change the title", "cambiar el título"),
        "place" => Text::fixed("change the place", "cambiar el lugar"),
        "objective" => Text::fixed("change the objective", "cambiar el objetivo"),
        "background" => Text::fixed("change the background", "cambiar los antecedentes"),
        "questions" => Text::fixed("change the guiding questions", "cambiar las preguntas orientadoras"),
        "results" => Text::fixed("change the expected results", "cambiar los resultados esperados"),
        "description" => Text::fixed("change the description", "cambiar la descripción"),
        "break" => Text::fixed("mark or unmark a break", "marcar o desmarcar un receso"),
        "parallel" => Text::fixed("put beside the others, or behind them", "poner al mismo tiempo que otros, o después"),
        "approximate" => Text::fixed("mark an hour as about right, or as exact", "marcar una hora como aproximada, o exacta"),
        "interpretation" => Text::fixed("change the interpretation", "cambiar la interpretación"),
        "how-to-join" => Text::fixed("change how to join", "cambiar cómo conectarse"),
        "join-link" => Text::fixed("change the link of the call", "cambiar el enlace de la llamada"),
        "pinned" => Text::fixed("fix or free an hour", "fijar o soltar una hora"),
        "email" => Text::fixed("change an address", "cambiar un correo"),
        "name" => Text::fixed("change a name", "cambiar un nombre"),
        "party" => Text::fixed("change the organisation of somebody", "cambiar la organización de alguien"),
        "role" => Text::fixed("change a position", "cambiar un cargo"),
        "language" if field != key => Text::fixed("change the language of an item", "cambiar el idioma de un punto"),
        "language" => Text::fixed("change the language of somebody", "cambiar el idioma de alguien"),
        "country" => Text::fixed("change a country", "cambiar un país"),
        "member" => Text::fixed("change who is a member", "cambiar quién es miembro"),
        "text" => Text::fixed("change the text of a section", "cambiar el texto de una sección"),
        "participants" => Text::fixed("change who takes part", "cambiar quiénes participan"),
        "documents" => Text::fixed("change a document", "cambiar un documento"),
        "holidays" => Text::fixed("change a holiday", "cambiar un feriado"),
        "unavailable" => Text::fixed("change an absence", "cambiar una ausencia"),
        "working-hours" => Text::fixed("change working hours", "cambiar el horario de trabajo"),
        "notice-days" => Text::fixed("change the days of notice", "cambiar los días de aviso"),
        "time-zone" => Text::fixed("change the time zone", "cambiar la zona horaria"),
        "languages" => Text::fixed("change the languages", "cambiar los idiomas"),
        "short-name" => Text::fixed("change the short name", "cambiar el nombre corto"),
        "presidency" => Text::fixed("change the presidency", "cambiar la presidencia"),
        "secretariat" => Text::fixed("change the secretariat", "cambiar la secretaría"),
        "organizer" => Text::fixed("change who signs the invitations", "cambiar quién firma las invitaciones"),
        "domain" => Text::fixed("change the domain", "cambiar el dominio"),
        "hours" => Text::fixed("change how hours are written", "cambiar cómo se escriben las horas"),
        "publish-url" => Text::fixed("change the address on the web", "cambiar la dirección en la web"),
        "publish-join-link" => {
            Text::fixed("open the calls to everybody, or close them", "abrir o cerrar las llamadas al público")
        }
        "quorum" => Text::fixed("change the quorum", "cambiar el quórum"),
        "logos" => Text::fixed("change a logo", "cambiar un logotipo"),
        "paper" => Text::fixed("change the paper", "cambiar el papel"),
        "accent" => Text::fixed("change the colour", "cambiar el color"),
        "font" => Text::fixed("change the typeface", "cambiar el tipo de letra"),
        "header" => Text::fixed("change the head of the first page", "cambiar la cabecera"),
        "footer" => Text::fixed("change the foot of the pages", "cambiar el pie de página"),
        "word-template" => Text::fixed("change the Word template", "cambiar la plantilla de Word"),
        "table-style" => Text::fixed("change the style of the tables", "cambiar el estilo de las tablas"),
        _ => Text::fixed("change a detail", "cambiar un detalle"),
    }
}
