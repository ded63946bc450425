//! A programme of any size without findings: sessions of eight items on working days, with parties that
//! take turns.

use std::fs;
use std::path::Path;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use convoca::time::{Day, public_holiday};

const ITEMS: i64 = 8;
const MINUTES: i64 = 5;
/// So many working days there are from 2023 on for which holidays are known.
const DAYS: usize = 1_650;

/// Writes `group.toml` and a file a session. All parties are members, so that each has a letter that lists
/// every session. Up to a session a day; of more than there are days, several on each.
pub(crate) fn write(folder: &Path, sessions: usize, parties: usize, languages: &[&str]) {
    fs::create_dir_all(folder).expect("a folder");
    let mut group = format!(
        "id = 'big'\ndomain = 'example.org'\ntime-zone = 'America/Guatemala'\ncountries = ['CR', 'GT', 'HN', 'PA']\n\
         languages = {languages:?}\nname = {{ es = 'Grupo', en = 'Group' }}\n"
    );
    for party in 0..parties {
        let name = format!("name = {{ es = 'Municipalidad {party}', en = 'Town {party}' }}");
        group.push_str(&format!("[parties.party-{party}]\nkind = 'municipality'\nmember = true\ncountry = 'GT'\n{name}\n"));
    }
    fs::write(folder.join("group.toml"), group).expect("room on the disk");
    let a_day = sessions.div_ceil(DAYS);
    for (index, date) in working_days().flat_map(|date| std::iter::repeat_n(date, a_day)).enumerate().take(sessions) {
        let number = index + 1;
        let opens = NaiveTime::from_hms_opt(8, 0, 0).expect("an hour");
        let opens = opens + TimeDelta::minutes(i64::try_from(index % a_day).expect("a few") * ITEMS * MINUTES);
        let clock = |items: i64| (opens + TimeDelta::minutes(items * MINUTES)).format("'%H:%M'");
        let mut session = format!(
            "id = 'session-{number}'\nnumber = {number}\ndate = {date}\nmoderator = 'party-{}'\n\
             place = {{ es = 'Sala', en = 'Room' }}\ntitle = {{ es = 'Sesión {number}', en = 'Session {number}' }}\n",
            index % parties
        );
        for item in 0..ITEMS {
            let speaker = (index + usize::try_from(item).expect("a few") + 1) % parties;
            session.push_str(&format!(
                "[[slots]]\nstart = {}\nend = {}\ntitle = {{ es = 'Punto {item}', en = 'Item {item}' }}\nspeakers = ['party-{speaker}']\n",
                clock(item),
                clock(item + 1),
            ));
        }
        fs::write(folder.join(format!("{number:05}.toml")), session).expect("room on the disk");
    }
}

/// Days on which offices of all the countries are open.
fn working_days() -> impl Iterator<Item = NaiveDate> {
    use chrono::Datelike;
    let first = NaiveDate::from_ymd_opt(2023, 1, 9).expect("a Monday");
    let is_open = |date: &NaiveDate| {
        date.weekday().num_days_from_monday() < 5
            && ["CR", "GT", "HN", "PA"].into_iter().all(|country| public_holiday(country, *date) == Day::Working)
    };
    first.iter_days().filter(is_open)
}
