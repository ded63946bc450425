// node-ical: paths of files on standard input, one JSON a line. It splits categories at escaped commas, and
// quoted parameters at semicolons, and leaves X- properties out: those are not asked of it.
const { readFileSync } = require("node:fs");
const ical = require("node-ical");

const text = (value) => (value === undefined ? "" : typeof value === "object" ? value.val : value);
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const instant = (date) => date.toISOString().replace(".000Z", "Z");
const person = ({ params, val }) => ({
  ...(params.CN?.startsWith('"') ? {} : { cn: params.CN ?? "" }), role: params.ROLE ?? "", status: params.PARTSTAT ?? "", kind: params.CUTYPE ?? "", rsvp: String(params.RSVP ?? "").toUpperCase(),
  mail: val.replace(/^mailto:/, ""),
});

function read(file) {
  const parts = Object.values(ical.sync.parseICS(file));
  const events = parts.filter((part) => part.type === "VEVENT").map((event) => ({
    uid: event.uid, sequence: Number(event.sequence), stamp: instant(event.dtstamp), start: instant(event.start), end: instant(event.end),
    summary: text(event.summary), description: text(event.description), location: text(event.location), status: event.status,
    transparency: event.transparency, url: text(event.url),
    organizer: (({ cn, mail }) => ({ cn, mail }))(person(event.organizer)), attendees: list(event.attendee).map(person),
    alarms: list(event.alarms).length,
  }));
  return { method: parts.find((part) => part.type === "VEVENT").method, events };
}

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) console.log(JSON.stringify(read(readFileSync(path, "utf8"))));
