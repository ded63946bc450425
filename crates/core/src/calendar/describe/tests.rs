//! The words of a session.

use super::*;
use crate::calendar::publish::tests::programme;
use crate::locale::LanguageTag;

fn described(group: &str, session: &str, lang: Lang) -> Description {
    let programme = programme(group, session);
    let session = &programme.sessions[0];
    let place = programme.group.place_at(&session.zone);
    Description::new(&programme, session, session.time().unwrap(), Vec::new(), &place, lang)
}

const PARTIES: &str = "[parties.cglu]\nname = { es = 'Ciudades', en = 'Cities' }\nacronym = { es = 'CGLU', en = 'UCLG' }\n\
                       [parties.upala]\nname = { es = 'Upala', en = 'Upala' }\ncountry = 'CR'\nkind = 'municipality'";

#[test]
fn hours_come_first_then_the_objective_then_the_agenda() {
    let session = "moderator = 'upala'\nobjective = { es = 'Oír.', en = 'To hear.' }\n[[slots]]\nstart = 10:00\nend = 11:00\n\
                   title = { es = 'Marco', en = 'Framework' }\nspeakers = [{ party = 'cglu', tbc = true }]\nfacilitators = ['upala', 'cglu']\n\
                   [[slots.groups]]\ntitle = { es = 'Grupo 1', en = 'Group 1' }\n\
                   [[slots]]\nstart = 11:00\nend = 11:30\nparticipants = 'all'\ntitle = { es = 'Fin', en = 'End' }\n";
    assert_eq!(
        described(PARTIES, session, Lang::Es).text(),
        "10:00 Guatemala · 11:00 Panamá · 10:00 Costa Rica · 16:00 UTC\n\nOír.\n\nModera Upala (Costa Rica)\n\nAgenda (hora de Guatemala, UTC−6):\n\
         10:00–11:00 Marco — CGLU (por confirmar); facilitan Upala (Costa Rica) y CGLU\n  • Grupo 1\n\
         11:00–11:30 Fin — todas las personas participantes"
    );
    assert_eq!(
        described(PARTIES, session, Lang::En).text(),
        "10:00 Guatemala · 11:00 Panama · 10:00 Costa Rica · 16:00 UTC\n\nTo hear.\n\nModerated by Upala (Costa Rica)\n\nAgenda (Guatemala time, UTC−6):\n\
         10:00–11:00 Framework — UCLG (TBC); facilitated by Upala (Costa Rica) and UCLG\n  • Group 1\n\
         11:00–11:30 End — all participants"
    );
}

#[test]
fn another_day_elsewhere_is_told() {
    let session = "[[slots]]\nstart = 23:30\nend = 23:50\ntitle = { es = 'Marco', en = 'Framework' }\n";
    assert!(
        described("", session, Lang::Es)
            .text()
            .starts_with("23:30 Guatemala · 00:30 (2 de marzo) Panamá · 05:30 (2 de marzo) UTC")
    );
}

#[test]
fn a_zone_of_no_member_is_named_by_its_city_and_offset() {
    let text = described("", "time-zone = 'America/New_York'\n", Lang::En).text();
    assert!(text.contains("Agenda (New York time, UTC−5):"), "{text}");
    assert!(described("", "time-zone = 'UTC'\n", Lang::En).text().contains("Agenda (UTC):"));
}

#[test]
fn a_slot_without_a_time_says_so() {
    let session =
        "start = 10:00\nend = 11:00\n[[slots]]\nstart = 10:30\nend = 10:20\ntitle = { es = 'Marco', en = 'Framework' }\n";
    assert!(described("", session, Lang::Es).text().ends_with("\n(hora por confirmar) Marco"));
}

#[test]
fn what_nobody_wrote_is_not_told_as_if_it_were() {
    let session = "start = 10:00\nend = 11:00\n[[slots]]\nstart = 10:00\ntitle = { es = 'Marco', en = 'Framework' }\n\
                   [[slots.items]]\ntitle = { es = 'Punto', en = 'Point' }\n[[slots]]\nstart = 10:20\napproximate = true\n\
                   minutes = 10\ntitle = { es = 'Café', en = 'Coffee' }\nplace = { es = 'Sala 2', en = 'Room 2' }\n\
                   [[slots]]\nminutes = 15\ntitle = { es = 'Cierre', en = 'Closing' }\n";
    let text = described("", session, Lang::Es).text();
    assert!(text.ends_with("\n10:00 Marco\n  • Punto\nhacia\u{a0}10:20–10:30 Café (Sala 2)\n(10:30) Cierre"), "{text}");
    assert!(text.contains("Las horas entre paréntesis resultan de las duraciones."));
}

#[test]
fn html_takes_text_as_text() {
    let session = "objective = { es = '<script>\"a\" & b</script>', en = 'x' }\n";
    let html = described("", session, Lang::Es).html(LanguageTag::new(Lang::Es, Some("GT")));
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"es-GT\"><body>") && html.ends_with("</body></html>"));
    assert!(html.contains("&lt;script&gt;&quot;a&quot; &amp; b&lt;/script&gt;") && html.contains("<li>10:00–11:00 Marco</li>"));
}
