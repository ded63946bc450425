// @ts-check
// The programme at a glance: each session, what is wrong with it, and what to do next.
import { useEffect, useState } from "preact/hooks";
import { called } from "./outside.js";
import { Hours, Tally, Unfold, html, isBlank, many, plainly, standing, useWording } from "./parts.js";
import { act, asks, go, say, seen, state, t } from "./store.js";

export function Overview() {
  const { sessions, group, history } = seen();
  const { revision } = state.desk;
  const [coming, setComing] = useState(/** @type {Map<string, any>} */ (new Map()));
  useEffect(() => {
    let gone = false;
    asks().answers().then((told) => !gone && setComing(new Map(told.sessions.map((/** @type {any} */ one) => [one.session, one]))), () => {});
    return () => void (gone = true);
  }, [revision]);
  return html`<main id="main" tabindex="-1" class="view overview">
    <h1>${say(group?.name)}</h1>
    <${Next} sessions=${sessions} coming=${coming} />
    <ul class="cards">
      ${sessions.map((/** @type {any} */ session) => html`<${Card} key=${session.id} session=${session} coming=${coming.get(session.id)} />`)}
      <li class="card new"><${Unfold} label=${`+ ${t("newSession")}`} class="plain">${(/** @type {() => void} */ done) => html`<${NewSession} done=${done} />`}<//><button type="button" class="plain" onClick=${() => go({ view: "import" })}>+ ${t("importDocument")}</button></li>
    </ul>
    <details class="done"><summary>${t("history")}</summary>
      ${history?.length ? html`<ol>${history.map((/** @type {any} */ label) => html`<li>${say(label)}</li>`)}</ol>` : html`<p class="quiet">${t("nothingDone")}</p>`}
    </details>
    <${Yesterday} />
  </main>`;
}

/** Who changed what, where git knows it. */
function Yesterday() {
  const [found, setFound] = useState(/** @type {any[] | null} */ (null));
  useEffect(() => {
    asks().yesterday().then(setFound, () => {});
  }, []);
  if (!found) return null;
  return html`<details class="yesterday" open=${found.length > 0 && found.length < 6}><summary>${t("yesterday")}</summary>
    ${!found.length && html`<p class="quiet">${t("nobodyChanged")}</p>`}
    <ol>${found.map((one) => html`<li><p><strong>${one.author}</strong> <span class="clock quiet">${one.clock}</span> ${one.subject}</p>
      ${one.things.flat().length > 0 && html`<p class="quiet">${one.things.flat().map((/** @type {any} */ thing) => [plainly(thing.about), [...new Set(thing.fields.map(called))].filter(Boolean).join(", ").toLowerCase()].filter(Boolean).join(": ")).join("; ")}</p>`}</li>`)}</ol>
  </details>`;
}

/** Whether a session is near and nobody was invited to it. @param {any} session @param {any} coming */
const isDue = (session, coming) => coming && !coming.invited.length && session.days !== null && session.days >= 0 && session.days <= (state.desk.group?.noticeDays ?? 21) && ["tentative", "confirmed"].includes(session.status);

/** The one next thing. @param {{sessions: any[], coming: Map<string, any>}} props */
function Next({ sessions, coming }) {
  const findings = standing();
  const errors = many(findings, "error");
  const open = sessions.reduce((sum, session) => sum + (session.status === "cancelled" ? 0 : session.doubtful), 0);
  const warnings = many(findings, "warning");
  const first = findings.find((/** @type {any} */ finding) => finding.level === (errors ? "error" : "warning") && finding.session);
  const due = sessions.filter((session) => isDue(session, coming.get(session.id))).length;
  const blank = sessions.filter(isBlank);
  const [text, to] = errors
    ? [t("nextErrors", errors), { view: "findings" }]
    : due
      ? [t("nextInvite", due), { view: "invitations" }]
    : open
      ? [t("nextTbc", open), { view: "session", session: sessions.find((session) => session.doubtful)?.id }]
      : warnings
        ? [t("nextWarnings", warnings), { view: "findings" }]
        : blank.length
          ? [t("nextAgenda", blank.length), { view: "session", session: blank[0].id }]
        : [t("nextDocuments"), { view: "documents" }];
  return html`<section class=${`next ${errors ? "error" : warnings ? "warning" : "well"}`} aria-label=${t("nextThing")}>
    <p class="over">${t("nextThing")}</p>
    <p>${text}</p>
    ${first && errors > 0 && html`<p class="label">${plainly(first.about)}</p>`}
    <button type="button" class="main" onClick=${() => go(/** @type {any} */ (to))}>${t("see")}</button>
  </section>`;
}

/** @param {{session: any, coming: any}} props */
function Card({ session, coming }) {
  const findings = standing(session.id);
  return html`<li class=${`card ${session.status}`}>
    <p class="over">${say(session.name)} <span class=${`status ${session.status}`}>${t(session.status)}</span></p>
    <h2><a href=${`#/session/${session.id}`} onClick=${(/** @type {Event} */ event) => { event.preventDefault(); go({ view: "session", session: session.id }); }}>${say(session.title)}</a></h2>
    <p class="day">${session.day ? say(session.day) : t("noDate")}${session.days !== null && t("inDays", session.days) && html` <span class="quiet">· ${t("inDays", session.days)}</span>`}</p>
    ${session.time ? html`<${Hours} hours=${session.hours} />` : html`<p class="quiet">${t("noHours")}</p>`}
    <${Strip} session=${session} />
    ${coming && html`<p class="coming">${coming.invited.length ? html`<span class="clock">${t("comingOf", coming.counts.accepted, coming.invited.length)}</span>` : html`<span class=${isDue(session, coming) ? "tbc" : "quiet"}>${t(isDue(session, coming) ? "dueInvite" : "notInvited")}</span>`}</p>`}
    <p class="foot"><${Tally} findings=${findings} blank=${isBlank(session)} />${session.doubtful > 0 && html` <span class="tbc">${t("toConfirm", session.doubtful)}</span>`} <span class="quiet">${t("items", session.slots.length)}</span></p>
  </li>`;
}

/** The agenda as one line to scale. @param {{session: any}} props */
function Strip({ session }) {
  const known = session.slots.map((/** @type {any} */ slot, /** @type {number} */ index) => ({ ...slot, index })).filter((/** @type {any} */ slot) => slot.time);
  if (!known.length || !session.time) return null;
  const from = Math.min(session.time.from, ...known.map((/** @type {any} */ slot) => slot.time.from));
  const whole = Math.max(session.time.to, ...known.map((/** @type {any} */ slot) => slot.time.to)) - from;
  const wrong = new Set(standing(session.id).filter((/** @type {any} */ finding) => finding.level === "error").map((/** @type {any} */ finding) => finding.subject.slot));
  return html`<div class="strip" aria-hidden="true">
    ${known.map((/** @type {any} */ slot) => html`<span class=${wrong.has(slot.index) ? "error" : ""} style=${{ left: `${((slot.time.from - from) / whole) * 100}%`, width: `${(slot.time.minutes / whole) * 100}%` }}></span>`)}
  </div>`;
}

/** @param {{done: () => void}} props */
function NewSession({ done }) {
  const { both, fields } = useWording(t("title"));
  const [date, setDate] = useState("");
  return html`<form
    onSubmit=${async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (await act({ do: "add-session", title: both, date })) done();
    }}
  >
    ${fields}
    <label class="field"><span>${t("date")}</span><input type="text" required placeholder=${t("dayHint")} value=${date} onInput=${(/** @type {any} */ event) => setDate(event.target.value)} /></label>
    <button class="main">${t("add")}</button>
  </form>`;
}
