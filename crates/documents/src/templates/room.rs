//! How long a document may be. What explodes is bounded, a template that says the same over and over; what is many
//! is not: each session of a programme brings the room to say it.

use std::sync::{Arc, OnceLock};

use minijinja::value::{Enumerator, Object, ObjectRepr, Value, ValueKind};

use super::filled::Filled;
use super::limits::LARGEST_DOCUMENT;
use crate::document::parse::MOST_STEPS;

/// The variable of all sessions.
pub(super) const SESSIONS: &str = "sessions";
/// A session is said once by itself and once in lists of sessions.
const TIMES: usize = 2;
/// Octets of what a template writes around the values of a session.
const AROUND: usize = 1024;
/// Steps of the Markdown that a template writes of a session: a heading and a few paragraphs.
const STEPS: usize = 40;

/// The octets of a document whose templates see these sessions. The longest of them has to be content with what every
/// document has.
pub(super) fn octets(sessions: Option<&Value>) -> usize {
    let Some(sessions) = sessions.and_then(|sessions| sessions.downcast_object_ref::<Sessions>()) else {
        return LARGEST_DOCUMENT;
    };
    let others = || {
        let each = || sessions.all.iter().map(|session| TIMES * weight(session) + AROUND);
        each().sum::<usize>() - each().max().unwrap_or_default()
    };
    LARGEST_DOCUMENT + *sessions.others.get_or_init(others)
}

/// The steps of the Markdown of such a document.
pub(super) fn steps(sessions: Option<&Value>) -> usize {
    let count = sessions.and_then(|sessions| sessions.downcast_object_ref::<Sessions>()).map_or(0, |sessions| sessions.all.len());
    MOST_STEPS + STEPS * count.saturating_sub(1)
}

/// What a value and all within it takes of a document.
fn weight(value: &Value) -> usize {
    match (value.downcast_object_ref::<Filled>(), value.kind()) {
        (Some(filled), _) => filled.weight(),
        (None, ValueKind::String) => value.as_str().map_or(0, str::len),
        (None, ValueKind::Seq) => value.try_iter().map_or(0, |parts| parts.map(|part| weight(&part)).sum()),
        (None, ValueKind::Map) => {
            let parts = value.try_iter().into_iter().flatten();
            parts.filter_map(|key| value.get_item(&key).ok()).map(|part| weight(&part)).sum()
        }
        _ => 0,
    }
}

/// The sessions as templates see them: a list that knows what room it takes.
#[derive(Debug)]
struct Sessions {
    all: Vec<Value>,
    /// The octets of all but the longest, counted once a document has more than any may have.
    others: OnceLock<usize>,
}

impl Object for Sessions {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.all.get(key.as_usize()?).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.all.len())
    }
}

/// Sessions as the variable of that name.
pub fn sessions_value(all: Vec<Value>) -> Value {
    Value::from_object(Sessions { all, others: OnceLock::new() })
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::super::{Templates, inlines_value};
    use super::*;
    use crate::diagnostics::{Diagnostic, Sources};
    use crate::document::{Block, Inline};
    use crate::locale::Lang;

    fn made(template: &str, sessions: Vec<Value>) -> Result<Vec<Block>, Box<Diagnostic>> {
        let mut sources = Sources::default();
        let own = vec![("own.md.j2".to_owned(), "templates/own.md.j2".to_owned(), template.to_owned())];
        let (templates, faults) = Templates::new(&mut sources, own);
        assert!(faults.is_empty(), "{faults:?}");
        templates.document(&sources, "own", Lang::En, context! { sessions => sessions_value(sessions) })
    }

    fn session(octets: usize) -> Value {
        context! { title => "One", text => inlines_value(vec![Inline::Text("a".repeat(octets))]) }
    }

    const EACH: &str = "{% for session in sessions %}\n## {{ session.title }}\n\n{{ session.text }}\n\n{% endfor %}";

    #[test]
    fn many_sessions_are_no_fault() {
        let sessions = 12_000;
        let blocks = made(&format!("# T\n{EACH}"), vec![session(400); sessions]).unwrap();
        assert_eq!(blocks.len(), 1 + 2 * sessions);
    }

    #[test]
    fn what_is_said_over_and_over_is_bounded_however_many_there_are() {
        let told = |times: usize, sessions: Vec<Value>| {
            let template = format!("# T\n{{% for n in range({times}) %}}{EACH}{{% endfor %}}");
            made(&template, sessions).err().map(|fault| fault.check)
        };
        assert_eq!(told(4, vec![session(200_000); 30]), Some("template"));
        assert_eq!(told(12, vec![session(1); 3_000]), Some("not-shown"));
    }

    #[test]
    fn one_session_has_no_more_room_than_a_document() {
        for few in [vec![], vec![session(5000)]] {
            let few = sessions_value(few);
            assert_eq!((octets(Some(&few)), steps(Some(&few))), (LARGEST_DOCUMENT, MOST_STEPS));
        }
        assert!(made(EACH, vec![session(LARGEST_DOCUMENT + 1)]).is_err());
        assert!(made(EACH, vec![session(LARGEST_DOCUMENT / 2), session(LARGEST_DOCUMENT + 1)]).is_ok());
        assert!(made(EACH, vec![session(1), session(LARGEST_DOCUMENT + 10_000)]).is_err());
    }

    #[test]
    fn they_are_a_list_like_any_other() {
        let said = "{{ sessions|length }} {{ sessions[1].title }} {{ (sessions|first).title }} {{ sessions[1:]|length }} \
                    {{ sessions|map(attribute='title')|join('/') }}{% if sessions %} yes{% endif %}{% for s in sessions %}{{ loop.last }}{% endfor %}";
        let named = |title: &str| context! { title => title };
        let as_list = minijinja::render!(said, sessions => vec![named("a"), named("b")]);
        assert_eq!(minijinja::render!(said, sessions => sessions_value(vec![named("a"), named("b")])), as_list);
    }
}
