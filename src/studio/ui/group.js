// @ts-check
// The group itself: what it is called, by which clock, who presides, and in whose name it writes.
import { FindingList } from "./findings.js";
import { BothFields, Choice, Field, Switch, html, standing, wrongIn } from "./parts.js";
import { line } from "./session.js";
import { act, say, seen, state, t } from "./store.js";
import { usePlaces, zoneName, zoneOptions } from "./zones.js";

const OF = { kind: "group" };
/** What has a place of its own on this page; what else is wrong stands at its head. */
const PLACES = ["name", "short-name", "languages", "time-zone", "countries", "presidency", "secretariat", "organizer", "domain", "publish-url", "hours"];

/** @param {string} field */
const put = (field) => (/** @type {string} */ to) => ({ do: "field", of: OF, field, to: to.trim() || null });
/** @param {string} field */
const pick = (field) => (/** @type {string} */ to) => act({ do: "field", of: OF, field, to: to || null });

/** @param {any} finding @param {string} field */
const isAt = (finding, field) => finding.field === field || finding.field?.startsWith(`${field}.`);

/** What is wrong with one thing, under it. @param {{field: string}} props */
function Beside({ field }) {
  const own = wrong().filter((finding) => isAt(finding, field));
  return own.length > 0 && html`<${FindingList} findings=${own} here />`;
}

/** @returns {any[]} */
const wrong = () => standing().filter((finding) => finding.subject.kind === "group");

export function TheGroup() {
  const { group } = seen();
  const own = group?.identity;
  const places = usePlaces();
  if (!own) return html`<main id="main" tabindex="-1" class="view"><h1>${t("group")}</h1><${FindingList} findings=${wrong()} here /></main>`;
  const others = wrong().filter((finding) => !PLACES.some((field) => isAt(finding, field)));
  const at = (/** @type {string} */ field) => state.at.focus === field;
  const parties = (/** @type {string | null} */ here) => {
    const known = /** @type {[string, string][]} */ (group.parties.map((/** @type {any} */ party) => [party.id, say(party.label)]));
    // A name that the file says and nobody has is shown as it is.
    return [["", t("none")], ...known, ...(here && !known.some(([id]) => id === here) ? [[here, here]] : [])];
  };
  const party = (/** @type {"presidency"} */ label, /** @type {string} */ field, /** @type {string | null} */ value) =>
    html`<div><${Choice} name=${field} label=${t(label)} value=${value ?? ""} options=${parties(value)} onPick=${pick(field)} /><${Beside} field=${field} /></div>`;
  return html`<main id="main" tabindex="-1" class="view group">
    <h1>${t("group")}</h1>
    ${others.length > 0 && html`<${FindingList} findings=${others} here />`}
    <section aria-labelledby="called">
      <h2 id="called">${t("groupName")}</h2>
      <${BothFields} label=${t("fullName")} value=${own.name} focus=${at("name") ? state.lang : undefined} command=${line(OF, "name")} />
      <${BothFields} label=${t("shortName")} value=${own.shortName} command=${line(OF, "short-name")} />
      <${Beside} field="name" /><${Beside} field="short-name" />
      <${Languages} languages=${own.languages} />
    </section>
    <section aria-labelledby="clock">
      <h2 id="clock">${t("clockAndCountries")}</h2>
      <${Zone} own=${own} places=${places} />
      <${Countries} own=${own} places=${places} />
      <${Choice} name="hours" label=${t("hourStyle")} value=${own.hours ?? "24"} options=${[["24", t("hours24")], ["country", t("hoursCountry")]]} onPick=${pick("hours")} />
      <${Beside} field="hours" />
    </section>
    <section aria-labelledby="offices">
      <h2 id="offices">${t("offices")}</h2>
      <div class="row fields">${party("presidency", "presidency", own.presidency)}${party(/** @type {any} */ ("groupSecretariat"), "secretariat", own.secretariat)}</div>
      <h3>${t("organizer")}</h3>
      <p class="quiet">${t("organizerWhy")}</p>
      <div class="row fields">
        <${Choice} name="organizer.party" label=${t("signs")} value=${own.organizer.party ?? ""} options=${parties(own.organizer.party)} onPick=${pick("organizer.party")} />
        <${Field} name="organizer.email" label=${t("email")} value=${own.organizer.email ?? ""} wrong=${wrongIn(wrong(), "organizer.email")} command=${put("organizer.email")} />
        <${Field} name="organizer.sender" label=${t("sender")} value=${own.organizer.sender ?? ""} wrong=${wrongIn(wrong(), "organizer.sender")} command=${put("organizer.sender")} />
      </div>
      <${Beside} field="organizer" />
    </section>
    <section aria-labelledby="web">
      <h2 id="web">${t("onTheWeb")}</h2>
      <${Field} wide name="publish-url" label=${t("publishUrl")} hint=${"https:" + "//"} value=${own.publishUrl ?? ""} wrong=${wrongIn(wrong(), "publish-url")} command=${put("publish-url")} />
      <${Beside} field="publish-url" />
      <${Field} name="domain" label=${t("domain")} hint="example.org" value=${own.domain ?? ""} wrong=${wrongIn(wrong(), "domain")} command=${put("domain")} />
      <p class="quiet">${t("domainWhy")}</p>
      <${Beside} field="domain" />
      <${Switch} label=${t("openCalls")} checked=${own.publishJoinLink} onFlip=${(/** @type {boolean} */ on) => act({ do: "field", of: OF, field: "publish-join-link", to: on || null })} />
    </section>
  </main>`;
}

/** In which languages everything is written; one always stays. @param {{languages: string[]}} props */
function Languages({ languages }) {
  const now = languages.length ? languages : ["es", "en"];
  const flip = (/** @type {string} */ lang) => act({ do: "field", of: OF, field: "languages", to: { lines: now.includes(lang) ? now.filter((one) => one !== lang) : [...now, lang] } });
  return html`<fieldset class="checks"><legend>${t("groupLanguages")}</legend>
    ${["es", "en"].map((lang) => html`<label key=${lang}><input type="checkbox" checked=${now.includes(lang)} disabled=${now.length === 1 && now.includes(lang)} onChange=${() => flip(lang)} /> ${t(lang === "es" ? "inSpanish" : "inEnglish")}</label>`)}
  </fieldset><${Beside} field="languages" />`;
}

/** By whose clock the hours are. @param {{own: any, places: any[]}} props */
function Zone({ own, places }) {
  const known = zoneOptions(places);
  const options = [...(own.zone ? [] : [["", t("chooseZone")]]), ...(own.zone && !known.some(([zone]) => zone === own.zone) ? [[own.zone, own.zone]] : []), ...known];
  return html`<${Choice} name="time-zone" label=${t("zoneOf")} value=${own.zone ?? ""} options=${options} onPick=${pick("time-zone")} /><${Beside} field="time-zone" />`;
}

/** Whose hours every agenda shows. @param {{own: any, places: any[]}} props */
function Countries({ own, places }) {
  const codes = own.countries.map((/** @type {any} */ one) => one.code);
  const free = places.filter((place) => !codes.includes(place.code));
  const add = (/** @type {string} */ picked) => {
    const [code, zone] = picked.split("|");
    act({ do: "add-listed", to: OF, listed: { kind: "country", code, zone: zone || null } });
  };
  const options = free.flatMap((place) => (place.zones.length > 1 ? place.zones.map((/** @type {string} */ zone) => [`${place.code}|${zone}`, zoneName(place, zone)]) : [[place.code, say(place.name)]]));
  return html`<div class="listed" role="group" aria-label=${t("countries")}>
    <p class="label">${t("countries")}</p>
    ${own.countries.length > 0 && html`<ul>${own.countries.map((/** @type {any} */ one, /** @type {number} */ at) => {
      const place = places.find((place) => place.code === one.code);
      const name = place && one.zone ? zoneName(place, one.zone) : say(one.name) || one.code;
      return html`<li key=${at}><span>${name}</span> <button type="button" class="plain" aria-label=${t("removeWho", name)} onClick=${() => act({ do: "remove-listed", of: OF, list: "countries", at })}>✕</button></li>`;
    })}</ul>`}
    <select aria-label=${t("addCountry")} value="" onChange=${(/** @type {any} */ event) => { const picked = event.target.value; event.target.value = ""; if (picked) add(picked); }}><option value="">+ ${t("addCountry")}</option>${options.map(([key, word]) => html`<option key=${key} value=${key}>${word}</option>`)}</select>
    <${Beside} field="countries" />
  </div>`;
}
