// @ts-check
// Who belongs to the group.
import { useState } from "preact/hooks";
import { Contacts } from "./contacts.js";
import { FindingList } from "./findings.js";
import { Absences, Holidays, WorkingHours } from "./lists.js";
import { BothFields, Choice, Field, Switch, Unfold, html, standing, useWording, wrongIn } from "./parts.js";
import { line } from "./session.js";
import { act, go, say, seen, state, t } from "./store.js";

const KINDS = /** @type {const} */ (["municipality", "agency", "network", "secretariat", "team", "panel", "other"]);

/** Letters without accents, for comparing. @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function Group() {
  const [filter, setFilter] = useState("");
  const { group } = seen();
  if (!group) return html`<main id="main" tabindex="-1" class="view"><h1>${t("people")}</h1></main>`;
  const fits = (/** @type {string} */ text) => plain(text).includes(plain(filter));
  const people = group.people.filter((/** @type {any} */ person) => fits(`${person.name} ${person.party ?? ""}`));
  const parties = group.parties.filter((/** @type {any} */ party) => fits(`${party.label.es} ${party.label.en} ${party.name?.es} ${party.name?.en}`));
  const open = state.at.focus;
  return html`<main id="main" tabindex="-1" class="view">
    <h1>${t("people")}</h1>
    <label class="field"><span>${t("filter")}</span><input type="search" value=${filter} onInput=${(/** @type {any} */ event) => setFilter(event.target.value)} /></label>
    <section aria-labelledby="persons">
      <div class="row head"><h2 id="persons">${t("persons")}</h2>
      <div class="ways"><${Unfold} label=${`+ ${t("newPerson")}`}>${(/** @type {() => void} */ done) => html`<${NewPerson} done=${done} />`}<//>
      <${Unfold} label=${`+ ${t("fromContacts")}`}>${(/** @type {() => void} */ done) => html`<${Contacts} done=${done} />`}<//></div></div>
      <ul class="entries">${people.map((/** @type {any} */ person) => html`<${Person} key=${person.id} person=${person} open=${open === person.id} />`)}</ul>
      ${!people.length && html`<p class="quiet">${t("nobody")}</p>`}
    </section>
    <section aria-labelledby="organisations">
      <div class="row head"><h2 id="organisations">${t("organisations")}</h2>
      <${Unfold} label=${`+ ${t("newParty")}`}>${(/** @type {() => void} */ done) => html`<${NewParty} done=${done} />`}<//></div>
      <ul class="entries">${parties.map((/** @type {any} */ party) => html`<${Party} key=${party.id} party=${party} open=${open === party.id} />`)}</ul>
    </section>
    ${!filter && html`<${Countries} /><${Holidays} /><${Quorum} />`}
  </main>`;
}

/** @param {string} id */
const own = (id) => standing().filter((/** @type {any} */ finding) => finding.subject.id === id && ["party", "person"].includes(finding.subject.kind));

/** @param {{id: string, name: string, more: string, open: boolean, children?: any}} props */
function Entry({ id, name, more, open, children }) {
  return html`<li class=${open ? "open" : ""}>
    <button type="button" class="head" data-id=${id} aria-expanded=${open} onClick=${() => go({ view: "people", focus: open ? undefined : id })}><strong>${name}</strong> <span class="quiet">${more}</span></button>
    ${open && html`<div class="inside">${own(id).length > 0 && html`<${FindingList} findings=${own(id)} here />`}${children}</div>`}
  </li>`;
}

/** @param {object} of */
const language = (of) => (/** @type {string} */ to) => act({ do: "field", of, field: "language", to: to || null });
/** @returns {[string, string][]} */
const languages = () => [["", t("either")], ["es", t("inSpanish")], ["en", t("inEnglish")]];
/** @returns {[string, string][]} */
const parties = () => [["", t("none")], ...state.desk.group.parties.map((/** @type {any} */ party) => [party.id, say(party.label)])];

/** @param {{person: any, open: boolean}} props */
function Person({ person, open }) {
  const of = { kind: "person", id: person.id };
  const party = state.desk.group.parties.find((/** @type {any} */ one) => one.id === person.party);
  const more = [party && say(party.label), person.role && say(person.role), !person.email && t("noEmail")].filter(Boolean).join(" · ");
  return html`<${Entry} id=${person.id} name=${person.name} more=${more} open=${open}>
    <div class="row fields">
      <${Field} label=${t("name")} value=${person.name} command=${(/** @type {string} */ to) => (to.trim() ? { do: "field", of, field: "name", to } : null)} />
      <${Field} label=${t("email")} hint=${t("emailHint")} value=${person.email ?? ""} wrong=${wrongIn(own(person.id), "email")} command=${(/** @type {string} */ to) => ({ do: "field", of, field: "email", to })} />
      <${Choice} label=${t("organisation")} value=${person.party ?? ""} options=${parties()} onPick=${(/** @type {string} */ to) => act({ do: "field", of, field: "party", to: to || null })} />
      <${Choice} label=${t("writtenIn")} value=${person.language ?? ""} options=${languages()} onPick=${language(of)} />
    </div>
    <${BothFields} label=${t("position")} value=${person.role ?? { es: "", en: "" }} command=${line(of, "role")} />
    <${Absences} of=${of} absences=${person.absences ?? []} />
  <//>`;
}

/** @param {{party: any, open: boolean}} props */
function Party({ party, open }) {
  const of = { kind: "party", id: party.id };
  const countries = state.desk.group.countries;
  const country = countries.find((/** @type {any} */ one) => one.code === party.country);
  // What its name says already is not said again.
  const name = say(party.label);
  const told = [t(/** @type {"agency"} */ (party.kind)), country ? say(country.name) : party.country].filter((word) => word && !plain(name).includes(plain(word)));
  const more = [...told, party.member && t("memberShort"), party.email ?? (party.member && t("noEmail"))].filter(Boolean).join(" · ");
  return html`<${Entry} id=${party.id} name=${say(party.label)} more=${more} open=${open}>
    <${BothFields} label=${t("name")} value=${party.name ?? { es: "", en: "" }} command=${line(of, "name")} />
    <${BothFields} label=${t("acronym")} value=${party.acronym ?? { es: "", en: "" }} command=${line(of, "acronym")} />
    <div class="row fields">
      <${Choice} label=${t("kind")} value=${party.kind} options=${KINDS.map((kind) => [kind, t(kind)])} onPick=${(/** @type {string} */ to) => act({ do: "field", of, field: "kind", to })} />
      <${Choice} label=${t("country")} value=${party.country ?? ""} options=${[["", t("noCountry")], ...countries.map((/** @type {any} */ one) => [one.code, say(one.name)]), ...(party.country && !country ? [[party.country, party.country]] : [])]} onPick=${(/** @type {string} */ to) => act({ do: "field", of, field: "country", to: to || null })} />
      <${Field} label=${t("email")} hint=${t("emailHint")} value=${party.email ?? ""} wrong=${wrongIn(own(party.id), "email")} command=${(/** @type {string} */ to) => ({ do: "field", of, field: "email", to })} />
      <${Choice} label=${t("writtenIn")} value=${party.language ?? ""} options=${languages()} onPick=${language(of)} />
    </div>
    <${Switch} label=${t("member")} checked=${party.member} onFlip=${(/** @type {boolean} */ on) => act({ do: "field", of, field: "member", to: on ? true : null })} />
    <p class="label">${t("workingHours")}</p>
    <${WorkingHours} of=${of} field="working-hours" hours=${party.workingHours} usual=${hoursOf(country)} />
    <${Absences} of=${of} absences=${party.absences ?? []} />
  <//>`;
}

/** The hours of a country: as written, or the usual ones. @param {any} country */
const hoursOf = (country) => country && { start: country.workingHours.start ?? country.usualHours.start, end: country.workingHours.end ?? country.usualHours.end };

/** Working hours of each member country. */
function Countries() {
  const { countries } = seen().group;
  if (!countries.length) return null;
  return html`<section aria-labelledby="hours">
    <h2 id="hours">${t("workingHours")}</h2>
    <p class="quiet">${t("workingHoursWhy")}</p>
    <ul class="by-country-hours">${countries.map((/** @type {any} */ one) => html`<li key=${one.code}><strong>${say(one.name)}</strong><${WorkingHours} of=${{ kind: "group" }} field=${`working-hours.${one.key}`} hours=${one.workingHours} usual=${one.usualHours} /></li>`)}</ul>
  </section>`;
}

/** How many have to accept. */
function Quorum() {
  const { quorum, noticeDays } = seen().group;
  const of = { kind: "group" };
  const put = (/** @type {string} */ field) => (/** @type {string} */ typed) => (/^\d{0,4}$/.test(typed.trim()) ? { do: "field", of, field, to: typed.trim() ? Number(typed) : null } : null);
  const number = (/** @type {number | null | undefined} */ own) => (own === null || own === undefined ? "" : String(own));
  return html`<section aria-labelledby="quorum">
    <h2 id="quorum">${t("quorumAndNotice")}</h2>
    <div class="row fields">
      <${Field} label=${t("neededParties")} inputmode="numeric" value=${number(quorum?.parties)} command=${put("quorum.parties")} />
      <${Field} label=${t("neededCountries")} inputmode="numeric" value=${number(quorum?.countries)} command=${put("quorum.countries")} />
      <${Field} label=${t("noticeDays")} inputmode="numeric" value=${number(noticeDays)} command=${put("notice-days")} />
    </div>
  </section>`;
}

/** @param {{done: () => void}} props */
function NewPerson({ done }) {
  const [name, setName] = useState("");
  const [party, setParty] = useState("");
  return html`<form
    onSubmit=${async (/** @type {Event} */ event) => {
      event.preventDefault();
      const before = new Set(state.desk.group.people.map((/** @type {any} */ one) => one.id));
      if (!(await act({ do: "add-person", name, party: party || null }))) return;
      done();
      const own = state.desk.group.people.find((/** @type {any} */ one) => !before.has(one.id))?.id;
      requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector(`.entries [data-id="${own}"]`))?.focus());
    }}
  >
    <label class="field"><span>${t("name")}</span><input type="text" required value=${name} onInput=${(/** @type {any} */ event) => setName(event.target.value)} /></label>
    <${Choice} label=${t("organisation")} value=${party} options=${parties()} onPick=${setParty} />
    <button class="main">${t("add")}</button>
  </form>`;
}

/** @param {{done: () => void}} props */
function NewParty({ done }) {
  const { both, fields } = useWording(t("name"));
  const [kind, setKind] = useState("municipality");
  const [country, setCountry] = useState("");
  return html`<form
    onSubmit=${async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (await act({ do: "add-party", name: both, kind, country: country || null, member: false })) done();
    }}
  >
    ${fields}
    <${Choice} label=${t("kind")} value=${kind} options=${KINDS.map((kind) => [kind, t(kind)])} onPick=${setKind} />
    <${Choice} label=${t("country")} value=${country} options=${[["", t("noCountry")], ...state.desk.group.countries.map((/** @type {any} */ one) => [one.code, say(one.name)])]} onPick=${setCountry} />
    <button class="main">${t("add")}</button>
  </form>`;
}
