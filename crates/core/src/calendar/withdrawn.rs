//! Sessions that calendars know and that have no place in the programme now: they stay, as cancelled.

use super::revisions::{Why, Withdrawn};
use super::{Event, FILE, Status, Transparency};
use crate::locale::{Lang, Text};
use crate::model::Programme;
use crate::text;
use crate::time::Zone;

/// As it was told last; `None` where its zone is not known any more.
pub(super) fn event(programme: &Programme, withdrawn: &Withdrawn, lang: Lang) -> Option<Event> {
    let Withdrawn { told, why, created } = withdrawn;
    let (mark, said) = match why {
        Why::Gone => (
            Text::fixed("CANCELLED", "CANCELADA"),
            Text::fixed("This session is no longer in the programme.", "Esta sesión ya no está en el programa."),
        ),
        Why::NotTheirs => (
            Text::fixed("CANCELLED", "CANCELADO"),
            Text::fixed("You have no part in this item any more.", "Usted ya no tiene un papel en este punto."),
        ),
        Why::Untimed => (
            Text::fixed("DATE TO BE CONFIRMED", "FECHA POR CONFIRMAR"),
            Text::fixed(
                "This session does not take place at this time; its new date and hour are to be confirmed.",
                "Esta sesión no se celebra a esta hora; su nueva fecha y hora están por confirmar.",
            ),
        ),
    };
    let group = &programme.group;
    Some(Event {
        uid: told.uid.clone(),
        stamp: told.stamp,
        modified: told.stamp,
        created: *created,
        sequence: told.sequence,
        start: told.start,
        end: told.end,
        zone: Zone::named(&told.zone)?,
        status: Status::Cancelled,
        transparency: Transparency::Free,
        lang: group.tag(lang),
        summary: format!("{}: {}", mark.get(lang), told.summary.get(lang)),
        description: said.get(lang).to_owned(),
        html: None,
        comment: None,
        location: None,
        url: None,
        conference: None,
        categories: vec![group.short_name().get(lang).to_owned()],
        organizer: super::publish::announcer(group, lang),
        attendees: Vec::new(),
        alarm: None,
        days: Vec::new(),
        contact: None,
        attachments: Vec::new(),
    })
}

/// What is to be told of one whose file is gone.
pub(super) fn note(withdrawn: &Withdrawn) -> Option<Text> {
    let Withdrawn { told, why, .. } = withdrawn;
    (*why == Why::Gone).then(|| {
        text!(l, title = told.summary.get(l), session = &told.session;
            "“{title}” stays in the calendar as cancelled, since its file is gone; if nobody ever saw it, delete the lines of `{session}` in `{FILE}`, and if it is called otherwise now, write `formerly = \"{session}\"` in its file",
            "«{title}» sigue en el calendario como cancelada, porque su archivo ya no está; si nadie llegó a verla, borre los renglones de `{session}` en `{FILE}`, y si ahora tiene otro identificador, escriba `formerly = \"{session}\"` en su archivo")
    })
}
