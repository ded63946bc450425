// @ts-check
// How the documents look, and at once how one of them looks so.
import { useEffect, useState } from "preact/hooks";
import { Preview } from "./documents.js";
import { Drop } from "./drop.js";
import { BothFields, Choice, Field, Told, glyph, html, useWording } from "./parts.js";
import { act, asks, bring, say, seen, state, t } from "./store.js";

const OF = { kind: "branding" };
/** What holds where nothing is written. */
const USUAL = { accent: "#0b4f85", font: "Calibri", height: 15 };

/** @param {string} field */
const put = (field) => (/** @type {string} */ to) => ({ do: "field", of: OF, field, to: to.trim() || null });
/** @param {string} field */
const both = (field) => (/** @type {string} */ to, /** @type {string} */ lang) => ({ do: "field", of: OF, field: `${field}.${lang}`, to });

export function Branding() {
  const own = seen().branding;
  return html`<main id="main" tabindex="-1" class="view branding">
    <h1>${t("branding")}</h1>
    <div class="desk">
      <section class="form looks" aria-label=${t("branding")}>
        <${Faults} />
        <${Logos} logos=${own.logos} />
        <div class="row fields">
          <${Colour} value=${own.accent ?? USUAL.accent} />
          <${Choice} label=${t("paper")} value=${own.paper ?? "letter"} options=${[["letter", t("letterPaper")], ["a4", "A4"]]} onPick=${(/** @type {string} */ to) => act({ do: "field", of: OF, field: "paper", to })} />
          <${Field} label=${t("font")} hint=${USUAL.font} value=${own.font ?? ""} command=${put("font")} />
        </div>
        <${BothFields} label=${t("headLine")} value=${own.header} command=${both("header")} />
        <${BothFields} label=${t("footLine")} value=${own.footer} command=${both("footer")} />
        <${Word} own=${own} />
      </section>
      <${Preview} kind="agenda" />
    </div>
  </main>`;
}

/** What is wrong with it. */
function Faults() {
  const [faults, setFaults] = useState(/** @type {any[]} */ ([]));
  const { revision } = state.desk;
  useEffect(() => {
    let gone = false;
    asks().brandingFaults().then((found) => !gone && setFaults(found), () => {});
    return () => void (gone = true);
  }, [revision]);
  return faults.map((fault) => html`<article class=${`finding ${fault.level}`}><p class="message"><span class="glyph" aria-hidden="true">${glyph(fault.level)}</span><span class="told"><${Told} text=${fault.message} /></span></p>${fault.advice.map((/** @type {any} */ advice) => html`<p class="label">${t("advice")}: <${Told} text=${advice} /></p>`)}</article>`);
}

/** @param {{logos: any[]}} props */
function Logos({ logos }) {
  const [fresh, setFresh] = useState(/** @type {any} */ (null));
  const millimetres = (/** @type {number} */ at) => (/** @type {string} */ typed) => (/^\d{0,2}$/.test(typed.trim()) ? { do: "field", of: OF, field: `logos.${at}.height`, to: typed.trim() ? Number(typed) : null } : null);
  return html`<div class="listed" role="group" aria-label=${t("logos")}>
    <h2>${t("logos")}</h2>
    ${logos.map((logo, at) => html`<div class="logo" key=${at}>
      <div class="row"><strong>${logo.file}</strong><button type="button" class="plain" aria-label=${t("removeWho", logo.file)} onClick=${() => act({ do: "remove-listed", of: OF, list: "logos", at })}>✕</button></div>
      <${BothFields} label=${t("shows")} value=${logo.alt} command=${both(`logos.${at}.alt`)} />
      <${Field} label=${t("millimetres")} hint=${String(USUAL.height)} inputmode="numeric" value=${logo.height === null ? "" : String(logo.height)} command=${millimetres(at)} />
    </div>`)}
    ${fresh ? html`<${NewLogo} key=${fresh.name} file=${fresh} done=${() => setFresh(null)} />` : html`<${Drop} label=${t("dropLogo")} hint=${t("dropLogoWhy")} accept=".png,.jpg,.jpeg,.svg" onFiles=${(/** @type {any[]} */ files) => setFresh(files[0])} />`}
    <p class="quiet">${t("logoStays")}</p>
  </div>`;
}

/** A logo that was dropped: before it is among the others, what it shows. @param {{file: any, done: () => void}} props */
function NewLogo({ file, done }) {
  const { both, blank, fields } = useWording(t("shows"));
  return html`<form class="logo" onSubmit=${async (/** @type {Event} */ event) => { event.preventDefault(); await bring("logo", { ...file, alt: both }); done(); }}>
    <strong>${file.name}</strong>
    <p class="quiet">${t("showsWhy")}</p>
    ${fields}
    <div class="ways"><button class="main" disabled=${blank}>${t("add")}</button><button type="button" onClick=${done}>${t("cancel")}</button></div>
  </form>`;
}

/** A colour by its swatch or by its number. @param {{value: string}} props */
function Colour({ value }) {
  const pick = (/** @type {string} */ to) => act({ do: "field", of: OF, field: "accent", to });
  return html`<div class="colour"><label class="swatch"><span class="hidden">${t("pickColour")}</span><input type="color" value=${value} onChange=${(/** @type {any} */ event) => pick(event.target.value)} /></label>
    <${Field} label=${t("colour")} value=${value} command=${(/** @type {string} */ to) => (/^#[0-9a-f]{6}$/i.test(to.trim()) ? { do: "field", of: OF, field: "accent", to: to.trim() } : null)} /></div>`;
}

/** The Word file of the institution. @param {{own: any}} props */
function Word({ own }) {
  return html`<div class="listed" role="group" aria-label=${t("wordTemplate")}>
    <h2>${t("wordTemplate")}</h2>
    <p class="quiet">${t("wordTemplateWhy")}</p>
    ${own.wordTemplate
      ? html`<div class="row"><strong>${own.wordTemplate}</strong><button type="button" class="plain" aria-label=${t("removeWho", own.wordTemplate)} onClick=${() => act({ do: "field", of: OF, field: "word-template", to: null })}>✕</button></div>
        <${Field} label=${t("tableStyle")} value=${own.tableStyle ?? ""} command=${put("table-style")} />`
      : html`<${Drop} label=${t("dropWord")} hint=${t("dropWordWhy")} accept=".docx,.dotx" onFiles=${(/** @type {any[]} */ files) => bring("word", files[0])} />`}
  </div>`;
}
