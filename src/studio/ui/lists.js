// @ts-check
// What stands in lists: documents with their addresses, holidays, absences.
import { useState } from "preact/hooks";
import { BothFields, Choice, Field, Switch, Unfold, html, useWording } from "./parts.js";
import { act, say, seen, state, t } from "./store.js";

/** Takes one out. @param {{of: object, list: string, at: number, name: string}} props */
const Out = ({ of, list, at, name }) => html`<button type="button" class="plain" aria-label=${t("removeWho", name)} onClick=${() => act({ do: "remove-listed", of, list, at })}>✕</button>`;

/** A field that is typed before anything is done. @param {{label: string, value: string, onType: (typed: string) => void, hint?: string, wide?: boolean, required?: boolean}} props */
const Typed = ({ label, value, onType, hint, wide, required }) => html`<label class=${`field ${wide ? "wide" : ""}`}><span>${label}</span><input type="text" required=${required} placeholder=${hint} value=${value} onInput=${(/** @type {any} */ event) => onType(event.target.value)} /></label>`;

/** A form that does something and then goes. @param {() => Promise<boolean>} doIt @param {() => void} done */
const submit = (doIt, done) => async (/** @type {Event} */ event) => {
  event.preventDefault();
  if (await doIt()) done();
};

/** Documents of a session or an item. @param {{of: object, documents: any[], focus?: string}} props */
export function Links({ of, documents, focus }) {
  const wanted = focus?.match(/^documents\.(\d+)/)?.[1];
  return html`<div class="listed" role="group" aria-label=${t("linked")}>
    <p class="label">${t("linked")}</p>
    ${documents.length > 0 && html`<ul>${documents.map((one, at) => html`<li key=${at}>
      <${Unfold} label=${say(one.title) || one.link || t("item", at + 1)} class="plain" begun=${wanted === String(at)}>
        <${BothFields} label=${t("title")} value=${one.title} command=${(/** @type {string} */ to, /** @type {string} */ lang) => ({ do: "field", of, field: `documents.${at}.title.${lang}`, to })} />
        <${Field} wide label=${t("address")} value=${one.link ?? ""} focus=${focus === `documents.${at}.link`} command=${(/** @type {string} */ to) => (to.trim() ? { do: "field", of, field: `documents.${at}.link`, to: to.trim() } : null)} />
      <//>
      <span class="quiet host">${host(one.link)}</span>
      <${Out} of=${of} list="documents" at=${at} name=${say(one.title)} />
    </li>`)}</ul>`}
    <${Unfold} label=${`+ ${t("addLink")}`} class="plain">${(/** @type {() => void} */ done) => html`<${NewLink} of=${of} done=${done} />`}<//>
  </div>`;
}

/** The part of an address that people know. @param {string | null} link */
function host(link) {
  try {
    return link ? new URL(link).host : "";
  } catch {
    return link ?? "";
  }
}

/** @param {{of: object, done: () => void}} props */
function NewLink({ of, done }) {
  const { both, blank, fields } = useWording(t("title"));
  const [link, setLink] = useState("");
  return html`<form onSubmit=${submit(() => act({ do: "add-listed", to: of, listed: { kind: "document", title: both, link } }), done)}>
    ${fields}
    <${Typed} wide required label=${t("address")} hint=${"https:" + "//"} value=${link} onType=${setLink} />
    <button class="main" disabled=${blank || !link.trim()}>${t("add")}</button>
  </form>`;
}

/** When an organisation or a person cannot attend. @param {{of: object, absences: any[]}} props */
export function Absences({ of, absences }) {
  return html`<div class="listed" role="group" aria-label=${t("absences")}>
    <p class="label">${t("absences")}</p>
    ${absences.length > 0 && html`<ul>${absences.map((one, at) => html`<li key=${at}><span>${absence(one)}${one.reason && html` <span class="quiet">· ${one.reason}</span>`}</span> <${Out} of=${of} list="absences" at=${at} name=${absence(one)} /></li>`)}</ul>`}
    <${Unfold} label=${`+ ${t("addAbsence")}`} class="plain">${(/** @type {() => void} */ done) => html`<${NewAbsence} of=${of} done=${done} />`}<//>
  </div>`;
}

/** @param {any} one */
function absence({ from, to, weekdays, start, end }) {
  const days = from && to ? (say(from) === say(to) ? say(from) : t("fromTo", say(from), say(to))) : from ? t("fromOn", say(from)) : to ? t("untilDay", say(to)) : "";
  const hours = start || end ? `${start ?? "00:00"}–${end ?? "24:00"}` : "";
  return [days, weekdays.map(say).join(", "), hours].filter(Boolean).join(" · ") || t("always");
}

/** @param {{of: object, done: () => void}} props */
function NewAbsence({ of, done }) {
  const [[from, to, reason], set] = useState(["", "", ""]);
  return html`<form onSubmit=${submit(() => act({ do: "add-listed", to: of, listed: { kind: "absence", from, to, reason } }), done)}>
    <${Typed} label=${t("firstDay")} hint=${t("dayHint")} value=${from} onType=${(/** @type {string} */ typed) => set([typed, to, reason])} />
    <${Typed} label=${t("lastDay")} hint=${t("dayHint")} value=${to} onType=${(/** @type {string} */ typed) => set([from, typed, reason])} />
    <${Typed} wide label=${t("why")} value=${reason} onType=${(/** @type {string} */ typed) => set([from, to, typed])} />
    <button class="main" disabled=${!from.trim() && !to.trim()}>${t("add")}</button>
  </form>`;
}

/** Days that the tables of holidays do not have. */
export function Holidays() {
  const { group } = seen();
  const of = { kind: "group" };
  const names = new Map(group.countries.map((/** @type {any} */ one) => [one.code, say(one.name)]));
  const parties = new Map(group.parties.map((/** @type {any} */ one) => [one.id, say(one.label)]));
  return html`<section aria-labelledby="holidays">
    <h2 id="holidays">${t("holidays")}</h2>
    <p class="quiet">${t("holidaysWhy")}</p>
    ${group.holidays?.length > 0 && html`<ul class="listed plain-list">${group.holidays.map((/** @type {any} */ one, /** @type {number} */ at) => {
      const whose = [...one.countries.map((/** @type {string} */ code) => names.get(code) ?? code), ...one.parties.map((/** @type {string} */ id) => parties.get(id) ?? id)];
      const what = [say(one.day), one.yearly && t("everyYear"), one.from && t("fromHour", one.from), one.working && t("worked")].filter(Boolean).join(" · ");
      return html`<li key=${at}><span><strong>${say(one.name) || say(one.day)}</strong> <span class="quiet">${say(one.name) ? what : ""}${whose.length ? ` · ${whose.join(", ")}` : ""}</span></span> <${Out} of=${of} list="holidays" at=${at} name=${say(one.name) || say(one.day)} /></li>`;
    })}</ul>`}
    <${Unfold} label=${`+ ${t("addHoliday")}`}>${(/** @type {() => void} */ done) => html`<${NewHoliday} done=${done} />`}<//>
  </section>`;
}

/** @param {{done: () => void}} props */
function NewHoliday({ done }) {
  const { both, fields } = useWording(t("whatIsIt"));
  const [date, setDate] = useState("");
  const [whose, setWhose] = useState("");
  const [[yearly, working], set] = useState([false, false]);
  const { countries, parties } = state.desk.group;
  const listed = { kind: "holiday", date, name: both, yearly, working, countries: whose.startsWith("=") ? [whose.slice(1)] : [], parties: whose && !whose.startsWith("=") ? [whose] : [] };
  const options = [["", t("everybody")], ...countries.map((/** @type {any} */ one) => [`=${one.code}`, say(one.name)]), ...parties.filter((/** @type {any} */ one) => one.member).map((/** @type {any} */ one) => [one.id, say(one.label)])];
  return html`<form onSubmit=${submit(() => act({ do: "add-listed", to: { kind: "group" }, listed }), done)}>
    <${Typed} required label=${t("date")} hint=${t("dayHint")} value=${date} onType=${setDate} />
    <${Choice} label=${t("whose")} value=${whose} options=${options} onPick=${setWhose} />
    ${fields}
    <${Switch} label=${t("everyYear")} checked=${yearly} onFlip=${(/** @type {boolean} */ on) => set([on, working])} />
    <${Switch} label=${t("workedAfterAll")} checked=${working} onFlip=${(/** @type {boolean} */ on) => set([yearly, on])} />
    <button class="main" disabled=${!date.trim()}>${t("add")}</button>
  </form>`;
}

/** From when until when people work. @param {{of: object, field: string, hours: any, usual?: any}} props */
export function WorkingHours({ of, field, hours, usual }) {
  const put = (/** @type {string} */ key) => (/** @type {string} */ hour) => ({ do: "field", of, field: `${field}.${key}`, to: hour.trim() ? { hour } : null });
  return html`<div class="row fields hours-of" role="group" aria-label=${t("workingHours")}>
    <${Field} label=${t("workBegins")} hint=${usual?.start ?? t("asCountry")} value=${hours?.start ?? ""} command=${put("start")} />
    <${Field} label=${t("workEnds")} hint=${usual?.end ?? t("asCountry")} value=${hours?.end ?? ""} command=${put("end")} />
  </div>`;
}
