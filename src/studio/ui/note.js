// @ts-check
// The concept note: sections as a tree, each in both languages side by side.
import { Folded } from "./documents.js";
import { FindingList } from "./findings.js";
import { BothFields, Detail, Unfold, html, standing, useWording } from "./parts.js";
import { act, go, say, seen, state, t } from "./store.js";

/** Every section with how deep it is and what stands beside it. @param {any[]} sections @param {number} [depth] @param {string | null} [parent] @returns {any[]} */
const flat = (sections, depth = 0, parent = null) =>
  sections.flatMap((section, index) => [{ ...section, depth, parent, index, beside: sections.length }, ...flat(section.sections, depth + 1, section.id)]);

export function Note() {
  const { note } = seen();
  if (!note) return html`<main id="main" tabindex="-1" class="view"><h1>${t("note")}</h1><p class="quiet">${t("noNote")}</p></main>`;
  const all = flat(note.sections);
  const chosen = all.find((section) => section.id === state.at.focus) ?? all[0];
  const own = (/** @type {string} */ id) => standing().filter((/** @type {any} */ finding) => finding.subject.kind === "section" && finding.subject.id === id);
  const general = standing().filter((/** @type {any} */ finding) => finding.subject.kind === "concept-note");
  return html`<main id="main" tabindex="-1" class="view">
    <h1>${say(note.title)}</h1>
    ${general.length > 0 && html`<${FindingList} findings=${general} here />`}
    <div class="desk note">
      <nav aria-label=${t("sections")}>
        <ol class="tree">
          ${all.map((section) => html`<li key=${section.id} style=${{ "--depth": section.depth }}><button type="button" class=${section.id === chosen?.id ? "here" : ""} aria-current=${section.id === chosen?.id ? "true" : undefined} onClick=${() => go({ view: "note", focus: section.id })}><span class="number">${section.number ?? ""}</span> ${say(section.title)}</button></li>`)}
        </ol>
        <${Unfold} label=${`+ ${t("addSection")}`}>${(/** @type {() => void} */ done) => html`<${NewSection} parent=${null} at=${note.sections.length} done=${done} />`}<//>
      </nav>
      ${chosen && html`<${Detail} class="form" label=${say(chosen.title)}><${Section} key=${chosen.id} section=${chosen} findings=${own(chosen.id)} /><//>`}
    </div>
    <${Folded} kind="concept-note" />
  </main>`;
}

/** @param {{section: any, findings: any[]}} props */
function Section({ section, findings }) {
  const of = { kind: "section", id: section.id };
  const title = (/** @type {string} */ to, /** @type {string} */ lang) => ({ do: "title", of, lang, to });
  const text = (/** @type {string} */ to, /** @type {string} */ lang) => ({ do: "field", of, field: `text.${lang}`, to: { prose: to } });
  return html`<h2>${section.number ? `${section.number} ` : ""}${say(section.title)}</h2>
    ${findings.length > 0 && html`<${FindingList} findings=${findings} here />`}
    <${BothFields} label=${t("title")} value=${section.title} command=${title} />
    <${BothFields} label=${t("text")} value=${section.text} long marks command=${text} />
    <p class="quiet">${t("markdown")}</p>
    ${section.includes && html`<p class="quiet">${t("madePart")}</p>`}
    <div class="ways">
      <button type="button" disabled=${section.index === 0} onClick=${() => act({ do: "move-section", section: section.id, to: section.index - 1 })}>↑ ${t("up")}</button>
      <button type="button" disabled=${section.index + 1 >= section.beside} onClick=${() => act({ do: "move-section", section: section.id, to: section.index + 1 })}>↓ ${t("down")}</button>
      <${Unfold} label=${`+ ${t("addSection")}`}>${(/** @type {() => void} */ done) => html`<${NewSection} parent=${section.parent} at=${section.index + 1} done=${done} />`}<//>
      <button type="button" class="grave" onClick=${() => act({ do: "remove-section", section: section.id })}>${t("removeSection")}</button>
    </div>`;
}

/** @param {{parent: string | null, at: number, done: () => void}} props */
function NewSection({ parent, at, done }) {
  const { both, fields } = useWording(t("title"));
  return html`<form
    onSubmit=${async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (await act({ do: "add-section", parent, at, title: both })) done();
    }}
  >
    ${fields}
    <button class="main">${t("add")}</button>
  </form>`;
}
