// @ts-check
// What is wrong, in its place and in a list, with all that can be done about it.
import { useEffect, useState } from "preact/hooks";
import { Tally, Told, Unfold, glyph, html, plainly, standing } from "./parts.js";
import { act, asks, go, say, seen, t } from "./store.js";

/** Where a finding is. @param {any} finding */
function to(finding) {
  const { subject, field } = finding;
  const focus = field ?? undefined;
  switch (subject.kind) {
    case "session":
      return { view: "session", session: finding.session, focus };
    case "slot":
    case "item":
    case "break-out":
      return { view: "session", session: finding.session, slot: subject.slot, inner: subject.items, focus };
    case "group":
      return /^(holidays|working-hours|quorum|notice-days|parties|people)/.test(field ?? "") ? { view: "people" } : { view: "group", focus };
    case "party":
    case "person":
      return { view: "people", focus: subject.id };
    case "concept-note":
    case "section":
      return { view: "note", focus: subject.id };
    default:
      return null;
  }
}

/** @param {{finding: any, here?: boolean}} props */
export function Finding({ finding, here }) {
  const place = to(finding);
  const { level, mends } = finding;
  const made = mends.filter((/** @type {any} */ mend) => mend.edits.length);
  const advice = mends.filter((/** @type {any} */ mend) => !mend.edits.length);
  return html`<article class=${`finding ${level}`}>
    <p class="message"><span class="glyph" aria-hidden="true">${glyph(level)}</span><span class="hidden">${say(finding.word)}: </span><span class=${say(finding.message).startsWith("`") ? "told as-is" : "told"}><${Told} text=${finding.message} /></span></p>
    ${!here && html`<p class="where">${plainly(finding.about)}</p>`}
    ${finding.label && html`<p class="label"><${Told} text=${finding.label} />${finding.others.map((/** @type {any} */ other) => html`${" · "}<${Told} text=${other} />`)}</p>`}
    ${finding.notes.map((/** @type {any} */ note) => html`<p class="label"><${Told} text=${note} /></p>`)}
    ${advice.map((/** @type {any} */ mend) => html`<p class="label">${t("advice")}: <${Told} text=${mend.message} /></p>`)}
    <div class="ways">
      ${made.map((/** @type {any} */ mend, /** @type {number} */ index) => html`<${Mend} key=${mend.mend} finding=${finding} mend=${mend} label=${index ? t("alternative") : t("mend")} />`)}
      ${place && (!here || place.focus) && html`<button type="button" class="plain" onClick=${() => go(/** @type {any} */ (place))}>${t("goThere")}</button>`}
      <${Unfold} class="plain" label=${t("explain")}><${Explanation} check=${finding.check} /><//>
      ${finding.waivable && html`<${Unfold} class="plain" label=${t("accept")}>${(/** @type {() => void} */ done) => html`<${Waiver} finding=${finding} done=${done} />`}<//>`}
    </div>
  </article>`;
}

/** A mend, with its change shown before it is made. @param {{finding: any, mend: any, label: string}} props */
function Mend({ finding, mend, label }) {
  // What is done stands before the colon, why behind it.
  const [what, ...why] = plainly(mend.message).replace(/^(o bien|or else|or),?\s+/i, "").split(/:\s(?=\S)/);
  return html`<${Unfold} label=${`${label}: ${what}`}>
    ${why.length > 0 && html`<p class="label">${why.join(": ")}</p>`}
    ${mend.edits.map(
      (/** @type {any} */ edit) => html`<p class="change">${edit.before && html`<del>${bare(edit.before)}</del>`} ${edit.after && html`<ins>${bare(edit.after)}</ins>`} <span class="quiet"><code>${edit.path}</code>, ${t("line", edit.line)}</span></p>`,
    )}
    <button type="button" class="main" onClick=${(/** @type {any} */ event) => fix(event.target, { do: "mend", finding: finding.finding, mend: mend.mend })}>${t("doIt")}</button>
  <//>`;
}

/** Makes a change, and stays where it was made: at what stands there next. @param {Element} button @param {object} command */
async function fix(button, command) {
  const list = button.closest(".findings");
  const at = [...(list?.children ?? [])].findIndex((one) => one.contains(button));
  const around = list?.closest("section, .item, main");
  if (!(await act(command))) return;
  requestAnimationFrame(() => {
    const left = list?.isConnected ? list.children : [];
    const next = /** @type {HTMLElement | null | undefined} */ (left[Math.min(at, left.length - 1)] ?? (around?.isConnected ? around.querySelector("h1, h2, h3") : document.querySelector("main h1")));
    next?.setAttribute("tabindex", "-1");
    next?.focus();
  });
}

/** A value without the quotes that only the file needs. @param {string} written */
const bare = (written) => written.trim().replace(/^(["'])(.*)\1$/s, "$2");

/** @param {{check: string}} props */
function Explanation({ check }) {
  const [told, setTold] = useState(/** @type {any} */ (null));
  useEffect(() => {
    asks().explain(check).then(setTold, () => {});
  }, [check]);
  if (!told) return null;
  return html`<div class="explanation"><p><strong>${say(told.summary)}</strong></p>
    ${say(told.documentation)
      .split("\n\n")
      .map((/** @type {string} */ paragraph) => html`<p><${Told} text=${paragraph} /></p>`)}
  </div>`;
}

/** @param {{finding: any, done: () => void}} props */
function Waiver({ finding, done }) {
  const [reason, setReason] = useState("");
  return html`<form
    onSubmit=${async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (reason.trim() && (await act({ do: "waive", finding: finding.finding, reason }))) done();
    }}
  >
    <label class="field wide"><span>${t("reason")}</span><input type="text" required value=${reason} onInput=${(/** @type {any} */ event) => setReason(event.target.value)} /></label>
    <button class="main">${t("acceptIt")}</button>
  </form>`;
}

/** Those of one thing, under it. @param {{findings: any[], here?: boolean}} props */
export function FindingList({ findings, here }) {
  return html`<div class="findings">${findings.map((finding) => html`<${Finding} key=${`${finding.check}${finding.finding}`} finding=${finding} here=${here} />`)}</div>`;
}

/** The view of all. */
export function Findings() {
  const findings = standing();
  const accepted = seen().findings.filter((/** @type {any} */ finding) => finding.waived);
  const certain = findings.filter((/** @type {any} */ finding) => finding.mends.some((/** @type {any} */ mend) => mend.certain && mend.edits.length));
  // A session whose file cannot be read is in no list of sessions, but what is wrong with it is.
  const known = seen().sessions.map((/** @type {any} */ session) => session.id);
  const unread = new Set(findings.map((/** @type {any} */ finding) => finding.session ?? null).filter((/** @type {any} */ id) => id !== null && !known.includes(id)));
  const sessions = [...unread, ...known, null];
  return html`<main id="main" tabindex="-1" class="view">
    <h1>${t("findings")}</h1>
    <p><${Tally} findings=${findings} /></p>
    ${certain.length > 1 && html`<p><button type="button" onClick=${() => act({ do: "mend-all" })}>${t("mendAll")} (${certain.length})</button></p>`}
    ${!findings.length && html`<p class="quiet">${t("noFindings")}</p>`}
    ${sessions.map((id) => {
      const own = findings.filter((/** @type {any} */ finding) => (finding.session ?? null) === id).sort((/** @type {any} */ a, /** @type {any} */ b) => order(a) - order(b));
      if (!own.length) return null;
      const session = seen().sessions.find((/** @type {any} */ one) => one.id === id);
      return html`<section key=${id}><h2>${session ? `${say(session.name)} – ${say(session.title)}` : (id !== null && plainly(own[0].about)) || say(seen().group?.name) || t("papers")}</h2><${FindingList} findings=${own} /></section>`;
    })}
    ${accepted.length > 0 &&
    html`<details><summary>${t("acceptedOnes", accepted.length)}</summary>
      ${accepted.map((/** @type {any} */ finding) => html`<p class="label">${plainly(finding.about)}: <${Told} text=${finding.message} /> — ${finding.waived}</p>`)}
    </details>`}
  </main>`;
}

/** @param {any} finding */
const order = (finding) => ["error", "warning", "note"].indexOf(finding.level);
