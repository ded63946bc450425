//! What is to be typed for an answer that does not count by itself, as far as it is known whose it is and to what.

use crate::ledger::Answer;
use crate::locale::{Text, words};
use crate::text;

/// The command that enters it. Of several `sessions` it may be any, and of none nobody knows which.
pub(super) fn entering(seems: Option<Answer>, who: Option<&str>, sessions: &[String]) -> Text {
    let session = match sessions {
        [one] => one,
        _ => "N",
    };
    let (en, es) = (who.unwrap_or("WHO"), who.unwrap_or("QUIÉN"));
    let invited = match sessions {
        [_, _, ..] => text!(l, several = words::join(l, sessions);
            " (invited to {several})", " (tiene invitación a {several})"),
        _ => Text::default(),
    };
    let option = match seems {
        Some(Answer::Accepted) => Some(("accepts", "acepta")),
        Some(Answer::Declined) => Some(("declines", "no-asistira")),
        Some(Answer::Tentative) => Some(("may-come", "tal-vez")),
        _ => None,
    };
    let (invited_en, invited_es) = (&invited.en, &invited.es);
    match (option, who) {
        (Some((english, spanish)), Some(_)) => text!(
            "if it is so: `convoca replies --{english} {en} --session {session}`{invited_en}",
            "si es así: `convoca respuestas --{spanish} {es} --sesion {session}`{invited_es}"
        ),
        (Some((english, spanish)), None) => text!(
            "if it is from somebody invited: `convoca replies --{english} {en} --session {session}`",
            "si es de alguien con invitación: `convoca respuestas --{spanish} {es} --sesion {session}`"
        ),
        (None, Some(_)) => text!(
            "if they accept: `convoca replies --accepts {en} --session {session}`{invited_en}; else `--declines` or `--may-come`",
            "si acepta: `convoca respuestas --acepta {es} --sesion {session}`{invited_es}; si no, `--no-asistira` o `--tal-vez`"
        ),
        (None, None) => text!(
            "if it is from somebody invited who accepts: `convoca replies --accepts {en} --session {session}`; else `--declines` or `--may-come`",
            "si es de alguien con invitación, y acepta: `convoca respuestas --acepta {es} --sesion {session}`; si no, `--no-asistira` o `--tal-vez`"
        ),
    }
}

/// How to learn the address from which somebody answered.
pub(super) fn learning(who: &str, other: &str) -> Text {
    text!(
        "if {other} is an address of theirs: `convoca replies --also {who} {other}`, and read the mail again",
        "si {other} es una dirección suya: `convoca respuestas --tambien {who} {other}`, y lea de nuevo el correo"
    )
}
