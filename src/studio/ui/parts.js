// @ts-check
// The pieces that views are made of.
import { h } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import htm from "htm";
import { fieldWords } from "./words-group.js";
import { act, attempt, changed, say, seen, state, stopTrying, t } from "./store.js";

export const html = htm.bind(h);

/** @typedef {import("./backend.js").Both} Both */

/**
 * A sentence of the program: what stands between backticks is a name.
 * @param {{text: Both | string | null | undefined}} props
 */
export function Told({ text }) {
  const parts = (typeof text === "string" ? text : say(text)).split("`");
  return parts.map((part, index) => (index % 2 ? html`<${Named} name=${part} />` : part));
}

/** A name within a sentence: a key of the files by what its field is called here, anything else as it is. @param {{name: string}} props */
function Named({ name }) {
  const word = fieldWord(name);
  return word ? html`<bdi class="key">${word}</bdi>` : html`<code dir="auto">${name}</code>`;
}

/** What the field of a key is called here; nothing where none is. @param {string} key */
const fieldWord = (key) => {
  const word = fieldWords[key.replace(/ = true$/, "")];
  return word && t("quoted", say(word));
};

/** A sentence of the program as plain text, keys of the files by what their fields are called. @param {Both | null | undefined} text */
export const plainly = (text) => say(text).replace(/`([^`]*)`/g, (_, name) => fieldWord(name) ?? name);

/** @param {string} level */
export const glyph = (level) => (level === "error" ? "●" : level === "warning" ? "▲" : "○");

/** The value that a finding says cannot be read. @param {any} wrong */
const unread = (wrong) => (wrong ? say(wrong.message).split("`")[1] ?? "" : "");

/** The finding of a value that stands in a field and cannot be read. @param {any[]} findings @param {string} field */
export const wrongIn = (findings, field) => findings.find((finding) => finding.field === field && finding.check === "wrong-value");

/**
 * A field. What is typed is tried at each key, and done when the field is left or Enter is pressed; what cannot be
 * done stays in the field, and why is said under it.
 * @param {{label: string, value: string, command: (typed: string) => object | null, hint?: string, name?: string,
 *   long?: boolean, marks?: boolean, lang?: string, wide?: boolean, quiet?: boolean, missing?: boolean, focus?: boolean, inputmode?: string, wrong?: any}} props `wrong` is the finding of a value that stands in
 *   the file and cannot be read: it is shown as it was typed, with why
 */
export function Field({ label, value: read, command, hint, name, long, marks, lang, wide, quiet, missing, focus, inputmode, wrong }) {
  const value = read || unread(wrong);
  const id = useId();
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  const [refusal, setRefusal] = useState(/** @type {import("./backend.js").Refusal | null} */ (null));
  const own = useRef(/** @type {HTMLInputElement | null} */ (null));
  useLayoutEffect(() => {
    if (focus) {
      own.current?.focus();
      // As the Tab key does: what is typed next takes the place of a line that is only a beginning.
      if (!long) own.current?.select();
      own.current?.scrollIntoView({ block: "center" });
    }
  }, [focus]);

  // What stood there before anything was typed: what is being tried is painted too, and comes back as the value.
  const before = useRef(value);
  if (typed === null) before.current = value;

  const put = (/** @type {string} */ text) => {
    setTyped(text);
    const wanted = text === before.current ? null : command(text);
    if (wanted) attempt(wanted, setRefusal);
    else {
      setRefusal(null);
      stopTrying();
    }
  };
  const leave = async () => {
    if (typed === null) return;
    const wanted = typed === before.current ? null : command(typed);
    if (!wanted) {
      setTyped(null);
      setRefusal(null);
      return stopTrying();
    }
    const done = await act(wanted);
    requestAnimationFrame(() => {
      if (own.current?.getAttribute("aria-invalid")) own.current.parentElement?.scrollIntoView({ block: "nearest" });
    });
    if (done) {
      setTyped(null);
      setRefusal(null);
    } else {
      // Why is said here, and not a second time at the top.
      setRefusal(state.refused);
      state.refused = null;
      changed();
    }
  };
  /** One of the readings that what was typed has. @param {string} reading */
  const choose = async (reading) => {
    const wanted = command(reading);
    if (!wanted || !(await act(wanted))) return;
    setTyped(null);
    setRefusal(null);
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && !long) {
      event.preventDefault();
      leave();
    } else if (event.key === "Escape" && typed !== null) {
      event.stopPropagation();
      setTyped(null);
      setRefusal(null);
      stopTrying();
    }
  };
  const why = refusal?.reason ?? (typed === null ? wrong?.message : null);
  const props = {
    id,
    ref: own,
    name,
    lang,
    value: typed ?? value,
    placeholder: hint,
    inputmode,
    autocomplete: "off",
    "aria-invalid": why ? "true" : undefined,
    "aria-describedby": why ? `${id}-why` : undefined,
    onInput: (/** @type {any} */ event) => put(event.target.value),
    onBlur: leave,
    onKeyDown: key,
  };
  /** Puts a mark of Markdown around what is chosen, or before each line of it. @param {string} mark @param {boolean} [lines] */
  const mark = (mark, lines) => {
    const area = /** @type {HTMLTextAreaElement | null} */ (/** @type {unknown} */ (own.current));
    if (!area) return;
    const { value: text, selectionStart: from, selectionEnd: to } = area;
    const first = lines ? text.lastIndexOf("\n", from - 1) + 1 : from;
    const chosen = text.slice(first, to);
    const marked = lines ? chosen.split("\n").map((line) => `${mark}${line}`).join("\n") : `${mark}${chosen}${mark}`;
    put(`${text.slice(0, first)}${marked}${text.slice(to)}`);
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(lines ? first : first + mark.length, lines ? first + marked.length : first + mark.length + chosen.length);
    });
  };
  // The field keeps its focus: leaving it would do what was typed.
  const stay = (/** @type {Event} */ event) => event.preventDefault();
  const bar = () => html`<div class="marks" role="group" aria-label=${`${label}: ${t("marks")}`}>
    <button type="button" aria-label=${t("bold")} title=${t("bold")} onPointerDown=${stay} onMouseDown=${stay} onClick=${() => mark("**")}><strong aria-hidden="true">B</strong></button>
    <button type="button" aria-label=${t("italic")} title=${t("italic")} onPointerDown=${stay} onMouseDown=${stay} onClick=${() => mark("*")}><em aria-hidden="true">I</em></button>
    <button type="button" aria-label=${t("list")} title=${t("list")} onPointerDown=${stay} onMouseDown=${stay} onClick=${() => mark("- ", true)}><span aria-hidden="true">•</span></button>
  </div>`;
  const rows = long ? Math.min(24, Math.max(3, Math.ceil(props.value.length / 70) + props.value.split("\n").length)) : 1;
  return html`<div class=${`field ${wide ? "wide" : ""}`}>
    <label for=${id} class=${quiet ? "hidden" : ""}>${label}${missing && html` <span class="missing">${t("missing")}</span>`}</label>
    ${marks && bar()}
    ${long ? html`<textarea ...${props} rows=${rows}></textarea>` : html`<input type="text" ...${props} />`}
    ${(refusal?.choices ?? []).length > 0 && html`<div class="ways">${refusal?.choices?.map((/** @type {any} */ choice) => html`<button type="button" onPointerDown=${stay} onMouseDown=${stay} onClick=${() => choose(choice.typed)}>${say(choice.shown)}</button>`)}</div>`}
    ${why && html`<p class=${say(why).startsWith("`") ? "why as-is" : "why"} id=${`${id}-why`}><${Told} text=${why} /></p>`}
  </div>`;
}

/**
 * A text in both languages of the group, side by side; what is missing is marked.
 * @param {{label: string, value: Both, command: (typed: string, lang: "es" | "en") => object, long?: boolean, marks?: boolean, focus?: string}} props
 */
export function BothFields({ label, value, command, long, marks, focus }) {
  const languages = /** @type {("es" | "en")[]} */ (state.desk.group?.languages ?? ["es", "en"]);
  const spoken = /** @type {("es" | "en")[]} */ (["es", "en"]).filter((lang) => languages.includes(lang));
  const said = spoken.some((lang) => value?.[lang]);
  return html`<div class="both" role="group" aria-label=${label}>
    ${spoken.map(
      (lang) => html`<${Field}
        key=${lang}
        label=${spoken.length > 1 ? `${label} · ${t(lang === "es" ? "inSpanish" : "inEnglish")}` : label}
        lang=${lang}
        long=${long}
        marks=${marks}
        value=${value?.[lang] ?? ""}
        missing=${said && !value?.[lang]}
        focus=${focus === lang}
        command=${(/** @type {string} */ typed) => command(typed, lang)}
      />`,
    )}
  </div>`;
}

/**
 * @param {{label: string, value: string, options: [string, string][], onPick: (value: string) => void, name?: string}} props
 */
export function Choice({ label, value, options, onPick, name }) {
  const id = useId();
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <select id=${id} name=${name} value=${value} onChange=${(/** @type {any} */ event) => onPick(event.target.value)}>
      ${options.map(([key, word]) => html`<option key=${key} value=${key} selected=${key === value}>${word}</option>`)}
    </select>
  </div>`;
}

/** @param {{label: string, checked: boolean, onFlip: (on: boolean) => void, name?: string, short?: string}} props */
export function Switch({ label, checked, onFlip, name, short }) {
  return html`<label class="switch">
    <input type="checkbox" role="switch" name=${name} checked=${checked} aria-label=${short ? label : undefined} onChange=${(/** @type {any} */ event) => onFlip(event.target.checked)} />
    <span>${short ?? label}</span>
  </label>`;
}

/** Whether what is chosen stands below the list in which it is chosen. */
const narrow = () => matchMedia("(max-width: 52rem)").matches;

/**
 * What is chosen out of the list before it. On a narrow screen it stands far below: there the page goes to it, and
 * back. Who walks through the list by arrow keys stays there.
 * @param {{label?: string, class?: string, id?: string, children?: any, live?: boolean, all?: boolean}} props `all`: what is
 *   chosen anywhere in the view
 */
export function Detail({ label, class: kind, id, children, live, all }) {
  const own = useRef(/** @type {HTMLElement | null} */ (null));
  const from = useRef(/** @type {Element | null} */ (null));
  useLayoutEffect(() => {
    const list = all ? own.current?.closest("main") : own.current?.previousElementSibling;
    const show = (/** @type {Event} */ event) => {
      const button = /** @type {Element} */ (event.target).closest("button");
      if (!button || own.current?.contains(button) || !narrow()) return;
      requestAnimationFrame(() => {
        if (!button.matches("[aria-current], [aria-pressed=true]")) return;
        from.current = button;
        own.current?.scrollIntoView({ block: "start" });
        const head = /** @type {HTMLElement | null} */ (own.current?.querySelector("h2, h3") ?? own.current);
        head?.setAttribute("tabindex", "-1");
        head?.focus({ preventScroll: true });
      });
    };
    list?.addEventListener("click", show);
    return () => list?.removeEventListener("click", show);
  }, []);
  const back = () => {
    const beside = own.current?.previousElementSibling;
    const to = /** @type {HTMLElement | null} */ (from.current?.isConnected ? from.current : beside?.querySelector("[aria-current], [aria-pressed=true], button"));
    to?.focus();
    to?.scrollIntoView({ block: "center" });
  };
  return html`<section class=${`detail ${kind ?? ""}`} id=${id} aria-label=${label} aria-live=${live ? "polite" : undefined} tabindex="-1" ref=${own}>
    <button type="button" class="plain back" onClick=${back}>↑ ${t("backToList")}</button>
    ${children}
  </section>`;
}

/**
 * A button that first shows what goes with it.
 * @param {{label: string, children?: any, class?: string, begun?: boolean}} props
 */
export function Unfold({ label, children, class: kind, begun }) {
  const [open, setOpen] = useState(begun ?? false);
  const inside = useRef(/** @type {HTMLElement | null} */ (null));
  // Before the next key can arrive: who types ahead of the picture means what was just unfolded.
  useLayoutEffect(() => {
    // What was unfolded from the beginning has its own field to go to.
    if (open && !begun) /** @type {HTMLElement | null} */ (inside.current?.querySelector("input, select, textarea, button"))?.focus();
  }, [open]);
  return html`<div class=${`unfold ${open ? "open" : ""}`}>
    <button type="button" class=${kind} aria-expanded=${open} onClick=${() => setOpen(!open)}>${label}</button>
    ${open && html`<div class="unfolded" ref=${inside}>${typeof children === "function" ? children(() => setOpen(false)) : children}</div>`}
  </div>`;
}

/**
 * What something new is called, in the group's languages: the fields, and what was typed into them.
 * @param {string} label
 */
export function useWording(label) {
  const [both, setBoth] = useState({ es: "", en: "" });
  const spoken = state.desk.group?.languages ?? ["es"];
  const field = (/** @type {"es" | "en"} */ lang, /** @type {string} */ named) =>
    spoken.includes(lang) &&
    html`<label class="field"><span>${label} · ${named}</span><input type="text" lang=${lang} value=${both[lang]} onInput=${(/** @type {any} */ event) => setBoth({ ...both, [lang]: event.target.value })} /></label>`;
  return { both, blank: !both.es.trim() && !both.en.trim(), fields: html`${field("es", t("inSpanish"))}${field("en", t("inEnglish"))}` };
}

/** The hours of every place. @param {{hours: any[] | null | undefined}} props */
export function Hours({ hours }) {
  if (!hours?.length) return null;
  return html`<ul class="hours">
    ${hours.map(
      (hour) => html`<li><span class="clock">${hour.start}–${hour.end}${hour.shift > 0 ? ` +${hour.shift}` : hour.shift < 0 ? ` −${-hour.shift}` : ""}</span> <span class="places">${say(hour.places)}</span></li>`,
    )}
  </ul>`;
}

/** The findings that stand, all and by session, gathered once for each state that is painted. */
const gathered = new WeakMap();

/** The findings that stand, of a session or all. @param {string} [session] @returns {any[]} */
export function standing(session) {
  const now = seen();
  let own = gathered.get(now);
  if (!own) {
    own = { all: now.findings.filter((/** @type {any} */ finding) => !finding.waived), of: new Map() };
    for (const finding of own.all) {
      if (!own.of.has(finding.session)) own.of.set(finding.session, []);
      own.of.get(finding.session).push(finding);
    }
    gathered.set(now, own);
  }
  return session ? (own.of.get(session) ?? []) : own.all;
}

/** @param {any[]} findings @param {string} level */
export const many = (findings, level) => findings.filter((finding) => finding.level === level).length;

/** The worst of some findings. @param {any[]} findings */
export const worst = (findings) => ["error", "warning", "note"].find((level) => many(findings, level) > 0) ?? "";

/** Whether a session has no agenda yet, so that nothing of it could be looked at. @param {any} session */
export const isBlank = (session) => session.slots.length === 0 && session.status !== "cancelled";

/** How many there are of each level, in words. @param {{findings: any[], blank?: boolean}} props `blank`: there is nothing yet that could be wrong */
export function Tally({ findings, blank }) {
  const levels = /** @type {const} */ (["error", "warning", "note"]).filter((level) => many(findings, level));
  if (!levels.length && !blank) return html`<span class="tally well">${t("allWell")}</span>`;
  return html`<span class="tally">
    ${blank && html`<span class="quiet">${t("noAgendaYet")}</span>`}
    ${levels.map((level) => html`<span class=${level}><span aria-hidden="true">${glyph(level)}</span> ${t(/** @type {"errors"} */ (`${level}s`), many(findings, level))}</span>`)}
  </span>`;
}
