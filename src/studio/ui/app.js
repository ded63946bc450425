// @ts-check
// The frame: where one is, what is said, what can be undone and what is not saved.
import { render } from "preact";
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";
import { Answers } from "./answers.js";
import { Gone, http } from "./backend.js";
import { Branding } from "./branding.js";
import { Dates } from "./dates.js";
import { Documents } from "./documents.js";
import { Findings } from "./findings.js";
import { TheGroup } from "./group.js";
import { Import } from "./import.js";
import { Invitations, Work } from "./invitations.js";
import { Note } from "./note.js";
import { Outside } from "./outside.js";
import { Overview } from "./overview.js";
import { Told, glyph, html, standing, worst } from "./parts.js";
import { Group } from "./people.js";
import { Session } from "./session.js";
import { Start } from "./start.js";
import { again, changed, go, listen, save, say, seen, speak, start, state, step, t } from "./store.js";

function App() {
  const [, repaint] = useReducer((/** @type {number} */ count) => count + 1, 0);
  useEffect(() => {
    const stop = listen(() => repaint(undefined));
    return () => void stop();
  }, []);
  useEffect(() => {
    const key = (/** @type {KeyboardEvent} */ event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      const letter = event.key.toLowerCase();
      if (letter === "s") {
        event.preventDefault();
        /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
        save();
      } else if (letter === "z" && !typing) {
        event.preventDefault();
        step(event.shiftKey ? "redo" : "undo");
      } else if (letter === "y" && !typing) {
        event.preventDefault();
        step("redo");
      }
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, []);
  if (state.lost && !state.desk) return html`<main class="view lost"><p>${t(state.lost)}</p></main>`;
  if (!state.desk) return null;
  return html`<a class="skip" href="#main" onClick=${(/** @type {Event} */ event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>${t("toMain")}</a>
    <${Bar} />
    ${!state.desk.blank && html`<${Places} />`}
    <div class=${`content ${state.desk.blank ? "alone" : ""}`}>
      ${state.refused && html`<div class="banner error" role="alert"><p><${Told} text=${state.refused.reason} />${state.refused.details.map((detail) => html` <${Told} text=${detail} />`)}</p><button type="button" onClick=${() => { state.refused = null; changed(); }}>${t("dismiss")}</button></div>`}
      ${state.desk.outside.map((/** @type {any} */ file) => html`<${Outside} key=${file.path} file=${file} />`)}
      <${Work} />
      <${View} />
    </div>
    ${state.lost && html`<${Lost} />`}`;
}

/** How long a sentence is seen, in milliseconds; those who hear the page find it there still. */
const SEEN = 8000;

/** The sentence about the last thing that was done, where it covers nothing. */
function Said() {
  const { said } = state;
  const [read, setRead] = useState(/** @type {any} */ (null));
  const away = () => setRead(said);
  useEffect(() => {
    const timer = setTimeout(away, SEEN);
    return () => clearTimeout(timer);
  }, [said]);
  const gone = !said || read === said;
  return html`<div class=${gone ? "saying hidden" : "saying"}><p class="said" role="status" aria-live="polite" title=${say(said)}>${say(said)}</p>${!gone && html`<button type="button" class="plain" aria-label=${t("hideSaid")} title=${t("hideSaid")} onClick=${away}>✕</button>`}</div>`;
}

/** Nobody answers: nothing can be typed any more that would be lost, and what to do stands in the middle. */
function Lost() {
  const own = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useLayoutEffect(() => own.current?.showModal(), []);
  return html`<dialog class="cut" role="alertdialog" aria-labelledby="cut" ref=${own} onCancel=${(/** @type {Event} */ event) => event.preventDefault()} onClose=${() => own.current?.showModal()}>
    <h2 id="cut">${t("cutTitle")}</h2><p>${t(/** @type {"gone"} */ (state.lost))}</p>
    ${state.lost === "gone" && html`<p class="quiet">${t("goneTyped")}</p><button type="button" class="main" onClick=${again}>${t("tryAgain")}</button>`}
  </dialog>`;
}

function View() {
  const { view, session } = state.at;
  useEffect(() => {
    const { group } = state.desk;
    document.title = state.desk.blank ? `${t("begin")} · convoca` : `${view === "session" ? say(seen().sessions.find((/** @type {any} */ one) => one.id === session)?.name) : t(/** @type {"overview"} */ (view === "import" ? "importing" : view))} · ${say(group?.name)} · convoca`;
  });
  if (state.desk.blank) return html`<${Start} />`;
  switch (view) {
    case "import":
      return html`<${Import} />`;
    case "session":
      return html`<${Session} key=${session} id=${session} />`;
    case "findings":
      return html`<${Findings} />`;
    case "group":
      return html`<${TheGroup} />`;
    case "people":
      return html`<${Group} />`;
    case "note":
      return html`<${Note} />`;
    case "dates":
      return html`<${Dates} />`;
    case "invitations":
      return html`<${Invitations} />`;
    case "answers":
      return html`<${Answers} />`;
    case "documents":
      return html`<${Documents} />`;
    case "branding":
      return html`<${Branding} />`;
    default:
      return html`<${Overview} />`;
  }
}

function Bar() {
  const { undo, redo, unsaved, group } = state.desk;
  const act = (/** @type {"undo" | "redo"} */ which, /** @type {any} */ label, /** @type {string} */ sign) => {
    const name = label ? t(which === "undo" ? "undoWhat" : "redoWhat", say(label)) : t(which);
    return html`<button type="button" disabled=${!label} title=${name} aria-label=${name} onClick=${() => step(which)}><span class="sign" aria-hidden="true">${sign}</span><span class="word">${t(which)}</span></button>`;
  };
  return html`<header class="bar">
    <p class="brand"><span aria-hidden="true" class="mark"></span><span>${say(group?.name) || "convoca"}</span></p>
    <${Said} />
    <div class="tools">
      ${act("undo", undo, "↶")} ${act("redo", redo, "↷")}
      <button type="button" class=${unsaved.length ? "main" : ""} disabled=${!unsaved.length} title=${state.lost ? t("cutTitle") : unsaved.length ? t("unsaved", unsaved.length) : t("allSaved")} onClick=${save}>${state.lost ? t("noProgram") : unsaved.length ? t("save") : t("allSaved")}</button>
      <button type="button" class="plain" lang=${state.lang === "es" ? "en" : "es"} onClick=${() => speak(state.lang === "es" ? "en" : "es")}>${t("language")}</button>
    </div>
  </header>`;
}

/** The worst of what is wrong with a session, notes apart. @param {any[]} findings */
const grave = (findings) => worst(findings.filter((finding) => finding.level !== "note"));

/** What was painted last, and of what: with many sessions the list costs more than all else. */
let painted = { of: "", list: /** @type {any} */ (null) };

function Places() {
  const { view, session } = state.at;
  // On a narrow screen the places stand in one line that is longer than it.
  useLayoutEffect(() => {
    const [here, list] = [document.querySelector(".places .here"), document.querySelector(".places")];
    if (!here || !list || list.scrollWidth <= list.clientWidth) return;
    const [own, all] = [here.getBoundingClientRect(), list.getBoundingClientRect()];
    list.scrollLeft += own.left - all.left - (all.width - own.width) / 2;
  }, [view, session, state.lang]);
  const sessions = seen().sessions.map((/** @type {any} */ one) => ({ id: one.id, number: one.number, title: say(one.title), name: say(one.name), level: grave(standing(one.id)) }));
  const of = JSON.stringify([state.lang, view, session, Boolean(state.desk.note), sessions]);
  if (painted.of === of) return painted.list;
  const place = (/** @type {any} */ at, /** @type {any} */ name, /** @type {boolean} */ here, /** @type {string} */ level = "", /** @type {boolean} */ apart = false) =>
    html`<li class=${apart ? "apart" : ""}><button type="button" class=${here ? "here" : ""} aria-current=${here ? "page" : undefined} onClick=${() => go(at)}>${name}${level && html`<span class=${`glyph ${level}`} aria-hidden="true">${glyph(level)}</span><span class="hidden">, ${t(level === "error" ? "hasErrors" : "hasWarnings")}</span>`}</button></li>`;
  const part = (/** @type {"people"} */ name, /** @type {boolean} */ apart = false) => place({ view: name }, t(name), view === name, "", apart);
  const list = html`<nav class="places" aria-label=${t("navigation")}>
    <ul>
      ${part(/** @type {any} */ ("overview"))} ${part(/** @type {any} */ ("findings"))}
      ${sessions.map((/** @type {any} */ one, /** @type {number} */ at) =>
        place({ view: "session", session: one.id }, html`<span class="number">${one.number ?? "·"}</span> <span class="long">${one.title}</span><span class="brief">${one.name}</span>`, view === "session" && session === one.id, one.level, at === 0),
      )}
      ${part(/** @type {any} */ ("dates"))}
      ${part(/** @type {any} */ ("group"), true)} ${part("people")} ${state.desk.note && part(/** @type {any} */ ("note"))} ${part(/** @type {any} */ ("branding"))}
      ${part(/** @type {any} */ ("documents"))}
      ${part(/** @type {any} */ ("invitations"), true)} ${part(/** @type {any} */ ("answers"))}
    </ul>
  </nav>`;
  painted = { of, list };
  return list;
}

/** The token came behind the `#`; it stays with this tab alone. */
function token() {
  const given = location.hash.slice(1);
  if (/^[0-9a-f]{64}$/.test(given)) {
    sessionStorage.setItem("token", given);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem("token") ?? "";
}

const kept = localStorage.getItem("lang");
state.lang = kept === "es" || kept === "en" ? kept : navigator.languages.some((tag) => tag.startsWith("es")) || !navigator.language.startsWith("en") ? "es" : "en";
const own = token();
document.querySelector(".late")?.remove();
render(html`<${App} />`, document.body);
start(http(own)).catch((error) => {
  state.lost = error instanceof Gone ? "gone" : "locked";
  changed();
});
