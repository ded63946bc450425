// @ts-check
// A date that suits: months as a heat map, what each day is to each country, and what to do with the one that is chosen.
import { useEffect, useRef, useState } from "preact/hooks";
import { Refused } from "./backend.js";
import { Choice, Detail, Hours, Told, Unfold, html, useWording } from "./parts.js";
import { act, asks, go, say, seen, state, t } from "./store.js";

/** @param {Date} day */
const iso = (day) => day.toISOString().slice(0, 10);
/** The first of a month so many months after another, in UTC as all dates here. @param {string} month @param {number} by */
const later = (month, by) => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + by, 1));
/** @param {Date} month */
const monthName = (month) => new Intl.DateTimeFormat(state.lang, { month: "long", year: "numeric", timeZone: "UTC" }).format(month);

/** What was looked for stays so from visit to visit. */
let asked = { month: "", months: 2, minutes: "", hours: "", without: /** @type {string[]} */ ([]), with: /** @type {string[]} */ ([]), day: "" };

export function Dates() {
  const [wanted, setWanted] = useState(asked);
  const [found, setFound] = useState(/** @type {any} */ (null));
  const [refusal, setRefusal] = useState(/** @type {any} */ (null));
  const { revision, today } = state.desk;
  const month = wanted.month || iso(later(today, 0));
  const minutes = wanted.minutes || String(usual());
  const want = (/** @type {Partial<typeof asked>} */ more) => {
    asked = { ...asked, ...more };
    setWanted(asked);
  };
  useEffect(() => {
    let gone = false;
    const last = new Date(later(month, wanted.months).getTime() - 86_400_000);
    asks().dates({ days: `${month}..${iso(last)}`, minutes: Number(minutes) || 90, hours: wanted.hours, with: wanted.with, without: wanted.without }).then((found) => !gone && (setFound(found), setRefusal(null)), (error) => {
      if (!gone && error instanceof Refused) (setRefusal(error.refusal), setFound(null));
    });
    return () => void (gone = true);
  }, [month, wanted.months, minutes, wanted.hours, wanted.with.join(), wanted.without.join(), revision]);
  const group = seen().group;
  const months = Array.from({ length: 24 }, (_, by) => later(today, by));
  const chosen = found?.days.find((/** @type {any} */ day) => day.date === wanted.day) ?? found?.days.find((/** @type {any} */ day) => day.date === found.proposals[0]?.date) ?? null;
  const members = group?.parties.filter((/** @type {any} */ party) => party.member) ?? [];
  const others = [...(group?.parties.filter((/** @type {any} */ party) => !party.member) ?? []).map((/** @type {any} */ party) => [party.id, say(party.label)]), ...(group?.people ?? []).map((/** @type {any} */ person) => [person.id, person.name])];
  const flip = (/** @type {"with" | "without"} */ list, /** @type {string} */ id) => want({ [list]: wanted[list].includes(id) ? wanted[list].filter((one) => one !== id) : [...wanted[list], id] });
  const typed = (/** @type {"minutes" | "hours"} */ key) => (/** @type {any} */ event) => want({ [key]: event.target.value.trim() });
  return html`<main id="main" tabindex="-1" class="view dates">
    <h1>${t("dates")}</h1>
    <div class="row filters">
      <${Choice} label=${t("fromMonth")} value=${month} options=${months.map((own) => [iso(own), monthName(own)])} onPick=${(/** @type {string} */ month) => want({ month, day: "" })} />
      <${Choice} label=${t("howLong")} value=${String(wanted.months)} options=${["1", "2", "3", "4", "6"].map((many) => [many, many])} onPick=${(/** @type {string} */ many) => want({ months: Number(many) })} />
      <label class="field"><span>${t("length")}</span><input type="text" inputmode="numeric" value=${minutes} onChange=${typed("minutes")} /></label>
      <label class="field"><span>${t("within")}</span><input type="text" placeholder="09:00-12:00" value=${wanted.hours} onChange=${typed("hours")} /></label>
    </div>
    <details><summary>${t("mustCome")}</summary><fieldset class="checks"><legend class="hidden">${t("mustCome")}</legend>
      ${members.map((/** @type {any} */ party) => html`<label key=${party.id}><input type="checkbox" checked=${!wanted.without.includes(party.id)} onChange=${() => flip("without", party.id)} /> ${say(party.label)}</label>`)}
      ${others.map(([id, name]) => html`<label key=${id}><input type="checkbox" checked=${wanted.with.includes(id)} onChange=${() => flip("with", id)} /> ${name}</label>`)}
    </fieldset></details>
    ${refusal && html`<p class="banner error" role="alert"><${Told} text=${refusal.reason} />${refusal.details.map((/** @type {any} */ detail) => html` <${Told} text=${detail} />`)}</p>`}
    ${!found && !refusal && html`<p class="quiet">${t("lookingFor")}</p>`}
    ${found && html`
      ${found.clash.length > 0 && html`<div class="banner warning"><div><p>${t("noneSuits")}</p><ul class="plain-list">${found.clash.map((/** @type {any} */ text) => html`<li>${say(text)}</li>`)}</ul></div></div>`}
      ${found.proposals.length > 0 && html`<section class="best" aria-labelledby="best"><h2 id="best">${t(found.clash.length ? "enoughOn" : "theBest")}</h2><div class="ways">${found.proposals.map((/** @type {any} */ one) => html`<button type="button" key=${one.date} aria-pressed=${chosen?.date === one.date} onClick=${() => want({ day: one.date })}><span class="day">${say(one.day)}</span> <span class="clock">${one.start}</span></button>`)}</div></section>`}
      <div class="desk when">
        <div class="months"><${Legend} />${split(found.days).map((days) => html`<${Month} key=${days[0].date} days=${days} chosen=${chosen?.date ?? days[0].date} onDay=${(/** @type {string} */ day) => want({ day })} />`)}<p class="quiet keys">${t("dayKeys")}</p></div>
        <${Detail} class="form" live all label=${t("chooseDay")}>${chosen ? html`<${Day} key=${chosen.date} day=${chosen} />` : html`<p class="quiet">${t("chooseDay")}</p>`}<//>
      </div>
      ${found.notChecked.length > 0 && html`<p class="quiet">${t("notChecked")} ${found.notChecked.map(say).join("; ")}</p>`}
      ${found.unplaced.length > 0 && html`<p class="quiet">${t("unplaced")} ${found.unplaced.map(say).join("; ")}</p>`}`}
  </main>`;
}

/** How long most sessions are. */
function usual() {
  const lengths = seen().sessions.flatMap((/** @type {any} */ one) => (one.time ? [one.time.to - one.time.from] : []));
  return lengths.sort((/** @type {number} */ a, /** @type {number} */ b) => lengths.filter((/** @type {number} */ own) => own === b).length - lengths.filter((/** @type {number} */ own) => own === a).length)[0] ?? 90;
}

/** The days month by month. @param {any[]} days */
function split(days) {
  /** @type {Map<string, any[]>} */
  const months = new Map();
  for (const day of days) months.set(day.date.slice(0, 7), [...(months.get(day.date.slice(0, 7)) ?? []), day]);
  return [...months.values()];
}

/** @param {any} day */
const kind = (day) => (!day.best ? "bad" : day.best.against.length ? "fair" : "good");
const MARKS = /** @type {const} */ ({ good: "suits", fair: "suitsWith", bad: "suitsNot" });

function Legend() {
  return html`<p class="legend">${/** @type {const} */ (["good", "fair", "bad"]).map((mark) => html`<span><span class=${`square ${mark}`} aria-hidden="true"></span>${t(MARKS[mark])}</span>`)}</p>`;
}

/** @param {{days: any[], chosen: string, onDay: (day: string) => void}} props */
function Month({ days, chosen, onDay }) {
  const grid = useRef(/** @type {HTMLElement | null} */ (null));
  const first = new Date(`${days[0].date}T00:00:00Z`);
  const lead = (first.getUTCDay() + 6) % 7;
  const names = Array.from({ length: 7 }, (_, day) => new Intl.DateTimeFormat(state.lang, { weekday: "short", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, 1 + day))));
  const here = days.some((day) => day.date === chosen) ? chosen : days[0].date;
  const key = (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = days.findIndex((day) => day.date === /** @type {HTMLElement} */ (event.target).dataset.date);
    const next = days[at + by];
    if (!next) return;
    onDay(next.date);
    /** @type {HTMLElement | null | undefined} */ (grid.current?.querySelector(`[data-date="${next.date}"]`))?.focus();
  };
  return html`<section class="month" aria-label=${monthName(first)}>
    <h3>${monthName(first)}</h3>
    <div class="weekdays" aria-hidden="true">${names.map((name) => html`<span>${name}</span>`)}</div>
    <div class="days" ref=${grid} onKeyDown=${key}>
      ${days.map((day, at) => html`<button type="button" key=${day.date} data-date=${day.date} tabindex=${day.date === here ? 0 : -1} aria-pressed=${day.date === chosen} class=${kind(day)} style=${at ? undefined : { gridColumnStart: lead + 1 }} aria-label=${`${say(day.day)}: ${t(MARKS[kind(day)])}${day.best ? `, ${t("bestAt", day.best.start)}` : ""}`} onClick=${() => onDay(day.date)}>
        <span>${Number(day.date.slice(8))}</span>
        <span class="bars">${day.countries.map((/** @type {any} */ country) => html`<span class=${country.suits ? (country.why.length ? "fair" : "good") : "bad"}></span>`)}</span>
      </button>`)}
    </div>
  </section>`;
}

/** What a day is, and what can be done with it. @param {{day: any}} props */
function Day({ day }) {
  const { best } = day;
  const names = new Map(seen().group.countries.map((/** @type {any} */ country) => [country.code, say(country.name)]));
  const movable = seen().sessions.filter((/** @type {any} */ one) => one.status !== "cancelled");
  return html`<div class="item">
    <h3 class="day">${say(day.day)}</h3>
    <p><span class=${`square ${kind(day)}`} aria-hidden="true"></span> <strong>${t(MARKS[/** @type {"good"} */ (kind(day))])}</strong></p>
    ${best && html`<${Hours} hours=${best.hours} />`}
    ${best && !best.against.length && html`<p class="quiet">${t("nothingAgainst")}</p>`}
    ${(best ? best.against : day.against).length > 0 && html`<div><p class="label">${t("against")}</p><ul class="plain-list bullets">${(best ? best.against : day.against).map((/** @type {any} */ text) => html`<li>${say(text)}</li>`)}</ul></div>`}
    <ul class="by-country">${day.countries.map((/** @type {any} */ country) => html`<li><span class=${`square ${country.suits ? (country.why.length ? "fair" : "good") : "bad"}`} aria-hidden="true"></span><strong>${names.get(country.code) ?? country.code}</strong> ${country.why.length ? country.why.map(say).join("; ") : t(country.suits ? "suitsOne" : "suitsNot")}</li>`)}</ul>
    ${best && html`<div class="ways">
      <${Unfold} label=${t("newThere")} class="main">${(/** @type {() => void} */ done) => html`<${NewThere} best=${best} done=${done} />`}<//>
      ${movable.length > 0 && html`<${Unfold} label=${t("moveThere")}>${(/** @type {() => void} */ done) => html`<${MoveThere} best=${best} sessions=${movable} done=${done} />`}<//>`}
    </div>`}
  </div>`;
}

/** @param {{best: any, done: () => void}} props */
function NewThere({ best, done }) {
  const { both, blank, fields } = useWording(t("title"));
  return html`<form
    onSubmit=${async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (await act({ do: "add-session", title: both, date: best.date, hours: [best.start, best.end] })) {
        done();
        go({ view: "session", session: state.desk.sessions.find((/** @type {any} */ one) => one.date === best.date)?.id });
      }
    }}
  >
    ${fields}
    <button class="main" disabled=${blank}>${t("add")}</button>
  </form>`;
}

/** @param {{best: any, sessions: any[], done: () => void}} props */
function MoveThere({ best, sessions, done }) {
  const [id, setId] = useState(sessions[0].id);
  return html`<form
    onSubmit=${async (/** @type {Event} */ event) => {
      event.preventDefault();
      const session = sessions.find((one) => one.id === id);
      if (await act({ do: "move-session", session: id, date: best.date, start: session?.time ? best.start : null })) {
        done();
        go({ view: "session", session: id });
      }
    }}
  >
    <${Choice} label=${t("whichSession")} value=${id} options=${sessions.map((one) => [one.id, `${say(one.name)} · ${say(one.title)}`])} onPick=${setId} />
    <button class="main">${t("move")}</button>
  </form>`;
}
