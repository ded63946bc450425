//! Instants as calendars write them ("20221001T000000Z").

use chrono::{DateTime, NaiveDate, Utc};

pub(crate) fn serialize<S: serde::Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&at.format("%Y%m%dT%H%M%SZ"))
}

/// By its places: a general parser takes as long as the rest of the line.
pub(crate) fn parse(text: Option<&str>) -> Option<DateTime<Utc>> {
    let text = text.filter(|text| text.len() == 16 && text.ends_with('Z'))?;
    let number = |from: usize, to: usize| {
        let digits = text.get(from..to).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        digits.parse::<u32>().ok()
    };
    let date = NaiveDate::from_ymd_opt(i32::try_from(number(0, 4)?).ok()?, number(4, 6)?, number(6, 8)?)?;
    let time = date.and_hms_opt(number(9, 11)?, number(11, 13)?, number(13, 15)?)?;
    text[8..].starts_with('T').then(|| time.and_utc())
}
