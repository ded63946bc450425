//! A sheet of contacts: which column holds what, by its name or by what is in it.

use convoca_core::locale::Lang;
use convoca_core::time::country_called;

use super::{Contact, List, addresses, language, no_addresses};
use crate::agenda::are_names;
use crate::grammar::folded;
use crate::source::{Document, Line};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    First,
    Last,
    Organisation,
    Post,
    Email,
    Language,
    Country,
}

pub(super) fn read(document: &Document) -> Option<List> {
    let rows: Vec<&Line> = document.lines.iter().filter(|line| line.cells.len() > 1).collect();
    let head = rows.iter().take(12).position(|row| is_head(&columns(row)));
    let (columns, body) = match head {
        Some(at) => (columns(rows[at]), &rows[at + 1..]),
        None => (guessed(&rows)?, &rows[..]),
    };
    let mut contacts = Vec::new();
    let mut organisation = String::new();
    for row in body {
        let mut contact = contact(row, &columns);
        // A cell over several rows stands in the first of them alone.
        if contact.organisation.is_empty() && !contact.name.is_empty() && is_merged(row, &columns) {
            contact.organisation.clone_from(&organisation);
        } else {
            organisation.clone_from(&contact.organisation);
        }
        if !contact.name.is_empty() || !contact.emails.is_empty() || !contact.unread.is_empty() {
            contacts.push(contact);
        }
    }
    let spanish = head
        .is_none_or(|at| rows[at].cells.iter().any(|cell| SPANISH.contains(&folded(cell).split(' ').next().unwrap_or_default())));
    List::of(contacts, if spanish { Lang::Es } else { Lang::En })
}

const SPANISH: [&str; 14] = [
    "nombre",
    "nombres",
    "apellido",
    "apellidos",
    "correo",
    "cargo",
    "puesto",
    "institucion",
    "organizacion",
    "municipalidad",
    "entidad",
    "idioma",
    "pais",
    "participante",
];

/// Names and addresses make a list of contacts; hours do not.
fn is_head(columns: &[Option<Column>]) -> bool {
    let has = |column| columns.contains(&Some(column));
    has(Column::Email) && (has(Column::Name) || has(Column::First) || has(Column::Last) || has(Column::Organisation))
        || has(Column::Name) && has(Column::Post) && has(Column::Organisation)
}

fn columns(row: &Line) -> Vec<Option<Column>> {
    let timed = row
        .cells
        .iter()
        .any(|cell| matches!(crate::grammar::heads::heads(&folded(cell)), Some(crate::grammar::heads::Head::Time)));
    row.cells.iter().map(|cell| column(cell).filter(|_| !timed)).collect()
}

fn column(cell: &str) -> Option<Column> {
    let text = folded(cell);
    if text.split(' ').count() > 6 {
        return None;
    }
    let has = |words: &[&str]| text.split(' ').any(|word| words.contains(&word));
    if has(&["mail", "email", "correo", "correos", "courriel", "emails"]) {
        // "E-mail 1 - Type" holds no address.
        return (!has(&["type", "label", "tipo", "display"])).then_some(Column::Email);
    }
    if has(&["cargo", "puesto", "funcion", "funcao", "poste", "role", "rol", "position", "job"])
        || has(&["title", "titulo"]) && text.contains("organi")
    {
        return Some(Column::Post);
    }
    if has(&[
        "organizacion",
        "institucion",
        "entidad",
        "municipalidad",
        "municipio",
        "organization",
        "organisation",
        "company",
        "empresa",
        "institution",
        "organismo",
        "dependencia",
        "instituicao",
        "organizacao",
        "alcaldia",
        "organisme",
    ]) {
        return (!has(&["department", "type", "tipo", "phonetic"])).then_some(Column::Organisation);
    }
    if has(&["idioma", "language", "langue", "lengua", "lingua"]) {
        return Some(Column::Language);
    }
    if text == "pais" || text == "country" || text == "pays" {
        return Some(Column::Country);
    }
    if has(&["nick", "file", "maiden", "phonetic", "middle", "archivo", "usuario", "user"]) {
        return None;
    }
    if has(&["apellido", "apellidos", "last", "surname", "family", "sobrenome"]) {
        return Some(if has(&["nombre", "nombres", "first"]) { Column::Name } else { Column::Last });
    }
    if has(&["first", "given", "prenom"]) || text == "nombres" {
        return Some(Column::First);
    }
    has(&["nombre", "name", "nom", "nome", "participante", "contacto", "persona"]).then_some(Column::Name)
}

/// Without names of columns: one of addresses, one of names, and what else there is.
fn guessed(rows: &[&Line]) -> Option<Vec<Option<Column>>> {
    let width = rows.iter().map(|row| row.cells.len()).max()?;
    let share = |at: usize, is: &dyn Fn(&str) -> bool| {
        rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| is(cell.trim())).count() * 3 >= rows.len() * 2
    };
    let email = (0..width).find(|at| share(*at, &|cell| !addresses(cell).is_empty() && !cell.contains(' ')))?;
    let named = |cell: &str| cell.contains(' ') && are_names(cell);
    let name = (0..width).find(|at| *at != email && share(*at, &named))?;
    let mut columns = vec![None; width];
    (columns[email], columns[name]) = (Some(Column::Email), Some(Column::Name));
    if let Some(free) = (0..width).find(|at| columns[*at].is_none() && share(*at, &|cell| cell.chars().any(char::is_alphabetic)))
    {
        columns[free] = Some(Column::Organisation);
    }
    Some(columns)
}

fn contact(row: &Line, columns: &[Option<Column>]) -> Contact {
    let mut contact = Contact { line: row.number, ..Contact::default() };
    let (mut first, mut last) = (String::new(), String::new());
    for (cell, column) in row.cells.iter().zip(columns) {
        let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        if cell.is_empty() {
            continue;
        }
        match column {
            Some(Column::Name) => contact.name = cell,
            Some(Column::First) => first = cell,
            Some(Column::Last) => last = cell,
            Some(Column::Organisation) if contact.organisation.is_empty() => contact.organisation = cell,
            Some(Column::Post) if contact.post.is_empty() => contact.post = cell,
            Some(Column::Email) => {
                contact.emails.extend(addresses(&cell));
                contact.unread.extend(no_addresses(&cell));
            }
            Some(Column::Language) => contact.language = language(&cell),
            Some(Column::Country) => contact.country = country_called(&cell).map(|country| country.code),
            _ => {}
        }
    }
    if contact.name.is_empty() || !first.is_empty() && contact.name == first {
        contact.name = format!("{first} {last}").trim().to_owned();
    } else if !last.is_empty() && first.is_empty() && !folded(&contact.name).ends_with(&folded(&last)) {
        // "Nombre" beside "Apellidos".
        contact.name = format!("{} {last}", contact.name);
    }
    contact
}

/// Whether the cell of the organisation is empty where other rows have one: merged in the sheet.
fn is_merged(row: &Line, columns: &[Option<Column>]) -> bool {
    columns
        .iter()
        .position(|column| *column == Some(Column::Organisation))
        .is_some_and(|at| at == 0 && row.cells.first().is_some_and(|cell| cell.trim().is_empty()))
}
