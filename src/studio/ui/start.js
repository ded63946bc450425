// @ts-check
// Where there is no programme yet: a document, a new group, or the example.
import { useState } from "preact/hooks";
import { Import } from "./import.js";
import { Choice, html } from "./parts.js";
import { act, begin, say, t } from "./store.js";
import { isNear, usePlaces, zoneOptions } from "./zones.js";

export function Start() {
  const [reading, setReading] = useState(false);
  if (reading) return html`<${Import} />`;
  return html`<main id="main" tabindex="-1" class="view start">
    <h1>${t("begin")}</h1>
    <p class="lead">${t("startWhy")}</p>
    <div class="beginnings">
      <section class="beginning wide" aria-labelledby="from-document"><h2 id="from-document">${t("importDocument")}</h2><${Import} inside onOpen=${() => setReading(true)} /></section>
      <section class="beginning" aria-labelledby="from-name"><h2 id="from-name">${t("newGroup")}</h2><p class="quiet">${t("newGroupWhy")}</p><${NewGroup} /></section>
      <section class="beginning" aria-labelledby="from-example"><h2 id="from-example">${t("openExample")}</h2><p class="quiet">${t("exampleWhy")}</p><button type="button" onClick=${() => begin()}>${t("openExample")}</button></section>
    </div>
  </main>`;
}

function NewGroup() {
  const [es, setEs] = useState("");
  const [en, setEn] = useState("");
  const [zone, setZone] = useState("America/Guatemala");
  const [chosen, setChosen] = useState(/** @type {string[]} */ ([]));
  const places = usePlaces();
  const put = (/** @type {(text: string) => void} */ set) => (/** @type {any} */ event) => set(event.target.value);
  const flip = (/** @type {string} */ code) => {
    const now = chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code];
    setChosen(now);
    // The hours are those of the first country, until somebody says otherwise.
    const first = places.find((place) => place.code === now[0]);
    if (now.length === 1 && first) setZone(first.zones[0]);
  };
  const shown = places.filter((place) => isNear(place) || chosen.includes(place.code));
  const far = places.filter((place) => !shown.includes(place));
  return html`<form
    class="new-group"
    onSubmit=${async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (es.trim() || en.trim()) await act({ do: "new-group", name: { es, en }, zone, countries: chosen });
    }}
  >
    <label class="field wide"><span>${t("nameOfGroup")} · ${t("inSpanish")}</span><input type="text" lang="es" value=${es} onInput=${put(setEs)} /></label>
    <label class="field wide"><span>${t("nameOfGroup")} · ${t("inEnglish")}</span><input type="text" lang="en" value=${en} onInput=${put(setEn)} /></label>
    <fieldset class="checks"><legend>${t("countries")}</legend>${shown.map((place) => html`<label key=${place.code}><input type="checkbox" checked=${chosen.includes(place.code)} onChange=${() => flip(place.code)} /> ${say(place.name)}</label>`)}
      <select aria-label=${t("otherCountry")} value="" onChange=${(/** @type {any} */ event) => { if (event.target.value) flip(event.target.value); event.target.value = ""; }}><option value="">${t("otherCountry")}…</option>${far.map((place) => html`<option value=${place.code}>${say(place.name)}</option>`)}</select></fieldset>
    <${Choice} label=${t("zoneOf")} value=${zone} options=${zoneOptions([...shown, ...far])} onPick=${setZone} />
    <button class="main" disabled=${!es.trim() && !en.trim()}>${t("create")}</button>
  </form>`;
}
