//! Links to calls, and where they stand in texts.

use std::collections::HashSet;
use std::ops::Range;

use super::{Programme, Session};

/// Where calls are held, with every domain below.
const PLATFORMS: [&str; 15] = [
    "bluejeans.com",
    "call.whatsapp.com",
    "chime.aws",
    "facetime.apple.com",
    "gotomeeting.com",
    "join.skype.com",
    "meet.google.com",
    "meet.goto.com",
    "meet.jit.si",
    "teams.live.com",
    "teams.microsoft.com",
    "webex.com",
    "whereby.com",
    "zoom.us",
    "zoomgov.com",
];

/// The links to calls that are for invited people only.
#[derive(Clone, Debug)]
pub struct Calls {
    private: HashSet<String>,
    publishes: bool,
}

impl Calls {
    pub fn of(programme: &Programme) -> Calls {
        let private = programme.sessions.iter().filter(|session| !session.publish_join_link);
        let links = private.filter_map(|session| session.join_link.as_ref());
        Calls { private: links.map(|link| link_key(&link.value)).collect(), publishes: programme.group.publish_join_link }
    }

    /// The places in a text, of a session or of the programme as a whole, where such a link stands.
    pub fn within(&self, text: &str, session: Option<&Session>) -> Vec<Range<usize>> {
        let may_name_calls = session.map_or(self.publishes, |session| session.publish_join_link);
        let is_private = |link: &str| self.private.contains(&link_key(link)) || (!may_name_calls && is_call(link));
        links(text).filter(|range| is_private(&text[range.clone()])).collect()
    }
}

/// Everything in a text that may be the address of a page, with or without its `https://`.
fn links(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_mark = |c| {
        matches!(c, '<' | '>' | '"' | '\'' | '`' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '«' | '»' | '“' | '”' | '‘' | '’')
    };
    let ends_link = move |c: char| c.is_whitespace() || is_mark(c);
    let mut at = 0;
    text.split_inclusive(ends_link).filter_map(move |word| {
        let start = at;
        at += word.len();
        // Most words are no link: they are not looked at twice.
        if !word.contains('.') {
            return None;
        }
        let link = word.trim_end_matches(|c| ends_link(c) || ".,;:!?*_".contains(c));
        // "Zoom:https://…" and "clave=1,https://…" hold a link as well.
        let scheme = ["https://", "http://"].iter().filter_map(|scheme| link.to_ascii_lowercase().find(scheme)).min();
        let from = scheme.unwrap_or(0);
        link[from..].contains('.').then_some(start + from..start + link.len())
    })
}

/// By what links are compared: host and path, or what else tells two links apart where there is no path.
///
/// ```
/// use convoca_core::model::link_key;
/// assert_eq!(link_key("https://Zoom.us/j/812?pwd=1"), "zoom.us/j/812");
/// ```
pub fn link_key(link: &str) -> String {
    let (host, rest) = parts(link);
    let path = rest.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    let told_apart_by = if path.is_empty() { rest } else { path };
    format!("{host}/{told_apart_by}")
}

fn is_call(link: &str) -> bool {
    let (host, rest) = parts(link);
    let on_platform = |platform: &str| host.strip_suffix(platform).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    !rest.trim_matches('/').is_empty() && PLATFORMS.into_iter().any(on_platform)
}

/// The host in lower case, and everything behind it.
fn parts(link: &str) -> (String, &str) {
    let scheme = ["https://", "http://"]
        .iter()
        .find_map(|scheme| link.get(..scheme.len())?.eq_ignore_ascii_case(scheme).then_some(scheme.len()));
    let bare = &link[scheme.unwrap_or(0)..];
    let (host, rest) = bare.split_at(bare.find(['/', '?', '#']).unwrap_or(bare.len()));
    (host.to_ascii_lowercase(), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let private = ["https://meet.example.org/Sala?pwd=1", "https://example.org/?room=7"];
        let calls = Calls { private: private.map(link_key).into_iter().collect(), publishes: false };
        calls.within(text, None).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn a_link_is_found_however_it_is_written() {
        for (text, link) in [
            ("Entre por https://meet.example.org/Sala?pwd=1.", "https://meet.example.org/Sala?pwd=1"),
            ("(MEET.example.org/Sala)", "MEET.example.org/Sala"),
            ("[aquí](http://meet.example.org/Sala/)", "http://meet.example.org/Sala/"),
            ("Zoom:HTTPS://us02web.zoom.us/j/812,", "HTTPS://us02web.zoom.us/j/812"),
            ("«meet.google.com/abc-defg-hij»", "meet.google.com/abc-defg-hij"),
            ("<https://example.org/?room=7>", "https://example.org/?room=7"),
        ] {
            assert_eq!(found(text), [link], "{text}");
        }
    }

    #[test]
    fn other_links_stand() {
        for text in [
            "https://example.org",
            "https://example.org/?room=8",
            "por Zoom (zoom.us)",
            "notzoom.us/j/1",
            "10.30 a. m.",
            "a@zoom.us",
            "",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
