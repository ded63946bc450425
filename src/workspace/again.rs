//! A second import: which file a session has already, and how the document differs from it, item by item.

use convoca_import::agenda::FoundSession;
use convoca_import::write::File;

use crate::diagnostics::Sources;
use crate::locale::Text;
use crate::project::Project;
use crate::text;

/// Path and text of the file of a folder that holds what a proposed one is about: of the same name, or of the session
/// with its number or date.
pub fn file_of(project: &Project, folder: &str, file: &File, session: Option<&FoundSession>) -> Option<(String, String)> {
    let own = if folder.is_empty() { file.name.clone() } else { format!("{folder}/{}", file.name) };
    if let Some(text) = project.text(&own) {
        return Some((own, text.to_owned()));
    }
    let session = session?;
    let id = value(&file.text, "id");
    project.paths().into_iter().find_map(|path| {
        let own = project.text(path).filter(|own| value(own, "number").is_some())?;
        let same = |key| value(own, key) == value(&file.text, key);
        let same_day = session.date.is_some_and(|date| value(own, "date") == Some(date.to_string())) && same("number");
        (id.is_some() && same("id") || same_day).then(|| (path.to_owned(), own.to_owned()))
    })
}

/// The value of a key at the head of a file, without quotes and remarks.
fn value(text: &str, key: &str) -> Option<String> {
    let line = text
        .lines()
        .take_while(|line| !line.starts_with("[["))
        .find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='))?;
    let line = line.split(" #").next().unwrap_or(line);
    Some(line.trim().trim_matches(['"', '\'']).to_owned())
}

/// An item as a file has it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Item {
    title: String,
    start: Option<String>,
    end: Option<String>,
    minutes: Option<u32>,
}

fn items(text: &str) -> Vec<Item> {
    let mut sources = Sources::default();
    sources.add("session.toml", text.to_owned());
    let Some((_, session)) = crate::schema::decode(&sources).0.sessions.into_iter().next() else { return Vec::new() };
    let clock = |clock: Option<chrono::NaiveTime>| clock.map(|clock| clock.format("%H:%M").to_string());
    crate::schema::list(&session.slots)
        .iter()
        .map(|slot| Item {
            title: slot
                .title
                .as_ref()
                .and_then(|title| {
                    title.languages().iter().find_map(|(_, words)| words.as_ref().map(|words| words.value.to_owned()))
                })
                .unwrap_or_default(),
            start: clock(slot.start.as_ref().map(|start| start.0)),
            end: clock(slot.end.as_ref().map(|end| end.0)),
            minutes: slot.minutes.as_ref().map(|minutes| minutes.0),
        })
        .collect()
}

/// What the document says otherwise than the file, item by item. Nothing where they agree.
pub fn differences(there: &str, proposed: &str) -> Vec<Text> {
    let (mine, theirs) = (items(there), items(proposed));
    let mut used = vec![false; mine.len()];
    let mut found = Vec::new();
    for item in &theirs {
        let alike = |own: &Item| own.title == item.title || own.start.is_some() && own.start == item.start;
        let place = (0..mine.len())
            .find(|at| !used[*at] && mine[*at].title == item.title && mine[*at].start == item.start)
            .or_else(|| (0..mine.len()).find(|at| !used[*at] && alike(&mine[*at])));
        let title = &item.title;
        let Some(place) = place else {
            let start = item.start.clone().unwrap_or_default();
            found.push(text!("+ {start} \"{title}\": only in the document", "+ {start} «{title}»: solo en el documento"));
            continue;
        };
        used[place] = true;
        let own = &mine[place];
        let hours = |item: &Item| {
            let minutes = item.minutes.map(|minutes| format!(" ({minutes} min)")).unwrap_or_default();
            format!("{}–{}{minutes}", item.start.as_deref().unwrap_or("…"), item.end.as_deref().unwrap_or("…"))
        };
        if own.title != item.title {
            let old = &own.title;
            found.push(text!(
                "~ the file says \"{old}\", the document \"{title}\"",
                "~ el archivo dice «{old}», el documento «{title}»"
            ));
        }
        if hours(own) != hours(item) {
            let (old, new) = (hours(own), hours(item));
            found.push(text!(
                "~ \"{title}\": the file says {old}, the document {new}",
                "~ «{title}»: el archivo dice {old}, el documento {new}"
            ));
        }
    }
    for own in mine.iter().zip(&used).filter(|(_, used)| !**used).map(|(own, _)| own) {
        let (title, start) = (&own.title, own.start.clone().unwrap_or_default());
        found.push(text!("- {start} \"{title}\": only in the file", "- {start} «{title}»: solo en el archivo"));
    }
    found
}
