//! Who is listed at an agenda: municipalities one to a line, and people with their addresses.

use convoca_core::schema::PartyKind;

use super::kinds::{kind_of, short};
use super::names::without_country;
use super::people::is_person;
use crate::source::{Bullet, Document, Line};

/// Somebody in a list of contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contact {
    pub line: usize,
    pub name: String,
    pub role: Option<String>,
    pub email: String,
}

/// "Municipalidad de Ejemplo (Costa Rica)", of a list of several: the line, and what stands there.
pub(crate) fn municipalities(document: &Document) -> Vec<(usize, String)> {
    let found: Vec<(usize, String)> = document.lines.iter().filter_map(|line| Some((line.number, municipality(line)?))).collect();
    if found.len() < 2 { Vec::new() } else { found }
}

fn municipality(line: &Line) -> Option<String> {
    let listed = line.bullet != Bullet::None || line.table.is_some();
    let cell = line.cells.iter().map(|cell| cell.trim()).find(|cell| short(without_country(cell).0) != *cell && is_one(cell))?;
    listed.then(|| cell.trim_end_matches(['.', ';', ',']).to_owned())
}

fn is_one(cell: &str) -> bool {
    let (name, _) = without_country(cell);
    short(name) != name && name.split_whitespace().count() <= 8 && kind_of(name) == Some(PartyKind::Municipality)
}

/// "Ana Ruiz, gestora, ana@example.org, tel. 2222": people with an address on their line.
pub(crate) fn contacts(document: &Document) -> Vec<Contact> {
    document.lines.iter().filter_map(contact).collect()
}

fn contact(line: &Line) -> Option<Contact> {
    let is_edge = |c: char| matches!(c, ',' | ';' | '|' | '–' | '—' | '<' | '(' | '\n');
    let mut parts = line.cells.iter().flat_map(|cell| cell.split(is_edge)).map(|part| part.trim().trim_matches(['>', ')', '.']));
    let name = parts.next().filter(|name| is_person(name) && !name.contains(['@', ':']))?.to_owned();
    let rest: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let is_address = |word: &&str| {
        word.split_once('@').is_some_and(|(own, host)| !own.is_empty() && host.contains('.') && !host.contains('@'))
    };
    let email = rest.iter().flat_map(|part| part.split_whitespace()).find(is_address)?.to_owned();
    let role = rest.iter().find(|part| !part.contains('@') && !part.contains(|c: char| c.is_ascii_digit()));
    Some(Contact { line: line.number, name, role: role.map(|role| (*role).to_owned()), email })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::plain;

    #[test]
    fn lists_are_told_from_what_is_said() {
        let document = plain(
            "- Municipalidad de Ejemplo (Costa Rica)\n- Alcaldía de Modelo (Honduras)\nAna Ruiz, gestora, ana@example.org, tel. 2222\n\
             Escriba a ana@example.org\n9:00 Municipalidad de Otra\n",
        );
        let names: Vec<String> = municipalities(&document).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["Municipalidad de Ejemplo (Costa Rica)", "Alcaldía de Modelo (Honduras)"]);
        let email = "ana@example.org".to_owned();
        assert_eq!(
            contacts(&document),
            [Contact { line: 3, name: "Ana Ruiz".to_owned(), role: Some("gestora".to_owned()), email }]
        );
    }
}
