//! Lists of small tables: documents of a session or an item, holidays, absences, member countries, logos.

use chrono::NaiveDate;

use super::draft::Draft;
use super::tree::Key;
use super::values::{self, Entry};
use super::{Desk, Refusal};
use crate::diagnostics::Subject;
use crate::locale::{Lang, Text};
use crate::project::Change;

/// One of the lists that something can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Documents and pages of a session or an item.
    Documents,
    /// Days that the group adds to the tables of holidays.
    Holidays,
    /// When an organisation or a person cannot attend.
    Absences,
    /// The countries of the group.
    Countries,
    /// The logos of the documents.
    Logos,
}

/// Something to be put at the end of its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    Document {
        title: Text,
        link: String,
    },
    Holiday(NewHoliday),
    Absence {
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
        reason: String,
    },
    /// By its ISO 3166-1 code; with a zone where it has several.
    Country {
        code: String,
        zone: Option<String>,
    },
    Logo {
        file: String,
        alt: Text,
    },
}

/// A day that offices are closed, or that they are not after all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHoliday {
    pub date: NaiveDate,
    pub name: Text,
    pub yearly: bool,
    /// ISO 3166-1 codes; with no party either, all countries.
    pub countries: Vec<String>,
    pub parties: Vec<String>,
    /// A holiday of the tables that is worked after all.
    pub working: bool,
}

impl List {
    fn key(self) -> &'static str {
        match self {
            List::Documents => "documents",
            List::Holidays => "holidays",
            List::Absences => "unavailable",
            List::Countries => "countries",
            List::Logos => "logos",
        }
    }

    /// Whether something can have such a list.
    fn is_of(self, subject: &Subject) -> bool {
        match self {
            List::Documents => matches!(subject, Subject::Session { .. } | Subject::Slot { .. } | Subject::Item { .. }),
            List::Holidays | List::Countries => matches!(subject, Subject::Group),
            List::Absences => matches!(subject, Subject::Party { .. } | Subject::Person { .. }),
            List::Logos => matches!(subject, Subject::Branding),
        }
    }
}

impl Listed {
    fn list(&self) -> List {
        match self {
            Listed::Document { .. } => List::Documents,
            Listed::Holiday(_) => List::Holidays,
            Listed::Absence { .. } => List::Absences,
            Listed::Country { .. } => List::Countries,
            Listed::Logo { .. } => List::Logos,
        }
    }

    /// What is written, without what nothing is said of.
    fn entries(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        match self {
            Listed::Document { title, link } => {
                entries.push(("title", values::wording(title)));
                entries.push(("link", values::line(link)));
            }
            Listed::Holiday(day) => {
                entries.push(("date", day.date.to_string()));
                entries.extend(day.yearly.then(|| ("yearly", "true".to_owned())));
                entries.extend(is_said(&day.name).then(|| ("name", values::wording(&day.name))));
                let lists = [("countries", &day.countries), ("parties", &day.parties)];
                entries
                    .extend(lists.into_iter().filter(|(_, list)| !list.is_empty()).map(|(key, list)| (key, values::lines(list))));
                entries.extend(day.working.then(|| ("working", "true".to_owned())));
            }
            Listed::Absence { from, to, reason } => {
                entries.extend(from.map(|day| ("from", day.to_string())));
                entries.extend(to.map(|day| ("to", day.to_string())));
                entries.extend((!reason.trim().is_empty()).then(|| ("reason", values::line(reason))));
            }
            Listed::Country { code, zone } => {
                entries.push(("code", values::line(code)));
                entries.extend(zone.as_ref().map(|zone| ("time-zone", values::line(zone))));
            }
            Listed::Logo { file, alt } => {
                entries.push(("file", values::line(file)));
                entries.push(("alt", values::wording(alt)));
            }
        }
        entries
    }

    /// What is written where it is no table: the code alone of a country that has one zone.
    fn item(&self, draft: &Draft) -> Option<String> {
        match self {
            Listed::Country { code, zone: None } => Some(values::line(code)),
            Listed::Country { .. } => Some(draft.inline(&self.entries())),
            _ => None,
        }
    }

    /// Why it says nothing that could be used.
    fn check(&self) -> Result<(), Refusal> {
        match self {
            Listed::Document { title, link } if !is_said(title) || link.trim().is_empty() => Err(Text::fixed(
                "a document needs its title and its address on the web",
                "un documento necesita su título y su dirección en la web",
            )
            .into()),
            Listed::Absence { from: Some(from), to: Some(to), .. } if to < from => {
                Err(Text::fixed("the last day is before the first", "el último día es anterior al primero").into())
            }
            Listed::Absence { from: None, to: None, .. } => {
                Err(Text::fixed("say the first day, the last, or both", "diga el primer día, el último o ambos").into())
            }
            _ => Ok(()),
        }
    }
}

fn is_said(text: &Text) -> bool {
    Lang::ALL.into_iter().any(|lang| !text.get(lang).trim().is_empty())
}

impl Desk<'_> {
    pub(super) fn add_listed(&self, to: &Subject, listed: &Listed) -> Result<Change, Refusal> {
        listed.check()?;
        let (mut draft, path) = self.list(to, listed.list())?;
        let count = draft.count(&path);
        match listed.item(&draft) {
            Some(item) if draft.written(&path).is_none() => draft.set(&path, &format!("[{item}]"))?,
            // A list of tables under heads holds nothing else.
            Some(item) => match draft.insert_item(&path, count, &item) {
                Ok(()) => {}
                Err(_) => draft.insert(&path, count, &listed.entries())?,
            },
            None => draft.insert(&path, count, &listed.entries())?,
        }
        Ok(draft.into())
    }

    pub(super) fn remove_listed(&self, of: &Subject, list: List, at: usize) -> Result<Change, Refusal> {
        let (mut draft, path) = self.list(of, list)?;
        if at >= draft.count(&path) {
            return Err(Text::fixed("it is no longer in the list", "ya no está en la lista").into());
        }
        draft.take(&path, at)?;
        Ok(draft.into())
    }

    fn list<'k>(&self, of: &'k Subject, list: List) -> Result<(Draft, Vec<Key<'k>>), Refusal> {
        if !list.is_of(of) {
            return Err(Text::fixed("there is no such list here", "aquí no hay tal lista").into());
        }
        let (draft, mut path) = self.thing(of)?;
        path.push(Key::Name(list.key()));
        Ok((draft, path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{FieldValue, Operation, plan};
    use crate::project::Project;

    const GROUP: &str = "id = 'g'\ntime-zone = 'America/Guatemala'\nname = { es = 'G', en = 'G' }\n\n\
                         [parties.a]\nname = { es = 'A', en = 'A' } # a\n\n[people.p]\nname = 'P'\n";
    const SESSION: &str = "id = 's'\nnumber = 1\ndate = 2027-03-02\ntitle = { es = 'S', en = 'S' }\n\n[[slots]]\nminutes = 5\n";

    /// The text of a file after operations; undone, everything is as it was.
    fn after(path: &str, operations: &[Operation]) -> String {
        let mut project = Project::default();
        project.set("sessions/group.toml", GROUP);
        project.set("sessions/1.toml", SESSION);
        let first = project.clone();
        let today = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        let mut changes = Vec::new();
        for operation in operations {
            let change = plan(&project.snapshot(today), operation).unwrap_or_else(|refusal| panic!("{}", refusal.reason.en));
            project.apply(&change).unwrap();
            changes.push(change);
        }
        let text = project.text(path).unwrap_or_default().to_owned();
        changes.iter().rev().for_each(|change| project.apply(&change.inverse()).unwrap());
        assert!(project == first);
        text
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
    }

    #[test]
    fn a_document_comes_to_a_session_and_to_an_item_and_goes() {
        let title = Text::fixed("Paper", "Papel");
        let add = |to: Subject| Operation::AddListed {
            to,
            listed: Listed::Document { title: title.clone(), link: "https://example.org/a".into() },
        };
        let (session, slot) = (Subject::Session { session: "s".into() }, Subject::Slot { session: "s".into(), slot: 0 });
        let written = "title = { es = \"Papel\", en = \"Paper\" }\nlink = \"https://example.org/a\"\n";
        assert_eq!(after("sessions/1.toml", &[add(session.clone())]), format!("{SESSION}\n[[documents]]\n{written}"));
        let inner = after("sessions/1.toml", &[add(slot.clone())]);
        assert_eq!(inner, format!("{SESSION}\n[[slots.documents]]\n{written}"));
        let change = Operation::SetField {
            of: slot.clone(),
            field: "documents.0.link".into(),
            to: Some(FieldValue::Line("https://example.org/b".into())),
        };
        assert!(after("sessions/1.toml", &[add(slot.clone()), change]).contains("link = \"https://example.org/b\""));
        let remove = |of, at| Operation::RemoveListed { of, list: List::Documents, at };
        assert_eq!(after("sessions/1.toml", &[add(slot.clone()), remove(slot, 0)]), SESSION);
        let both = after("sessions/1.toml", &[add(session.clone()), add(session.clone()), remove(session, 1)]);
        assert_eq!(both, format!("{SESSION}\n[[documents]]\n{written}"));
    }

    #[test]
    fn holidays_and_absences_are_the_group_s_and_logos_the_branding_s() {
        let holiday = NewHoliday {
            date: day(19),
            name: Text::fixed("Saint", "Santo"),
            yearly: true,
            countries: vec!["GT".into()],
            parties: Vec::new(),
            working: false,
        };
        let holiday = Operation::AddListed { to: Subject::Group, listed: Listed::Holiday(holiday) };
        let written =
            "\n[[holidays]]\ndate = 2027-03-19\nyearly = true\nname = { es = \"Santo\", en = \"Saint\" }\ncountries = [\"GT\"]\n";
        assert_eq!(after("sessions/group.toml", &[holiday]), format!("{GROUP}{written}"));
        let away = |to| {
            let absence = Listed::Absence { from: Some(day(1)), to: Some(day(5)), reason: String::new() };
            Operation::AddListed { to, listed: absence }
        };
        let party = away(Subject::Party { id: "a".into() });
        let text = after("sessions/group.toml", &[party]);
        assert!(text.contains("# a\n\n[[parties.a.unavailable]]\nfrom = 2027-03-01\nto = 2027-03-05\n\n[people.p]"), "{text}");
        let text = after("sessions/group.toml", &[away(Subject::Person { id: "p".into() })]);
        assert!(text.ends_with("[[people.p.unavailable]]\nfrom = 2027-03-01\nto = 2027-03-05\n"), "{text}");
        let logo = Listed::Logo { file: "a.svg".into(), alt: Text::fixed("Arms", "Escudo") };
        let logo = Operation::AddListed { to: Subject::Branding, listed: logo };
        let height =
            Operation::SetField { of: Subject::Branding, field: "logos.0.height".into(), to: Some(FieldValue::Number(20)) };
        let text = after("templates/branding.toml", &[logo, height]);
        assert_eq!(text, "[[logos]]\nfile = \"a.svg\"\nalt = { es = \"Escudo\", en = \"Arms\" }\nheight = 20\n");
    }

    #[test]
    fn a_country_joins_the_others_as_they_are_written_and_goes() {
        let add = |code: &str, zone: Option<&str>| Operation::AddListed {
            to: Subject::Group,
            listed: Listed::Country { code: code.into(), zone: zone.map(str::to_owned) },
        };
        let text = after("sessions/group.toml", &[add("GT", None), add("MX", Some("America/Tijuana"))]);
        assert!(text.contains("countries = [\"GT\", { code = \"MX\", time-zone = \"America/Tijuana\" }]\n"), "{text}");
        let remove = Operation::RemoveListed { of: Subject::Group, list: List::Countries, at: 0 };
        let text = after("sessions/group.toml", &[add("GT", None), add("HN", None), remove.clone()]);
        assert!(text.contains("countries = [\"HN\"]\n"), "{text}");
        assert_eq!(after("sessions/group.toml", &[add("GT", None), remove]), GROUP);
    }

    #[test]
    fn what_says_nothing_is_refused() {
        let mut project = Project::default();
        project.set("sessions/group.toml", GROUP);
        let snapshot = project.snapshot(day(1));
        let refused = |to: Subject, listed| plan(&snapshot, &Operation::AddListed { to, listed }).unwrap_err().reason.en;
        let absence = |from, to| Listed::Absence { from, to, reason: "x".into() };
        let party = Subject::Party { id: "a".into() };
        assert!(refused(party.clone(), absence(Some(day(5)), Some(day(1)))).contains("before the first"));
        assert!(refused(party.clone(), absence(None, None)).contains("first day"));
        assert!(refused(Subject::Group, absence(Some(day(5)), None)).contains("no such list"));
        let gone = Operation::RemoveListed { of: party, list: List::Absences, at: 0 };
        assert!(plan(&snapshot, &gone).unwrap_err().reason.en.contains("no longer"));
    }
}
