//! What a line that is no row says.

use super::clean::{clean, without_leaders};
use super::entry::{Draft, Shape, is_time};
use super::head::head;
use super::people::{are_names, has_title, is_acronym, labelled};
use super::titled::{finish, length_within, parenthesis};
use super::window::{self, dated, hours_of_places, is_window_label};
use crate::grammar::days;
use crate::grammar::{Mark, Meaning, folded, is_places, leading_places, marks};
use crate::source::Line;

/// What a line that is no row says.
pub(crate) fn single(line: &Line) -> Shape {
    let text = without_leaders(line.only().unwrap_or_default());
    let marks = marks(&text);
    if let Some(head) = head(line, &text, &marks) {
        return Shape::Head(head);
    }
    let times: Vec<&Mark> = marks.iter().filter(|mark| is_time(&mark.meaning)).collect();
    let Some(first) = times.first() else { return Shape::Text(text) };
    if folded(&text).starts_with("total")
        || folded(&text).starts_with("duree totale")
        || folded(&text).starts_with("duracion total")
    {
        return Shape::Total;
    }
    // "Duración: 1 h 30 min" is that of the whole.
    let label = text.split_once(':').map_or(String::new(), |(label, _)| folded(label));
    if matches!(label.as_str(), "duration" | "duracion" | "duree" | "duracao")
        && times.len() == 1
        && clean(&text[first.range.end..]).is_empty()
        && matches!(first.meaning, Meaning::Minutes { .. } | Meaning::Hours { minutes: Some(_), .. })
    {
        return Shape::Total;
    }
    if let Some(shape) = hours_of_places(&text, &marks) {
        return shape;
    }
    let before = &text[..first.range.start];
    if before.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '"' | '“' | '«')) {
        return leading(line, &text, &marks, &times);
    }
    if (is_window_label(before) || before.trim_end().ends_with(':') && is_window_label(&text))
        && let Meaning::Hours { span, .. } = first.meaning
    {
        return Shape::Window { span, written: text[first.range.clone()].to_owned(), day: dated(&marks) };
    }
    trailing(line, &text, &times).unwrap_or(Shape::Text(text))
}

/// "Our next call is on Thursday 12 March 2026", "La reunión será el 5 de mayo".
fn tells_when_it_is(title: &str) -> bool {
    const VERBS: [&str; 14] = [
        " is on ",
        " is scheduled ",
        " will be ",
        " will take place ",
        " takes place ",
        " sera el ",
        " sera ",
        " se realizara ",
        " tendra lugar ",
        " se llevara a cabo ",
        " se celebrara ",
        " aura lieu ",
        " acontecera ",
        " ocorrera ",
    ];
    let plain = format!(" {} ", folded(title));
    VERBS.iter().any(|verb| plain.contains(verb)) && dated(&marks(title)).is_some()
}

/// The line opens with an hour or a length.
fn leading(line: &Line, text: &str, marks: &[Mark], times: &[&Mark]) -> Shape {
    let Some(first) = times.first() else { return Shape::Text(text.to_owned()) };
    let mut draft = Draft { written: text[first.range.clone()].trim().to_owned(), ..Draft::default() };
    let label = is_window_label(text) && text[..text.find(':').unwrap_or(0)].chars().all(|c| !c.is_ascii_digit());
    let mut end = first.range.end;
    match &first.meaning {
        Meaning::Hours { span, .. } => draft.span = Some(*span),
        Meaning::Minutes { minutes, bound } => (draft.minutes, draft.bound) = (Some(*minutes), *bound),
        _ => {}
    }
    // The other of the two, and the same hour elsewhere, directly behind: "30m (9:00):", "10:00 (5 min)", "10:00 GT / 11:00 PA".
    for next in &times[1..] {
        let between = &text[end..next.range.start];
        let near = between.chars().all(|c| !c.is_alphanumeric()) && between.chars().count() <= 4;
        let city = draft.span.is_some()
            && matches!(next.meaning, Meaning::Hours { .. })
            && (is_places(between) || between.chars().count() <= 16 && between.contains(['/', '(']) && !between.contains(':'));
        match &next.meaning {
            Meaning::Hours { span, .. } if near && draft.span.is_none() => {
                draft.span = Some(*span);
                draft.written = text[next.range.clone()].trim().to_owned();
            }
            Meaning::Minutes { minutes, bound } if near && draft.minutes.is_none() => {
                (draft.minutes, draft.bound) = (Some(*minutes), *bound)
            }
            Meaning::Hours { minutes: Some(minutes), .. } if near && draft.minutes.is_none() && between.contains('(') => {
                draft.minutes = Some(*minutes)
            }
            Meaning::Hours { .. } if near && !between.is_empty() && between.contains(['/', '(', '|']) || city => {}
            _ => break,
        }
        end = next.range.end;
    }
    // The city of the last hour: "(PA)".
    if end > first.range.end || text[end..].trim_start().starts_with('(') {
        let behind = &text[end..];
        let open = behind.len() - behind.trim_start().len();
        if behind[open..].starts_with('(')
            && let Some(close) = behind.find(')').filter(|close| close - open <= 14)
            && (end > first.range.end || is_acronym(&behind[open + 1..close]))
            && !clean(&behind[close + 1..]).is_empty()
        {
            end += close + 1;
        }
    }
    // And its place without a parenthesis: "/ 11:00 Panamá – Apertura".
    if end > first.range.end && matches!(times.get(1).map(|mark| &mark.meaning), Some(Meaning::Hours { .. })) {
        let place = leading_places(&text[end..]);
        if !clean(&text[end + place..]).is_empty() {
            end += place;
        }
    }
    let rest = &text[end..];
    if let Some(span) = draft.span {
        // "10:00 to 17:00 on 29 and 30 of January": when the days are.
        let dated = days(marks).any(|(mark, day)| {
            let joins = |word: &str| {
                matches!(
                    word,
                    "on" | "el" | "le" | "em" | "del" | "de" | "los" | "the" | "hrs" | "horas" | "h" | "mst" | "am" | "pm"
                )
            };
            let near = mark.range.start >= end
                && folded(&text[end..mark.range.start]).split(' ').all(|word| word.is_empty() || joins(word));
            near && (day.month.is_some() || !day.weekdays.is_empty())
        });
        let words = rest.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
        if label || dated && words <= 8 && line.heading == 0 {
            return Shape::Window { span, written: draft.written, day: window::dated(marks) };
        }
        if clean(rest).is_empty() && draft.minutes.is_none() {
            return Shape::Hours { span, written: draft.written };
        }
    } else if clean(rest).is_empty() {
        return Shape::Minutes(draft.minutes.unwrap_or(0), draft.bound);
    } else if !line.is_list_item()
        && line.heading == 0
        && line.table.is_none()
        && !rest.trim_start().starts_with(['-', '–', '—', ':', ')', '|', '.', '\t'])
        && !rest.starts_with("  ")
    {
        // "15 minutes is enough": a sentence.
        return Shape::Text(text.to_owned());
    }
    finish(rest, draft)
}

/// Whether a sentence ends within a text; "Sra. Ana Ruiz" ends none.
fn holds_sentence(text: &str) -> bool {
    text.match_indices(". ").any(|(at, _)| {
        let word = text[..at].rfind(' ').map_or(0, |space| space + 1);
        !has_title(&text[word..=at])
    })
}

/// The hour or the length stands behind the title.
fn trailing(line: &Line, text: &str, times: &[&Mark]) -> Option<Shape> {
    let words = text.split_whitespace().count();
    let mut draft = Draft { behind: true, ..Draft::default() };
    if let Some((minutes, bound, range, others)) = length_within(text)
        && (line.is_list_item() || line.heading > 0 || words <= 30)
        && !(words > 12 && text[..range.start].trim_end().ends_with('.'))
    {
        (draft.minutes, draft.bound) = (Some(minutes), bound);
        draft.speakers = others;
        let tail = clean(&text[range.end..]);
        if !tail.is_empty() {
            if are_names(&tail) || labelled(&tail).is_some() { draft.speakers.push(tail) } else { draft.details.push(tail) }
        }
        let title = &text[..range.start];
        // An hour in the same line.
        let hours = times.iter().find(|mark| matches!(&mark.meaning, Meaning::Hours { minutes: None, .. }));
        let cut = match hours {
            Some(mark) => {
                if let Meaning::Hours { span, .. } = mark.meaning {
                    draft.span = Some(span);
                    draft.written = text[mark.range.clone()].to_owned();
                }
                mark.range.start.min(title.len())
            }
            None => title.len(),
        };
        draft.title = clean(&title[..cut]);
        return (!draft.title.is_empty()).then_some(Shape::Item(draft));
    }
    let last = times.last()?;
    let Meaning::Hours { span, .. } = last.meaning else {
        // "Preguntas 10 min", in a list.
        if let Meaning::Minutes { minutes, bound } = last.meaning
            && text[last.range.end..].chars().all(|c| !c.is_alphanumeric())
            && (line.is_list_item() || line.heading > 0)
            && words <= 14
            && !line.gap
            && times.len() == 1
        {
            (draft.minutes, draft.bound) = (Some(minutes), bound);
            draft.title = clean(&text[..last.range.start]);
            return (!draft.title.is_empty()).then_some(Shape::Item(draft));
        }
        return None;
    };
    if times.len() > 2
        || folded(&text[last.range.clone()]).starts_with("entre ")
        || folded(&text[last.range.clone()]).starts_with("between ")
    {
        return None;
    }
    let around = parenthesis(text, &last.range);
    let start = around.as_ref().map_or(last.range.start, |range| range.start);
    let end = around.as_ref().map_or(last.range.end, |range| range.end);
    // "Catálogo (9:10 – 9:50) – Rosa Pec"
    let who = clean(&text[end..]);
    let named = around.is_some() && span.end.is_some() && (are_names(&who) || has_title(&who) || labelled(&who).is_some());
    let ends = named || text[end..].chars().all(|c| !c.is_alphanumeric());
    let before = text[..start].trim_end();
    let apart = around.is_some()
        || before.ends_with(['-', '–', '—', ',', ':', '|', ';'])
        || text[..start].ends_with("  ")
        || text[..start].ends_with('\t');
    let short = words <= 16 && !holds_sentence(before);
    // A remark in a parenthesis has no end: "Start (doors open at 9:00)".
    let remark = around.as_ref().is_some_and(|range| text[range.start..last.range.start].chars().any(char::is_alphabetic));
    let opener = folded(&text[last.range.clone()]);
    let sentence = ["desde", "from", "at ", "a las", "a partir", "hasta", "until", "as ", "after"]
        .iter()
        .any(|word| opener.starts_with(word))
        && span.end.is_none();
    if !(ends && short)
        || remark
        || sentence
        || !(apart || span.end.is_some() && words <= 12 && (line.is_list_item() || line.heading > 0 || words <= 8))
    {
        return None;
    }
    draft.span = Some(span);
    draft.written = text[last.range.clone()].trim().to_owned();
    draft.title = clean(before);
    draft.speakers.extend(named.then_some(who));
    if tells_when_it_is(&draft.title) && !line.is_list_item() {
        return Some(Shape::Window { span, written: draft.written, day: dated(&marks(&draft.title)) });
    }
    // "Monday: 8:00 to 18:00" says when that day is.
    let marks = marks(&draft.title);
    if days(&marks)
        .any(|(mark, _)| clean(&format!("{}{}", &draft.title[..mark.range.start], &draft.title[mark.range.end..])).is_empty())
    {
        return Some(Shape::Window { span, written: draft.written, day: dated(&marks) });
    }
    (!draft.title.is_empty() && !is_window_label(text)).then_some(Shape::Item(draft))
}
