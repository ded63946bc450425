// ical.js, the reader of Thunderbird: paths of files on standard input, one JSON a line.
const { readFileSync } = require("node:fs");
const loaded = require("ical.js");
const ICAL = loaded.default ?? loaded;

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = new Map(calendar.getAllSubcomponents("vtimezone").map((zone) => [zone.getFirstPropertyValue("tzid"), new ICAL.Timezone(zone)]));
  const instant = (event, name) => {
    const property = event.getFirstProperty(name);
    const time = property.getFirstValue().clone();
    const tzid = property.getParameter("tzid");
    if (tzid) time.zone = zones.get(tzid);
    return time.convertToZone(ICAL.Timezone.utcTimezone).toString();
  };
  const person = (property) => ({
    cn: property.getParameter("cn") ?? "", role: property.getParameter("role") ?? "", status: property.getParameter("partstat") ?? "",
    kind: property.getParameter("cutype") ?? "", rsvp: property.getParameter("rsvp") ?? "",
    mail: property.getFirstValue().replace(/^mailto:/, ""),
  });
  // ical.js does not unescape X- properties, whose type it cannot know.
  const text_of = (escaped) => escaped.replace(/\\(.)/gs, (_, letter) => (letter === "n" || letter === "N" ? "\n" : letter));
  const events = calendar.getAllSubcomponents("vevent").map((event) => {
    const value = (name) => event.getFirstPropertyValue(name) ?? "";
    const organizer = person(event.getFirstProperty("organizer"));
    return {
      uid: value("uid"), sequence: value("sequence"), stamp: instant(event, "dtstamp"),
      start: instant(event, "dtstart"), end: instant(event, "dtend"), summary: value("summary"),
      description: value("description"), html: text_of(value("x-alt-desc")), location: value("location"), status: value("status"),
      transparency: value("transp"), url: value("url"), categories: event.getFirstProperty("categories").getValues(),
      organizer: { cn: organizer.cn, mail: organizer.mail },
      attendees: event.getAllProperties("attendee").map(person), alarms: event.getAllSubcomponents("valarm").length,
      contact: value("contact"), attached: event.getAllProperties("attach").map((property) => property.getFirstValue()),
      call: value("conference"),
      // As Thunderbird shows it (calItemBase: descriptionHTML).
      shown: decodeURIComponent((event.getFirstProperty("description").getParameter("altrep") ?? "").replace(/^data:text\/html,/, "")),
    };
  });
  const top = (name) => calendar.getFirstPropertyValue(name) ?? "";
  return { method: top("method"), source: top("source"), name: text_of(top("x-wr-calname")), events };
}

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) console.log(JSON.stringify(read(readFileSync(path, "utf8"))));
