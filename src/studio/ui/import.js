// @ts-check
// A document beside what was read in it, joined by colour: one correction, and the rest is read again.
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Refused } from "./backend.js";
import { Drop } from "./drop.js";
import { Choice, Told, html } from "./parts.js";
import { asks, go, say, state, t, takeImport } from "./store.js";
import { words } from "./words.js";
import { usePlaces, zoneOptions } from "./zones.js";

const ACCEPT = ".docx,.dotx,.odt,.pdf,.xlsx,.ods,.xls,.csv,.html,.htm,.eml,.txt,.md";

/** What is being looked at stays so from visit to visit. */
let kept = { review: /** @type {any} */ (null), lines: /** @type {Record<number, string[]>} */ ({}), year: "", zone: "", picks: /** @type {Record<string, number[]>} */ ({}) };
const nothing = () => ({ review: null, lines: {}, year: "", zone: "", picks: {} });

/** @param {{inside?: boolean, onOpen?: () => void}} props */
export function Import({ inside, onOpen }) {
  const [now, setNow] = useState(kept);
  const [refusal, setRefusal] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState("");
  const keep = (/** @type {any} */ more) => {
    kept = { ...kept, ...more };
    setNow(kept);
  };
  const ask = async (/** @type {() => Promise<any>} */ ask) => {
    setBusy(true);
    try {
      const told = await ask();
      setRefusal(null);
      return told;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefusal(error.refusal);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const open = async (/** @type {object} */ document) => {
    kept = nothing();
    const review = await ask(() => asks().openDocument(document));
    if (review) {
      keep({ review });
      onOpen?.();
    }
  };
  const said = (/** @type {typeof kept} */ own) => ({ lines: own.lines, year: Number(own.year) || null, zone: own.zone || null, picks: own.picks, lang: state.lang });
  const again = async (/** @type {any} */ more) => {
    keep(more);
    const review = await ask(() => asks().readAgain(said(kept)));
    if (review) keep({ review });
  };
  const accept = async () => {
    const told = await takeImport(said(kept));
    if (!told) return setRefusal(state.refused);
    kept = nothing();
    if (!told.left.length) return go({ view: "overview" });
    setNow(kept);
    setRefusal({ reason: { es: words.notTaken.es, en: words.notTaken.en }, details: told.left.flatMap((/** @type {any} */ one) => [one.what, one.why]) });
  };
  const told = refusal && html`<p class="banner error" role="alert"><${Told} text=${refusal.reason} />${refusal.details.map((/** @type {any} */ detail) => html` <${Told} text=${detail} />`)}</p>`;
  if (!now.review) {
    const body = html`${told}
      <${Drop} label=${t("dropDocument")} hint=${busy ? t("readingDocument") : t("importWhy")} accept=${ACCEPT} onFiles=${(/** @type {any[]} */ files) => open(files[0])} />
      <label class="field wide"><span>${t("paste")}</span><textarea rows="3" value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)}></textarea></label>
      ${text.trim() && html`<button type="button" disabled=${busy} onClick=${() => open({ text })}>${t("readPaste")}</button>`}`;
    return inside ? body : html`<main id="main" tabindex="-1" class="view importing"><h1>${t("importing")}</h1>${body}</main>`;
  }
  return html`<main id="main" tabindex="-1" class="view importing">${told}<${Review} now=${now} again=${again} accept=${accept} leave=${() => keep(nothing())} /></main>`;
}

/** @param {{now: typeof kept, again: (more: any) => void, accept: () => void, leave: () => void}} props */
function Review({ now, again, accept, leave }) {
  const { review } = now;
  const [lit, setLit] = useState("");
  const places = usePlaces();
  const isNew = !state.desk.group;
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  /** Brings a line into the part of the document that is seen. @param {HTMLElement | null | undefined} line */
  const show = (line) => {
    const box = list.current;
    if (!box || !line) return;
    const at = line.offsetTop;
    if (at < box.scrollTop || at + line.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = at - box.clientHeight / 3;
  };
  useEffect(() => {
    // The document begins with what it is about; what was read stands further down.
    if (review.sessions[0]) show(document.getElementById(`line-${review.sessions[0].line}`));
  }, []);
  useEffect(() => {
    if (lit) show(list.current?.querySelector("li.lit"));
  }, [lit]);
  const see = (/** @type {number} */ line) => {
    const own = document.getElementById(`line-${line}`);
    own?.scrollIntoView({ block: "center" });
    own?.querySelector("button")?.focus();
  };
  const doubts = review.notes.filter((/** @type {any} */ note) => note.doubt);
  const more = review.notes.filter((/** @type {any} */ note) => !note.doubt);
  const fresh = review.files.filter((/** @type {any} */ file) => file.state === "new").length;
  const differs = review.files.filter((/** @type {any} */ file) => file.state === "differs");
  const picked = Object.values(now.picks).reduce((sum, picks) => sum + picks.length, 0);
  const note = (/** @type {any} */ one) => html`<li>${one.line > 0 && html`<button type="button" class="plain" onClick=${() => see(one.line)}>${t("line", one.line)}</button> `}<${Told} text=${one.what} /></li>`;
  const undated = review.sessions.some((/** @type {any} */ session) => !session.day && session.written) || now.year;
  return html`<div class="row"><h1>${review.name || t("pasted")}</h1>
      <div class="ways"><button type="button" onClick=${leave}>${t("another")}</button><button type="button" class="main" disabled=${!fresh && !picked} onClick=${accept}>${fresh ? t("acceptImport", fresh) : picked ? t("takePicked", picked) : t(differs.length ? "pickBelow" : "nothingNew")}</button></div></div>
    <p>${review.sessions.length ? t("foundSessions", review.sessions.length) : t("foundNothing")}</p>
    <div class="row filters">
      ${isNew && html`<${Choice} label=${t("zoneOf")} value=${now.zone} options=${[["", t("chooseZone")], ...zoneOptions(places)]} onPick=${(/** @type {string} */ zone) => again({ zone })} />`}
      ${undated && html`<label class="field"><span>${t("yearOf")}</span><input type="text" inputmode="numeric" value=${now.year} onChange=${(/** @type {any} */ event) => again({ year: event.target.value.trim() })} /></label>`}
    </div>
    ${doubts.length > 0 && html`<section class="settle" aria-labelledby="settle"><h2 id="settle">${t("toSettle")}</h2><ul class="plain-list">${doubts.map(note)}</ul></section>`}
    ${more.length > 0 && html`<details><summary>${t("goodToKnow", more.length)}</summary><ul class="plain-list">${more.map(note)}</ul></details>`}
    ${differs.map((/** @type {any} */ file) => html`<${Differs} key=${file.path} file=${file} picks=${now.picks[file.path] ?? []} put=${(/** @type {number[]} */ picks) => again({ picks: { ...now.picks, [file.path]: picks } })} />`)}
    <div class="desk read">
      <section aria-labelledby="source"><h2 id="source">${t("source")}</h2><p class="quiet">${t("correctLines")}</p>
        <ol class="source" ref=${list}>${review.lines.map((/** @type {any} */ line) => html`<${Line} key=${line.number} line=${line} lit=${lit} onLit=${setLit} changed=${line.number in now.lines} put=${(/** @type {string[]} */ cells) => again({ lines: { ...now.lines, [line.number]: cells } })} />`)}</ol>
      </section>
      <section aria-label=${t("sessions")}>${review.sessions.map((/** @type {any} */ session, /** @type {number} */ at) => html`<${Session} key=${at} session=${session} at=${at} lit=${lit} onLit=${setLit} see=${see} />`)}</section>
    </div>`;
}

/** What a file says otherwise than the document, each to be taken or left. @param {{file: any, picks: number[], put: (picks: number[]) => void}} props */
function Differs({ file, picks, put }) {
  const can = file.differences.flatMap((/** @type {any} */ one, /** @type {number} */ at) => (one.can ? [at] : []));
  const flip = (/** @type {number} */ at) => put(picks.includes(at) ? picks.filter((own) => own !== at) : [...picks, at]);
  const id = useId();
  return html`<section class="banner warning differs" aria-labelledby=${id}><p id=${id}><${Told} text=${t("already", file.path)} /></p>
    <ul class="plain-list">${file.differences.map((/** @type {any} */ one, /** @type {number} */ at) => html`<li key=${at}><label class="switch"><input type="checkbox" disabled=${!one.can} checked=${picks.includes(at)} onChange=${() => flip(at)} /><span><${Told} text=${one.what} /></span></label></li>`)}</ul>
    ${can.length > 1 && html`<button type="button" onClick=${() => put(picks.length === can.length ? [] : can)}>${t(picks.length === can.length ? "takeNone" : "takeAll")}</button>`}
  </section>`;
}

/** Neighbours have colours far apart. @param {number} session @param {number} item */
const hue = (session, item) => (session * 67 + item * 137) % 360;

/** @param {{line: any, lit: string, onLit: (key: string) => void, changed: boolean, put: (cells: string[]) => void}} props */
function Line({ line, lit, onLit, changed, put }) {
  const [typing, setTyping] = useState(/** @type {string[] | null} */ (null));
  const own = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    if (typing) /** @type {HTMLElement | null} */ (own.current?.querySelector("input, textarea"))?.focus();
  }, [!typing]);
  const key = line.item === null ? "" : `${line.session}-${line.item}`;
  const kind = [key ? "own" : line.head || line.session !== null ? "head" : line.left ? "left" : "", key && key === lit ? "lit" : "", changed ? "changed" : "", line.heading ? "heading" : ""].join(" ");
  const end = () => {
    const cells = typing;
    setTyping(null);
    if (cells && cells.some((cell, at) => cell !== line.cells[at])) put(cells);
  };
  return html`<li id=${`line-${line.number}`} class=${kind} ref=${own} style=${key ? { "--hue": hue(line.session, line.item) } : undefined} onMouseEnter=${() => onLit(key)}>
    ${typing
      ? html`<p class="row-as-is quiet">${line.cells.map((/** @type {string} */ cell) => html`<span class="cell">${cell}</span>`)}</p><form class="cells" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); end(); }} onKeyDown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape") setTyping(null); }} onFocusOut=${(/** @type {FocusEvent} */ event) => { if (!own.current?.contains(/** @type {Node | null} */ (event.relatedTarget))) end(); }}>${typing.map((cell, at) => html`<${Cell} label=${t("correctLine", line.number)} cell=${cell} rows=${line.cells[at]?.split("\n").length ?? 1} onType=${(/** @type {string} */ typed) => setTyping(typing.map((old, place) => (place === at ? typed : old)))} onEnd=${end} />`)}<button class="hidden" tabindex="-1">${t("did")}</button></form>`
      : html`<button type="button" aria-label=${`${t("correctLine", line.number)}: ${line.cells.join(" | ")}`} onClick=${() => setTyping([...line.cells])}>${line.cells.map((/** @type {string} */ cell) => html`<span class="cell">${cell}</span>`)}</button>`}
    ${line.left && html`<p class="quiet">${t("notAnItem")} <${Told} text=${line.left} /></p>`}
  </li>`;
}

/** A cell; one of several lines keeps them. @param {{label: string, cell: string, rows: number, onType: (typed: string) => void, onEnd: () => void}} props */
function Cell({ label, cell, rows, onType, onEnd }) {
  const type = (/** @type {any} */ event) => onType(event.target.value);
  if (rows < 2) return html`<input type="text" aria-label=${label} value=${cell} onInput=${type} />`;
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    onEnd();
  };
  return html`<textarea aria-label=${label} rows=${rows} value=${cell} onInput=${type} onKeyDown=${key}></textarea>`;
}

/** @param {{session: any, at: number, lit: string, onLit: (key: string) => void, see: (line: number) => void}} props */
function Session({ session, at, lit, onLit, see }) {
  const inferred = (/** @type {any[]} */ list) => list.map((one) => html`<p class="quiet">${t("inferredWord")} <${Told} text=${one.why} /></p>`);
  return html`<article class="found">
    <p class="over">${session.day ? say(session.day) : (session.written ?? t("noDate"))} · ${t("sure", session.confidence)}</p>
    <h2>${session.number !== null && `${session.number}. `}${session.title ?? "—"}</h2>
    ${inferred(session.inferred)}
    <ol>${session.items.map((/** @type {any} */ item, /** @type {number} */ place) => html`<li key=${place} class=${lit === `${at}-${place}` ? "lit" : ""} style=${{ "--hue": hue(at, place), "--depth": item.level }} onMouseEnter=${() => onLit(`${at}-${place}`)}>
      <button type="button" onFocus=${() => onLit(`${at}-${place}`)} onClick=${() => see(item.line)}><span class="clock">${item.start ?? "—"}${item.end ? `–${item.end}` : ""}</span> <span><strong>${item.title || "—"}</strong>${item.minutes !== null && html` <span class="quiet">${item.minutes} min</span>`}${item.speakers.length > 0 && html`<span class="quiet"> · ${item.speakers.map((/** @type {any} */ one) => (one.tbc ? `${one.name} (${t("tbc").toLowerCase()})` : one.name)).join("; ")}</span>`}</span></button>
      ${item.groups.map((/** @type {any} */ group) => html`<p class="quiet">${group.title}${group.speakers.length > 0 && ` · ${group.speakers.map((/** @type {any} */ one) => one.name).join("; ")}`}</p>`)}
      ${inferred(item.inferred)}
    </li>`)}</ol>
  </article>`;
}
