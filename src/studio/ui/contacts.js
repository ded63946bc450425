// @ts-check
// A list of contacts: what it brings to the group, and what of it is taken.
import { useState } from "preact/hooks";
import { Refused } from "./backend.js";
import { Drop } from "./drop.js";
import { Told, html } from "./parts.js";
import { asks, t, takeContacts } from "./store.js";

/** @param {{done: () => void}} props */
export function Contacts({ done }) {
  const [found, setFound] = useState(/** @type {any} */ (null));
  const [picks, setPicks] = useState(/** @type {number[]} */ ([]));
  const [refusal, setRefusal] = useState(/** @type {any} */ (null));
  const [left, setLeft] = useState(/** @type {any[]} */ ([]));
  const open = (/** @type {any} */ file) =>
    asks().openContacts(file).then(
      (told) => {
        setRefusal(null);
        setFound(told);
        // What contradicts the group is taken only where somebody says so.
        setPicks(told.differences.flatMap((/** @type {any} */ one, /** @type {number} */ at) => (one.is_new && one.can ? [at] : [])));
      },
      (error) => {
        if (!(error instanceof Refused)) throw error;
        setRefusal(error.refusal);
      },
    );
  const take = async () => {
    const told = await takeContacts(picks);
    if (!told) return;
    setLeft(told.left);
    if (told.left.length) setFound(null);
    else done();
  };
  const flip = (/** @type {number} */ at) => setPicks(picks.includes(at) ? picks.filter((own) => own !== at) : [...picks, at]);
  return html`<div class="contacts">
    ${refusal && html`<p class="banner error" role="alert"><${Told} text=${refusal.reason} /></p>`}
    ${left.map((one) => html`<p class="banner warning"><span><${Told} text=${one.what} />: <${Told} text=${one.why} /></span></p>`)}
    ${!found
      ? html`<${Drop} label=${t("dropContacts")} hint=${t("dropContactsWhy")} accept=".xlsx,.ods,.xls,.csv,.vcf,.tsv" onFiles=${(/** @type {any[]} */ files) => open(files[0])} />`
      : html`<p>${t("contactsRead", found.people)}</p>
          ${found.notes.length > 0 && html`<div class="settle"><p class="label">${t("toSettle")}</p><ul class="plain-list">${found.notes.map((/** @type {any} */ note) => html`<li><span class="quiet">${t("line", note.line)}</span> <${Told} text=${note.what} /></li>`)}</ul></div>`}
          <ul class="plain-list">${found.differences.map((/** @type {any} */ one, /** @type {number} */ at) => html`<li key=${at}><label class="switch"><input type="checkbox" disabled=${!one.can} checked=${picks.includes(at)} onChange=${() => flip(at)} /><span><${Told} text=${one.what} /></span></label></li>`)}</ul>
          ${!found.differences.length && html`<p class="quiet">${t("contactsKnown")}</p>`}
          <div class="ways"><button type="button" class="main" disabled=${!picks.length} onClick=${take}>${t("takeContacts", picks.length)}</button><button type="button" onClick=${() => setFound(null)}>${t("another")}</button></div>`}
  </div>`;
}
