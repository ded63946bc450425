use super::*;
use crate::diagnostics::Sources;

const GROUP: &str = r#"
id = "g"
domain = "example.org"
time-zone = "America/Guatemala"
countries = ["GT", "PA"]
name = { es = "Grupo", en = "Group" }
organizer = { party = "secretariat", email = "secretaria@example.org" }
parties.secretariat = { name = { es = "S", en = "S" } }
parties.upala = { name = { es = "Upala", en = "Upala" }, member = true, email = "upala@Example.ORG" }
parties.panama = { name = { es = "Panamá", en = "Panama" }, member = true, country = "PA", language = "en" }
parties.uclg = { name = { es = "CGLU", en = "UCLG" } }
parties.mmc = { name = { es = "MMC", en = "MMC" } }
"#;

fn invited(people: &str, session: &str) -> Invited {
    let mut sources = Sources::default();
    sources.add("group.toml", format!("{GROUP}{people}"));
    let head = "id = 'one'\nnumber = 1\ndate = 2027-03-02\ntitle = { es = 'Una', en = 'One' }\n";
    sources.add("1.toml", format!("{head}{session}"));
    let day = chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    let programme = crate::check(&sources, day).programme.unwrap();
    Invitees::new(&programme).of(&programme.sessions[0])
}

fn addresses(invited: &Invited) -> Vec<&str> {
    invited.invitees.iter().map(|invitee| invitee.recipient.email.as_str()).collect()
}

fn unreached(invited: &Invited) -> Vec<&str> {
    invited.unreachable.iter().map(|who| who.id.as_str()).collect()
}

const SLOT: &str = "[[slots]]\nstart = 10:00\nminutes = 30\ntitle = { es = 'Marco', en = 'Framework' }\n";

#[test]
fn members_and_their_people_are_invited_and_those_without_an_address_are_named() {
    let people = "people.ana = { name = 'Ana', party = 'upala', email = 'ana@example.org' }\n\
                  people.eva = { name = 'Eva', party = 'uclg', email = 'eva@example.org' }\n";
    let invited = invited(people, "");
    assert_eq!(addresses(&invited), ["upala@example.org", "ana@example.org"], "UCLG is no member");
    assert_eq!(unreached(&invited), ["panama"]);
}

#[test]
fn a_party_without_an_address_is_reached_through_its_people() {
    let people = "people.eva = { name = 'Eva', party = 'uclg', email = 'eva@example.org' }\n\
                  people.leo = { name = 'Leo', party = 'panama', email = 'leo@example.org' }\n";
    let invited = invited(people, &format!("{SLOT}speakers = ['uclg', {{ party = 'mmc', tbc = true }}]\n"));
    assert_eq!(addresses(&invited), ["upala@example.org", "eva@example.org", "leo@example.org"]);
    assert_eq!(unreached(&invited), ["mmc"]);
    assert_eq!(invited.unreachable[0].role, Some(RoleKind::Speaker));
    let eva = &invited.invitees[1];
    assert_eq!((eva.own.len(), eva.own[0].kind, eva.chairs()), (1, RoleKind::Speaker, false));
    let leo = &invited.invitees[2].recipient;
    assert_eq!((leo.lang, leo.country.as_ref().map(|country| country.0)), (Lang::En, Some("PA")));
}

#[test]
fn one_address_is_one_recipient_with_the_parts_of_all_its_readers() {
    let people = "people.ana = { name = 'Ana', party = 'upala', email = 'upala@example.org' }\n";
    let invited = invited(people, &format!("moderator = 'upala'\n{SLOT}speakers = ['ana']\n"));
    assert_eq!(addresses(&invited), ["upala@example.org"]);
    assert_eq!(invited.invitees[0].recipient.name.en, "Upala", "Ana reads Upala's post");
    assert_eq!(invited.invitees[0].own.len(), 2);
    assert!(invited.invitees[0].chairs());
}

#[test]
fn others_of_one_address_are_named_together() {
    let people = "people.eva = { name = 'Eva', party = 'uclg', email = 'upala@example.org' }\n";
    let invited = invited(people, "");
    assert_eq!(addresses(&invited), ["upala@example.org"]);
    assert_eq!(invited.invitees[0].recipient.name.es, "Upala y Eva");
}

#[test]
fn the_organizer_is_not_invited_by_itself() {
    let people = "people.ana = { name = 'Ana', party = 'secretariat', email = 'secretaria@EXAMPLE.org' }\n";
    let invited = invited(people, &format!("moderator = 'secretariat'\n{SLOT}speakers = ['ana']\n"));
    assert_eq!(addresses(&invited), ["upala@example.org"]);
    assert_eq!(unreached(&invited), ["panama"]);
}
