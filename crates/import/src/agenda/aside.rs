//! Lines that tell hours of something else: the head of a mail, office hours, the next meeting, the foot of a page.

use std::collections::HashSet;

use super::entry::has_time;
use crate::grammar::days;
use crate::grammar::{Meaning, folded, marks};
use crate::source::{Bullet, Document, Line};

/// The lines of a document that are about something else, by number, each with what it is.
pub(super) fn asides(document: &Document) -> HashSet<usize> {
    let mut found = mail_heads(document);
    found.extend(feet(document));
    found.extend(quoted(document));
    found.extend(document.lines.iter().filter(|line| is_aside(line)).map(|line| line.number));
    found
}

/// "From:", "Date:" and "Subject:" together.
fn mail_heads(document: &Document) -> HashSet<usize> {
    const LABELS: [&str; 22] = [
        "from",
        "to",
        "cc",
        "date",
        "sent",
        "subject",
        "reply to",
        "de",
        "para",
        "fecha",
        "enviado",
        "enviado el",
        "asunto",
        "enviada em",
        "data",
        "assunto",
        "a",
        "objet",
        "envoye",
        "date d envoi",
        "importance",
        "attachments",
    ];
    let label = |line: &Line| {
        let text = line.only()?;
        let (label, _) = text.split_once(':')?;
        LABELS.contains(&folded(label).as_str()).then_some(())
    };
    let is_from = |line: &Line| {
        line.only().is_some_and(|text| {
            text.split_once(':')
                .is_some_and(|(label, rest)| matches!(folded(label).as_str(), "from" | "de") && !rest.trim().is_empty())
        })
    };
    let mut found = HashSet::new();
    let lines = &document.lines;
    for (at, _) in lines.iter().enumerate().filter(|(_, line)| line.table.is_none() && is_from(line)) {
        let length = lines[at..].iter().take(8).take_while(|line| label(line).is_some()).count();
        if length >= 3 {
            found.extend(lines[at..at + length].iter().map(|line| line.number));
        }
    }
    found
}

/// What a mail with an agenda of its own quotes of the one that it answers.
fn quoted(document: &Document) -> HashSet<usize> {
    let lines = &document.lines;
    let is_quote = |line: &&Line| line.bullet == Bullet::Sign('>');
    let Some(at) = lines.iter().position(|line| line.only().is_some_and(is_attribution)) else { return HashSet::new() };
    let timed = lines[..at].iter().filter(|line| !is_quote(line) && has_time(line)).count();
    if timed < 2 { HashSet::new() } else { lines[at..].iter().filter(is_quote).map(|line| line.number).collect() }
}

/// "Page 2 of 3" and what is printed beside it on every page.
fn feet(document: &Document) -> HashSet<usize> {
    let mut found = HashSet::new();
    let lines = &document.lines;
    let plain = |line: &Line| line.only().filter(|_| line.table.is_none()).map(folded);
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_page_number(line)) {
        found.insert(line.number);
        for beside in (at.saturating_sub(2)..=at + 2).filter(|beside| *beside != at) {
            let Some(own) = lines.get(beside) else { continue };
            let Some(text) = plain(own).filter(|text| text.len() > 8) else { continue };
            if lines.iter().filter(|other| plain(other).as_ref() == Some(&text)).count() > 1 {
                found.insert(own.number);
            }
        }
    }
    found
}

fn is_page_number(line: &Line) -> bool {
    let text = line.only().filter(|text| line.table.is_none() && text.len() < 40).map(folded).unwrap_or_default();
    let mut words = text.split(' ');
    let number = |word: Option<&str>| word.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    matches!(words.next(), Some("page" | "pagina" | "pag" | "p"))
        && number(words.next())
        && words.all(|word| matches!(word, "de" | "of" | "sur") || number(Some(word)))
}

/// What tells by itself that it is about something else.
fn is_aside(line: &Line) -> bool {
    let Some(text) = line.only().filter(|_| line.table.is_none()) else { return false };
    is_attribution(text) || is_office_hours(text) || is_next_meeting(text)
}

/// "On Fri, 6 Mar 2026 at 09:41, Owen Hale <…> wrote:"
fn is_attribution(text: &str) -> bool {
    let plain = folded(text);
    text.trim_end().ends_with(':')
        && ["wrote", "escribio", "escreveu", "a ecrit"].iter().any(|word| plain.ends_with(word))
        && marks(text).iter().any(|mark| matches!(mark.meaning, Meaning::Hours { .. } | Meaning::Day(_)))
}

/// "Horario de atención: lunes a viernes de 8:00 a 16:00"
fn is_office_hours(text: &str) -> bool {
    let marks = marks(text);
    let hours = marks.iter().any(|mark| matches!(&mark.meaning, Meaning::Hours { span, .. } if span.end.is_some()));
    let plain = folded(text);
    let weekdays = days(&marks).any(|(_, day)| day.weekdays.len() > 1 && day.days.is_empty());
    let said = [
        "horario de atencion",
        "horario de oficina",
        "atencion al publico",
        "office hours",
        "opening hours",
        "is open",
        "open monday",
        "horaires d ouverture",
        "ouvert de",
        "ouvert du",
        "horario de atendimento",
        "lunes a viernes",
        "monday to friday",
        "du lundi au vendredi",
        "segunda a sexta",
        "oficina abierta",
    ];
    hours && (weekdays || said.iter().any(|words| plain.contains(words)))
        // "Lunes a viernes, 9:00 a 16:00" alone may be when a course is.
        && (said.iter().any(|words| plain.contains(words)) && plain.split(' ').count() > 8 || has_telephone(&plain))
}

fn has_telephone(plain: &str) -> bool {
    plain
        .split(' ')
        .any(|word| matches!(word, "tel" | "telefono" | "telefone" | "telephone" | "phone" | "whatsapp" | "contacto" | "contact"))
}

/// "Next call: 2 March 2027, 14:00 UTC"
fn is_next_meeting(text: &str) -> bool {
    let plain = folded(text);
    let opens = [
        "next call",
        "next meeting",
        "next session",
        "proxima reunion",
        "proxima sesion",
        "proxima llamada",
        "proxima reuniao",
        "prochaine reunion",
        "prochaine seance",
        "siguiente reunion",
        "siguiente sesion",
    ];
    let marks = marks(text);
    let dated = days(&marks).any(|(_, day)| !day.days.is_empty());
    opens.iter().any(|words| plain.starts_with(words)) && dated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_of_something_else_are_told() {
        for text in [
            "On Fri, 6 Mar 2026 at 09:41, Owen Hale <owen@example.org> wrote:",
            "El vie, 6 mar 2026 a las 9:41, Ana Ruiz (<ana@example.org>) escribió:",
            "Horario de atención: lunes a viernes de 8:00 a 16:00. Tel. 2222-1030",
            "Oficina de Catastro, Bo. El Centro – Tel. 2782-0945 – Horario: lunes a viernes de 8:00 a 16:00",
            "Next call: 2 March 2027, 14:00 UTC",
            "Página 1 de 2",
        ] {
            let line = Line::text(1, text);
            assert!(is_aside(&line) || is_page_number(&line), "{text}");
        }
        for text in [
            "9:00 a 10:00 Próxima reunión",
            "Next meeting (10 min)",
            "Lunes a viernes, 9:00 a 16:00",
            "Panel: 10:00",
            "Page layout",
        ] {
            let line = Line::text(1, text);
            assert!(!is_aside(&line) && !is_page_number(&line), "{text}");
        }
    }
}
