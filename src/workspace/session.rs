//! A session of the programme, by what somebody types.

use super::Failure;
use crate::decode::nearest;
use crate::ledger::History;
use crate::model::{Programme, Session};
use crate::text;

/// The session of a number or an id.
pub fn find_session<'p>(programme: &'p Programme, wanted: &str) -> Result<&'p Session, Failure> {
    let by_number = |session: &&Session| session.number.is_some_and(|number| number.value.to_string() == wanted);
    let by_id = |session: &&Session| session.id.as_str() == wanted;
    programme.sessions.iter().find(by_id).or_else(|| programme.sessions.iter().find(by_number)).ok_or_else(|| {
        let known: Vec<&str> = programme.sessions.iter().map(|session| session.id.as_str()).collect();
        let listed = |lang| {
            let line = |session: &Session| match session.number {
                Some(number) => format!("{} ({})", number.value, session.title.get(lang)),
                None => session.id.value.clone(),
            };
            programme.sessions.iter().map(line).collect::<Vec<_>>().join(", ")
        };
        Failure::new(text!("there is no session `{wanted}`", "no existe la sesión `{wanted}`")).help(
            match nearest(wanted, &known) {
                Some(meant) => text!("did you mean `{meant}`?", "¿quiso decir `{meant}`?"),
                None => text!(l, listed = listed(l); "the sessions are {listed}", "las sesiones son {listed}"),
            },
        )
    })
}

/// The sessions that are named: each by its number or id, `2..4`, `2..` and `..3` by their numbers, in the order of
/// the programme.
pub fn find_sessions<'p>(programme: &'p Programme, wanted: &[String]) -> Result<Vec<&'p Session>, Failure> {
    let mut found: Vec<&Session> = Vec::new();
    for wanted in wanted.iter().flat_map(|wanted| wanted.split(',')).filter(|wanted| !wanted.is_empty()) {
        let bound = |text: &str, open| if text.is_empty() { Some(open) } else { text.parse().ok() };
        let range = wanted.split_once("..").and_then(|(from, to)| bound(from, 0).zip(bound(to, u32::MAX)));
        match range {
            None => found.push(find_session(programme, wanted)?),
            Some((from, to)) => {
                let within = |session: &&Session| session.number.is_some_and(|number| (from..=to).contains(&number.value));
                let before = found.len();
                found.extend(programme.sessions.iter().filter(within));
                if found.len() == before {
                    return Err(Failure::new(text!("there is no session in `{wanted}`", "no hay ninguna sesión en `{wanted}`")));
                }
            }
        }
    }
    let chosen = |session: &&Session| found.iter().any(|one| one.file == session.file);
    Ok(programme.sessions.iter().filter(chosen).collect())
}

/// The id of a session of the programme, or of one whose file is gone and that only the ledger knows.
pub fn find_session_id(programme: &Programme, history: &History, wanted: &str) -> Result<String, Failure> {
    match find_session(programme, wanted) {
        Ok(session) => Ok(session.id.value.clone()),
        Err(_) if history.sessions().any(|known| known == wanted) => Ok(wanted.to_owned()),
        Err(failure) => Err(failure),
    }
}
