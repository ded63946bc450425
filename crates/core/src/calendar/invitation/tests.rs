use super::*;
use crate::calendar::publish::tests::programme;
use crate::invitees::Invitees;

const GROUP: &str = "organizer = { party = 's', email = 's@example.org' }\nparties.s = { name = { es = 'Secretaría', en = 'Secretariat' } }\n\
                     parties.p = { name = { es = 'Panamá \"la Vieja\"', en = 'Panama' }, country = 'PA', member = true, email = 'p@example.org' }\n";
const SESSION: &str = "join-link = 'https://meet.example.org/a?b=1,2;3'\nhow-to-join = { es = 'Sala de espera.', en = 'Waiting room.' }\n\
                       interpretation = { es = 'español e inglés', en = 'Spanish and English' }\n\
                       documents = [{ title = { es = 'Nota', en = 'Note' }, link = 'https://example.org/n.pdf' }]\n\
                       [[slots]]\nstart = 10:00\nend = 11:00\ntitle = { es = 'Marco', en = 'Framework' }\nspeakers = ['p']\n";

fn revision() -> Revision {
    Revision {
        uid: "one@g.example.org".to_owned(),
        stamp: "2027-01-01T12:00:00Z".parse().unwrap(),
        sequence: 2,
        participation: Participation::NeedsAction,
    }
}

fn invitation() -> Invitation {
    let programme = programme(GROUP, SESSION);
    let session = &programme.sessions[0];
    let invitee = Invitees::new(&programme).of(session).invitees.remove(0);
    request(&programme, session, &invitee, revision()).unwrap()
}

fn file(invitation: &Invitation) -> String {
    String::from_utf8(invitation.bytes().unwrap()).unwrap().replace("\r\n ", "")
}

#[test]
fn an_invitation_says_how_to_join_and_what_one_s_own_part_is() {
    assert_eq!(
        invitation().event.description,
        "10:00 Guatemala · 11:00 Panamá · 16:00 UTC\n\nEnlace para conectarse: https://meet.example.org/a?b=1,2;3\n\n\
         Sala de espera.\n\nInterpretación: español e inglés\n\nSu participación:\n▶ 11:00–12:00 usted expone: Marco\n\n\
         Agenda (hora de Panamá, UTC−5):\n11:00–12:00 Marco — Panamá \"la Vieja\"\n\n\
         Documentos: \nNota: https://example.org/n.pdf\n\nConsultas: Secretaría, s@example.org"
    );
}

#[test]
fn the_link_stands_wherever_programs_look_for_it() {
    let file = file(&invitation());
    assert!(file.contains("LOCATION;LANGUAGE=es:https://meet.example.org/a?b=1\\,2\\;3\r\n"));
    assert!(file.contains("\r\nURL:https://meet.example.org/a?b=1,2;3\r\n"));
    assert!(file.contains("CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Conectarse a la sesión;LANGUAGE=es:https://meet"));
    assert!(file.contains("<a href=\"https://meet.example.org/a?b=1\\,2\\;3\">"));
    assert!(file.contains("ATTENDEE;CUTYPE=GROUP;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Panamá “la Vieja”;"));
    assert_eq!(file.matches("BEGIN:VALARM").count(), 1);
}

#[test]
fn a_cancellation_is_in_utc_with_what_was_told() {
    let programme = programme(GROUP, SESSION);
    let told = ToldInvitation {
        start: "2027-03-01T16:00:00Z".parse().unwrap(),
        end: "2027-03-01T17:00:00Z".parse().unwrap(),
        title: "Grupo: Sesión 1 – Una".to_owned(),
        lang: Lang::Es,
        name: "Panamá".to_owned(),
        email: "p@example.org".to_owned(),
        organizer: String::new(),
    };
    let withdrawn = file(&cancellation(&programme.group, &told, CancelReason::NoLongerInvited, revision()));
    assert!(withdrawn.contains("SUMMARY;LANGUAGE=es:Ya no se le espera: Grupo: Sesión 1 – Una\r\n"), "{withdrawn}");
    let file = file(&cancellation(&programme.group, &told, CancelReason::SessionCancelled, revision()));
    for line in [
        "METHOD:CANCEL",
        "SEQUENCE:2",
        "DTSTART:20270301T160000Z",
        "DTEND:20270301T170000Z",
        "SUMMARY;LANGUAGE=es:CANCELADA: Grupo: Sesión 1 – Una",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
    ] {
        assert!(file.contains(&format!("{line}\r\n")), "{line}: {file}");
    }
    assert!(!file.contains("VTIMEZONE") && !file.contains("VALARM") && !file.contains("meet.example.org"));
}
