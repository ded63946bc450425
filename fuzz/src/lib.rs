//! What targets have in common: a small programme with a file of somebody else's, made in every format.

use chrono::NaiveDate;
use convoca::formats::Format;
use convoca::papers::Materials;
use convoca::project::{Content, Project};

const GROUP: &str = "id = 'g'\ndomain = 'example.org'\ntime-zone = 'America/Guatemala'\nlanguages = ['en']\n\
    name = { en = 'Group' }\n[parties.a]\nmember = true\nname = { en = 'Alpha' }\n";
const SESSION: &str = "id = 's'\nnumber = 1\ndate = 2027-03-02\nmoderator = 'a'\ntitle = { en = 'One' }\n\
    [[slots]]\nstart = '10:00'\nminutes = 30\ntitle = { en = 'Item' }\nspeakers = ['a']\n";

/// Checks the programme with these files beside it, and makes the papers of one kind in the formats given.
pub fn make(files: Vec<(&str, Content)>, kind: &str, formats: &[Format]) {
    let mut project = Project::default();
    project.set("sessions/group.toml", GROUP);
    project.set("sessions/1.toml", SESSION);
    for (path, content) in files {
        project.set(path, content);
    }
    let materials = Materials::new(project.snapshot(NaiveDate::from_ymd_opt(2027, 1, 1).expect("a day")));
    let Some(edition) = materials.edition(true) else { return };
    edition.faults();
    for output in edition.outputs().iter().filter(|output| output.kind() == kind) {
        for format in formats {
            // Refused or made: what must not be is that it ends the program, or does not end.
            let _ = edition.make(output, *format);
        }
    }
}
