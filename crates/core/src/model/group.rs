//! The working group, its parties and its people.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::{Absence, Actor, AddedHoliday, Hours, PartyId, PersonId, WorkingHours};
use crate::diagnostics::{At, Span};
use crate::locale::{Lang, LanguageTag, Text, dates};
use crate::schema::{GroupTexts, HourStyle, PartyKind, PartyTexts, PersonTexts};
use crate::time::{LocalHour, Place, Zone, local_hours, place_name, worded_hour};

#[derive(Clone, Debug)]
pub struct Group {
    pub id: String,
    /// What stands behind the @ in calendar UIDs.
    pub domain: String,
    pub languages: Vec<Lang>,
    pub zone: Zone,
    pub members: Vec<Member>,
    /// Where parties and people are whose clocks are not those of a member country.
    pub advisors: Vec<Place>,
    pub texts: GroupTexts,
    pub created: Option<NaiveDate>,
    pub presidency: Option<PartyId>,
    pub secretariat: Option<PartyId>,
    pub quorum: Quorum,
    pub organizer: Option<Organizer>,
    pub parties: Vec<Party>,
    pub people: Vec<Person>,
    /// How documents write the hours of each place.
    pub hours: HourStyle,
    pub holidays: Vec<AddedHoliday>,
    /// By ISO 3166-1 code, where the group says them.
    pub working_hours: Vec<(&'static str, WorkingHours)>,
    /// How many days before a session everything is known and sent.
    pub notice_days: Option<At<u32>>,
    /// Whether calls are open to everybody, where a session does not say otherwise.
    pub publish_join_link: bool,
    /// Where what is public stands on the web; ends in `/`.
    pub publish_url: Option<String>,
}

impl Group {
    /// For calendars and headings: the full name where no shorter one is written.
    pub fn short_name(&self) -> &Text {
        self.texts.short_name.as_ref().unwrap_or(&self.name)
    }

    pub fn party(&self, id: PartyId) -> &Party {
        &self.parties[id.0]
    }

    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.0]
    }

    /// How what the group hands out says in which language it is: as it is written where the presidency sits.
    pub fn tag(&self, lang: Lang) -> LanguageTag {
        let presidency = self.presidency.and_then(|party| self.party(party).country.as_ref());
        LanguageTag::new(lang, presidency.map(|(code, _)| *code))
    }

    /// The person or party of an id.
    pub fn actor(&self, id: &str) -> Option<Actor> {
        let person = self.people.iter().position(|person| person.id == id).map(|index| Actor::Person(PersonId(index)));
        person.or_else(|| self.parties.iter().position(|party| party.id == id).map(|index| Actor::Party(PartyId(index))))
    }

    /// Who answers for the documents.
    pub fn signer(&self) -> Option<PartyId> {
        self.organizer.as_ref().map(|organizer| organizer.party).or(self.secretariat).or(self.presidency)
    }

    /// What the clocks of the group show, as seen from a day: those of the members, first those that agree
    /// with a session's own clock, and apart from them those of advisors.
    pub fn local_hours(&self, own: &Zone, start: DateTime<Utc>, end: DateTime<Utc>, day: NaiveDate) -> Vec<LocalHour<'_>> {
        let mut members: Vec<&Place> = self.members.iter().map(|member| &member.place).collect();
        members.sort_by_key(|place| place.zone.local(start).time != own.local(start).time);
        let mut hours = local_hours(members, start, end, day);
        hours.extend(local_hours(&self.advisors, start, end, day));
        hours
    }

    /// The place whose clocks a zone tells: a country of the group where one has that zone.
    pub fn place_at(&self, zone: &Zone) -> Place {
        let known = self.places().find(|place| place.zone.name() == zone.name());
        known.cloned().unwrap_or_else(|| Place { name: place_name(zone), zone: zone.clone() })
    }

    /// Where somebody's hour is: a person's own zone goes before that of the party.
    pub fn place_of(&self, who: &Actor) -> Option<Place> {
        let (own, party) = match who {
            Actor::Party(party) => (None, Some(self.party(*party))),
            Actor::Person(person) => (self.person(*person).zone.as_ref(), self.person(*person).party.map(|id| self.party(id))),
            Actor::Described(_) => return None,
        };
        let zone = own.or(party.and_then(|party| party.zone.as_ref()))?;
        let party = party.filter(|party| party.zone.as_ref() == Some(zone));
        let city = party.and_then(|party| party.city.clone());
        let country = party.and_then(|party| party.country.as_ref());
        let is_member = |member: &&Member| country.is_some_and(|(code, _)| *code == member.code) && member.place.zone == *zone;
        let country = || self.members.iter().find(is_member).map(|member| member.place.name.clone());
        Some(Place { name: city.or_else(country).unwrap_or_else(|| place_name(zone)), zone: zone.clone() })
    }

    /// An hour as the documents of the group write it.
    pub fn worded_hour(&self, lang: Lang, zone: &Zone, time: NaiveTime) -> String {
        match self.hours {
            HourStyle::Country => worded_hour(lang, zone, time),
            HourStyle::TwentyFour => dates::clock(time),
        }
    }

    /// A stretch of time by a zone's clock: "10:00–10:05", "10:00–10:05 a. m."; what both hours share is said once.
    pub fn span(&self, lang: Lang, zone: &Zone, (start, end): (DateTime<Utc>, DateTime<Utc>)) -> String {
        let [start, end] = self.worded_hours(lang, zone, [start, end].map(|instant| zone.local(instant).time.time()));
        format!("{start}–{end}")
    }

    /// The hours of an item as they are told: "10:00–10:40", "10:00" for one that lasts until the next, "(10:40)"
    /// where the start follows from what is before it.
    pub fn item_hours(&self, lang: Lang, zone: &Zone, hours: &Hours) -> String {
        let [start, end] = self.item_bounds(lang, zone, hours);
        start + &end
    }

    /// The same in two: the start, then what stands behind it.
    pub fn item_bounds(&self, lang: Lang, zone: &Zone, hours: &Hours) -> [String; 2] {
        let clocks = [hours.time.start, hours.time.end].map(|instant| zone.local(instant).time.time());
        let [mut start, end] = match hours.shows_end {
            true => self.worded_hours(lang, zone, clocks),
            false => clocks.map(|clock| self.worded_hour(lang, zone, clock)),
        };
        if hours.approximate {
            start = format!("{}\u{a0}{start}", Text::fixed("about", "hacia").get(lang));
        }
        if hours.follows {
            start = format!("({start})");
        }
        [start, if hours.shows_end { format!("–{end}") } else { String::new() }]
    }

    /// The two hours of a stretch.
    pub fn worded_hours(&self, lang: Lang, zone: &Zone, hours: [NaiveTime; 2]) -> [String; 2] {
        let [mut start, end] = hours.map(|time| self.worded_hour(lang, zone, time));
        if let (Some((hour, half)), Some((_, other))) = (start.split_once('\u{a0}'), end.split_once('\u{a0}'))
            && half == other
        {
            start.truncate(hour.len());
        }
        [start, end]
    }

    /// The places whose hours every agenda shows: the member countries, then those of advisors.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.members.iter().map(|member| &member.place).chain(&self.advisors)
    }
}

impl Actor {
    /// How agendas call them.
    pub fn label(&self, group: &Group, lang: Lang) -> String {
        match self {
            Actor::Party(id) => group.party(*id).label(lang),
            Actor::Person(id) => {
                let person = group.person(*id);
                let post = person.role.as_ref().map(|role| role.get(lang).to_owned());
                let beside: Vec<String> =
                    post.into_iter().chain(person.party.map(|party| group.party(party).label(lang))).collect();
                match beside.is_empty() {
                    true => person.name.clone(),
                    false => format!("{} ({})", person.name, beside.join(", ")),
                }
            }
            Actor::Described(text) => text.get(lang).to_owned(),
        }
    }
}

/// A member country.
#[derive(Clone, Debug)]
pub struct Member {
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    pub place: Place,
}

/// How many have to accept, for a session to be held; nothing set, no quorum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quorum {
    /// Members of the group.
    pub parties: Option<u32>,
    /// Countries of members.
    pub countries: Option<u32>,
}

#[derive(Clone, Debug)]
pub struct Organizer {
    pub party: PartyId,
    pub email: String,
    /// Who sends in its name, where it is not its own address (SENT-BY, RFC 5545 §3.2.18).
    pub sender: Option<String>,
    /// Its address in ledgers that do not say it.
    pub formerly: Option<String>,
}

impl Organizer {
    /// The address from which invitations go out.
    pub fn sends(&self) -> &str {
        self.sender.as_ref().unwrap_or(&self.email)
    }
}

#[derive(Clone, Debug)]
pub struct Party {
    pub id: String,
    pub span: Span,
    pub kind: PartyKind,
    pub member: bool,
    /// ISO 3166-1 alpha-2, and its name.
    pub country: Option<(&'static str, Text)>,
    pub zone: Option<Zone>,
    /// Among them the city: what its place is called, where no country says it.
    pub texts: PartyTexts,
    pub aliases: Vec<String>,
    /// Where they are not those of its country.
    pub working_hours: Option<WorkingHours>,
    pub absences: Vec<Absence>,
    /// Never shown to others.
    pub email: Option<At<String>>,
    /// Other addresses from which it answers.
    pub also: Vec<At<String>>,
    /// Who gets a copy of every mail.
    pub copy: Vec<At<String>>,
    pub language: Option<Lang>,
}

impl Party {
    /// How agendas call it: the acronym where it has one, a municipality with its country.
    pub fn label(&self, lang: Lang) -> String {
        match (&self.acronym, &self.country) {
            (Some(acronym), _) => acronym.get(lang).to_owned(),
            (None, Some((_, country))) if self.kind == PartyKind::Municipality => {
                format!("{} ({})", self.name.get(lang), country.get(lang))
            }
            _ => self.name.get(lang).to_owned(),
        }
    }

    /// Every name it goes by.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let texts = [Some(&self.name.value), self.short_name.as_ref(), self.acronym.as_ref()];
        let texts = texts.into_iter().flatten().flat_map(|text| Lang::ALL.map(|lang| text.get(lang)));
        std::iter::once(self.id.as_str()).chain(texts).chain(self.aliases.iter().map(String::as_str))
    }
}

#[derive(Clone, Debug)]
pub struct Person {
    pub id: String,
    pub span: Span,
    pub name: String,
    pub party: Option<PartyId>,
    pub texts: PersonTexts,
    /// Where it is not the party's.
    pub zone: Option<Zone>,
    pub absences: Vec<Absence>,
    /// Never shown to others.
    pub email: Option<At<String>>,
    /// Other addresses from which they answer.
    pub also: Vec<At<String>>,
    /// Who gets a copy of every mail.
    pub copy: Vec<At<String>>,
    pub language: Option<Lang>,
}
