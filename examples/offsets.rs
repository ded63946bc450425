//! Answers the test of time-zone rules (`tests/independent/zone_rules.py`): for each line
//! `ZONE SECONDS` of standard input, the seconds to the east of UTC at that instant, and with `zones`
//! as the argument the zones of every country.

use std::io::{BufRead, Write, stdin, stdout};

use chrono::DateTime;
use convoca::time::{Zone, countries, release};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(stdout().lock());
    if std::env::args().nth(1).as_deref() == Some("zones") {
        writeln!(out, "{}", release())?;
        for zone in countries().flat_map(|country| country.zones) {
            writeln!(out, "{zone}")?;
        }
        return Ok(());
    }
    let mut known: Option<Zone> = None;
    for line in stdin().lock().lines() {
        let line = line?;
        let Some((name, seconds)) = line.split_once(' ') else { continue };
        if known.as_ref().is_none_or(|zone| zone.name() != name) {
            known = Zone::named(name);
        }
        let instant = seconds.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        match known.as_ref().zip(instant) {
            Some((zone, instant)) => writeln!(out, "{}", zone.local(instant).offset)?,
            None => writeln!(out, "?")?,
        }
    }
    Ok(())
}
