//! What sorts of files there are, by name: templates of documents, and what no template makes.

/// Of every session.
pub const AGENDA: &str = "agenda";
/// Where there is one.
pub const CONCEPT_NOTE: &str = "concept-note";
/// Written to one reader: it alone is made of what is not public.
pub const LETTER: &str = "letter";
pub const PROGRAMME: &str = "programme";
/// What may be put on a web server as it is.
pub const PUBLIC: &str = "public";
/// What is for one reader each: letters hold links to calls, and both show who is written to.
pub const PRIVATE: &str = "private";
/// The kinds that are no template's.
pub const CALENDARS: &str = "calendars";
pub const DATA: &str = "data";

/// The kinds that there always are, with the words that people call them by; the first is the usual one.
pub static KINDS: &[(&str, &[&str], &[&str])] = &[
    (AGENDA, &["agenda", "agendas"], &["agenda", "agendas"]),
    (LETTER, &["letters", "letter"], &["cartas", "carta"]),
    (CALENDARS, &["calendars", "calendar"], &["calendarios", "calendario"]),
    (CONCEPT_NOTE, &["note", "concept-note"], &["nota", "nota-conceptual"]),
    (PROGRAMME, &["programme"], &["programa"]),
    (DATA, &["data"], &["datos"]),
];
