//! Names and remarks behind titles.

use std::collections::BTreeSet;

use super::about::says_tbc;
use super::clean::clean;
use super::inline;
use super::people::{self, are_names, is_full_name};
use super::result::{FoundSession, Item, Role, Speaker};

/// Names behind titles: "(Ana Ruiz)", "[Ana Ruiz]", "- Ana Ruiz", where several items have them there.
pub(super) fn tails(sessions: &mut [FoundSession]) {
    #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
    enum Tail {
        Round,
        Square,
        Dash,
    }
    let tail = |title: &str, kind: Tail| -> Option<(String, String)> {
        let (start, name) = match kind {
            Tail::Round | Tail::Square => {
                let (open, close) = if kind == Tail::Round { ('(', ')') } else { ('[', ']') };
                let body = title.trim_end().trim_end_matches('.');
                let body = body.strip_suffix(close)?;
                let start = body.rfind(open)?;
                (start, &body[start + 1..])
            }
            Tail::Dash => {
                let start = [" - ", " – ", " — ", " // "].iter().find_map(|sign| title.rfind(sign))?;
                let name = title[start..].trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '@' | '['));
                (start, name)
            }
        };
        let name = name.trim();
        let rest = clean(&title[..start]);
        let posted = kind == Tail::Dash
            && (name.contains(", ") || name.contains(" (") && name.ends_with(')'))
            && people::is_person_with_post(name);
        ((are_names(name) || posted) && !rest.is_empty()).then(|| (rest, name.to_owned()))
    };
    for kind in [Tail::Dash, Tail::Round, Tail::Square] {
        let titles = || sessions.iter().flat_map(|session| &session.items).map(|item| item.title.as_str());
        let found: BTreeSet<String> = titles().filter_map(|title| tail(title, kind)).map(|(_, name)| name).collect();
        let large = |title: &str, open: char| {
            title.rfind(open).is_some_and(|at| title[at + 1..].trim_start().starts_with(char::is_uppercase))
        };
        let shaped = titles().filter(|title| match kind {
            Tail::Dash => title.contains(" - ") || title.contains(" – "),
            Tail::Round => title.trim_end().ends_with(')') && large(title, '('),
            Tail::Square => title.trim_end().ends_with(']') && large(title, '['),
        });
        let shaped = shaped.count();
        let right = titles().filter(|title| tail(title, kind).is_some()).count();
        // Several that differ; single names are more than once a remark.
        let established =
            (found.len() >= 2 && found.iter().any(|name| is_full_name(name)) || found.len() >= 3) && right * 2 >= shaped;
        let several = |name: &str| {
            kind != Tail::Dash
                && name.split(['&', ',']).flat_map(|part| part.split(" and ")).filter(|part| is_full_name(part.trim())).count()
                    >= 2
        };
        for item in sessions.iter_mut().flat_map(|session| &mut session.items) {
            if let Some((rest, name)) = tail(&item.title, kind)
                && (established || people::has_title(&name) || several(&name))
            {
                item.title = rest;
                item.speakers.extend(people::speakers(&name, Role::Speaker));
            } else if established && let Some((rest, name)) = loosely(&item.title, kind == Tail::Round) {
                item.title = rest;
                item.speakers.push(Speaker { name, tbc: false, role: Role::Speaker });
            }
        }
    }
    for item in sessions.iter_mut().flat_map(|session| &mut session.items) {
        by_words(item);
        inline::named(item);
        remarks(item);
    }
}

/// "(Brandon and a special guest)": a name and more, where a list has names in that place.
fn loosely(title: &str, round: bool) -> Option<(String, String)> {
    let body = title.trim_end().strip_suffix(if round { ')' } else { return None })?;
    let open = body.rfind('(')?;
    let name = body[open + 1..].trim();
    let first =
        [" and ", " y ", ", ", " & ", " et ", " e "].iter().find_map(|joint| name.split_once(joint)).map(|(first, _)| first)?;
    let rest = clean(&body[..open]);
    (are_names(first) && name.split_whitespace().count() <= 9 && !rest.is_empty()).then(|| (rest, name.to_owned()))
}

/// "Mesa redonda a cargo de Ana Ruiz", "animé par les présidents".
fn by_words(item: &mut Item) {
    const LEADS: [&str; 16] = [
        "a cargo de",
        "animé par",
        "animée par",
        "animado por",
        "impartido por",
        "impartida por",
        "presentado por",
        "presentada por",
        "moderado por",
        "moderada por",
        "moderated by",
        "presented by",
        "led by",
        "facilitated by",
        "présenté par",
        "com a mediação de",
    ];
    let lower = item.title.to_lowercase();
    if lower.len() != item.title.len() {
        return;
    }
    let Some(at) = LEADS.iter().filter_map(|lead| lower.find(lead)).filter(|at| *at > 4).min() else { return };
    let who = item.title[at..].trim().to_owned();
    item.title = clean(item.title[..at].trim_end_matches([',', '(', '.', ' ']));
    let tbc = says_tbc(&who);
    item.tbc |= tbc;
    item.speakers.push(Speaker { name: who.trim_end_matches('.').to_owned(), tbc, role: Role::Speaker });
}

/// Prices and the like in a parenthesis, and remarks in brackets, are no part of the title.
fn remarks(item: &mut Item) {
    if let Some(open) = item.title.rfind('[').filter(|open| *open > 3)
        && item.title.trim_end().ends_with(']')
        && !says_tbc(&item.title[open..])
    {
        let remark = item.title[open..].trim_matches(['[', ']', ' ']).to_owned();
        let title = clean(&item.title[..open]);
        if !title.is_empty() && remark.split_whitespace().count() > 1 {
            item.title = title;
            item.details.push(remark);
        }
    }
    if let Some(open) = item.title.rfind('(')
        && item.title.trim_end().ends_with(')')
        && item.title[open..].contains(['€', '$', '£'])
    {
        let remark = item.title[open..].trim_matches(['(', ')', ' ']).to_owned();
        item.title = clean(&item.title[..open]);
        item.details.push(remark);
    }
}
