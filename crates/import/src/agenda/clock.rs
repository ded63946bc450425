//! Hours as minutes.

/// The literal minutes of an hour.
pub(crate) fn minutes_of(hour: &crate::grammar::Hour) -> u16 {
    use crate::grammar::Half;
    let own = match (hour.hour, hour.half) {
        (12, Some(Half::Am)) => 0,
        (12, _) => 12,
        (own, Some(Half::Pm)) if own < 12 => own + 12,
        (own, _) => own % 24,
    };
    u16::from(own) * 60 + u16::from(hour.minute)
}
