// @ts-check
// A file that somebody else changed at the same time: what each has, side by side, and whose stands.
import { useState } from "preact/hooks";
import { html, plainly } from "./parts.js";
import { say, settle, state, t, take } from "./store.js";
import { fieldWords } from "./words-group.js";

/** @param {{file: any}} props */
export function Outside({ file }) {
  if (file.clashes?.length) return html`<${Clashes} key=${state.desk.revision} file=${file} />`;
  return html`<div class="banner warning" role="alert">
    <p>${t("outside", say(file.about) || file.path)}${file.isGone ? ` ${t("goneFile")}` : ""}</p>
    <div class="ways">
      <button type="button" onClick=${() => take(file.path, false)}>${t("keepMine")}</button>
      <button type="button" onClick=${() => take(file.path, true)}>${t("takeTheirs")}</button>
    </div>
  </div>`;
}

/** @param {{file: any}} props */
function Clashes({ file }) {
  const [theirs, setTheirs] = useState(file.clashes.map(() => false));
  const pick = (/** @type {number} */ at, /** @type {boolean} */ own) => setTheirs(theirs.map((/** @type {boolean} */ old, /** @type {number} */ place) => (place === at ? own : old)));
  return html`<section class="banner warning clashes" role="alert" aria-label=${t("difference")}>
    <p>${t("outsideBoth", say(file.about) || file.path)}</p>
    ${file.clashes.map((/** @type {any} */ clash, /** @type {number} */ at) => html`<fieldset key=${at}><legend>${plainly(clash.about)}</legend>
      <div class="both">${[false, true].map((own) => html`<label class=${`side ${theirs[at] === own ? "stands" : ""}`}><input type="radio" name=${`clash-${file.path}-${at}`} checked=${theirs[at] === own} onChange=${() => pick(at, own)} /> <strong>${t(own ? "theirs" : "mine")}</strong><${Said} said=${own ? clash.theirs : clash.mine} /></label>`)}</div>
    </fieldset>`)}
    <div class="ways"><button type="button" class="main" onClick=${() => settle(file.path, theirs)}>${t("decided")}</button></div>
  </section>`;
}

/** What people call a key. @param {string | null} field */
export function called(field) {
  const word = fieldWords[field?.split(".")[0] ?? ""];
  return word ? say(word) : "";
}

/** @param {{said: any[]}} props */
function Said({ said }) {
  if (!said.length) return html`<span class="quiet">${t("nothingThere")}</span>`;
  return html`<span class="said-lines">${said.map((one) => html`<span>${called(one.field) && html`<span class="quiet">${called(one.field)}: </span>`}${one.value}</span>`)}</span>`;
}
