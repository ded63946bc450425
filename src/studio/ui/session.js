// @ts-check
// One session: its agenda as a timeline to scale, and the form of the item that is chosen.
import { useEffect, useState } from "preact/hooks";
import { Folded } from "./documents.js";
import { FindingList } from "./findings.js";
import { Links } from "./lists.js";
import { BothFields, Choice, Detail, Field, Hours, Switch, Tally, Unfold, glyph, html, isBlank, standing, worst } from "./parts.js";
import { People } from "./speakers.js";
import { act, go, say, seen, state, t } from "./store.js";
import { Timeline } from "./timeline.js";

/** What becomes of the rest when an hour changes; kept from session to session. */
let keep = "following";

/** @param {{id: string}} props */
export function Session({ id }) {
  const session = seen().sessions.find((/** @type {any} */ one) => one.id === id);
  const [rule, setRule] = useState(keep);
  const chosen = state.at.slot ?? -1;
  const place = chosen < 0 ? [] : [chosen, ...(state.at.inner ?? [])];
  // With an item open, what is to be typed is the item's.
  const inside = state.at.focus;
  const focus = place.length ? undefined : inside;
  useEffect(() => {
    keep = rule;
  }, [rule]);
  if (!session) return html`<main id="main" tabindex="-1" class="view"><p>${t("noDate")}</p></main>`;
  const choose = (/** @type {number} */ slot) => {
    if (slot !== state.at.slot || state.at.inner) go({ view: "session", session: id, slot });
  };
  const findings = standing(id);
  const own = findings.filter((/** @type {any} */ finding) => finding.subject.kind === "session");
  const about = { kind: "session", session: id };
  const hours = (/** @type {"start" | "end"} */ part) => (/** @type {string} */ typed) => (part === "start" && !typed.trim() ? null : { do: "session-hours", session: id, part, typed });
  const titled = (/** @type {string} */ to, /** @type {string} */ lang) => ({ do: "title", of: about, lang, to });
  return html`<main id="main" tabindex="-1" class="view session">
    <header>
      <p class="over">${say(session.name)} <span class=${`status ${session.status}`}>${t(session.status)}</span></p>
      <h1>${say(session.title)}</h1>
      <p class="day">${session.day ? say(session.day) : t("noDate")}${session.days !== null && t("inDays", session.days) && html` <span class="quiet">· ${t("inDays", session.days)}</span>`}</p>
      <${Hours} hours=${session.hours} />
      <p><${Tally} findings=${findings} blank=${isBlank(session)} />${session.doubtful > 0 && html` <span class="tbc">${t("toConfirm", session.doubtful)}</span>`}</p>
    </header>
    <div class=${session.slots.length ? "desk" : ""}>
      <section class="agenda" aria-labelledby="agenda">
        <div class="row"><h2 id="agenda">${t("agenda")}</h2>
          <button type="button" onClick=${() => addItem(id, [session.slots.length])}>${t("addItem")}</button></div>
        ${session.slots.length ? html`<${Timeline} session=${session} chosen=${chosen} onChoose=${choose} follow=${rule === "following"} nest=${nest} />` : html`<p class="quiet">${t("noItems")}</p>`}
        ${session.slots.some((/** @type {any} */ slot) => !slot.time) &&
        html`<ol class="unplaced">${session.slots.map((/** @type {any} */ slot, /** @type {number} */ index) => !slot.time && html`<li><button type="button" aria-pressed=${index === chosen} onClick=${() => choose(index)}>${say(slot.title) || t("item", index + 1)} · ${t("unknownTime")}</button></li>`)}</ol>`}
        <p class="quiet keys">${t("keys")}</p>
      </section>
      ${session.slots.length > 0 && html`<${Detail} class="form" id="editor" label=${slotAt(session, place) ? t("item", chosen + 1) : t("items", session.slots.length)}>
        ${slotAt(session, place) ? html`<${Item} key=${place.join()} session=${session} place=${place} rule=${rule} onRule=${setRule} focus=${inside} />` : html`<${List} session=${session} onChoose=${choose} />`}
      <//>`}
    </div>
    <section class="facts" aria-labelledby="about">
      <h2 id="about">${t("about")}</h2>
      ${own.length > 0 && html`<${FindingList} findings=${own} here />`}
      <div class="row fields">
        <${Field} label=${t("date")} name="date" value=${session.day ? say(session.day) : ""} focus=${focus === "date"} command=${(/** @type {string} */ typed) => ({ do: "move-session", session: id, date: typed })} />
        <${Field} label=${t("begins")} name="opens" hint=${t("spanHint")} value=${session.time?.start ?? session.opens ?? ""} focus=${focus === "start"} command=${hours("start")} />
        <${Field} label=${t("closes")} name="closes" value=${session.closes ?? session.time?.end ?? ""} focus=${focus === "end"} command=${hours("end")} />
        <${Choice} label=${t("status")} value=${session.status} options=${["draft", "tentative", "confirmed", "cancelled"].map((word) => [word, t(/** @type {"draft"} */ (word))])} onPick=${(/** @type {string} */ to) => act({ do: "status", session: id, to })} />
      </div>
      <${People} label=${t("moderator")} of=${about} roles=${session.moderator ? [session.moderator] : []} role="moderator" one />
      <${BothFields} label=${t("title")} value=${session.title} command=${titled} focus=${language(focus, "title")} />
      <${BothFields} label=${t("objective")} value=${session.objective} long marks command=${line(about, "objective")} focus=${language(focus, "objective")} />
      <${More} open=${Boolean(focus && /^(background|questions|results)/.test(focus))}>
        <${BothFields} label=${t("background")} value=${session.background} long marks command=${prose(about, "background")} focus=${language(focus, "background")} />
        <${BothFields} label=${t("questions")} value=${session.questions} long marks command=${prose(about, "questions")} focus=${language(focus, "questions")} />
        <${BothFields} label=${t("results")} value=${session.results} long marks command=${prose(about, "results")} focus=${language(focus, "results")} />
      <//>
      <${BothFields} label=${t("place")} value=${session.place} command=${line(about, "place")} focus=${language(focus, "place")} />
      <${BothFields} label=${t("interpretation")} value=${session.interpretation} command=${line(about, "interpretation")} focus=${language(focus, "interpretation")} />
      <${BothFields} label=${t("howToJoin")} value=${session.howToJoin} command=${line(about, "how-to-join")} focus=${language(focus, "how-to-join")} />
      <${Links} of=${about} documents=${session.documents ?? []} focus=${focus} />
      <${Field} wide label=${t("joinLink")} value=${session.joinLink ?? ""} command=${(/** @type {string} */ typed) => ({ do: "field", of: about, field: "join-link", to: typed })} />
    </section>
    <${Folded} kind="agenda" session=${id} />
  </main>`;
}

/** Writes one line of a text in one language. @param {object} of @param {string} field */
export const line = (of, field) => (/** @type {string} */ to, /** @type {string} */ lang) => ({ do: "field", of, field: `${field}.${lang}`, to });

/** Writes paragraphs of a text in one language. @param {object} of @param {string} field */
const prose = (of, field) => (/** @type {string} */ to, /** @type {string} */ lang) => ({ do: "field", of, field: `${field}.${lang}`, to: { prose: to } });

/** What is rarely wanted, behind a fold. @param {{open: boolean, children?: any}} props */
const More = ({ open, children }) => html`<details open=${open}><summary>${t("more")}</summary><div class="folded">${children}</div></details>`;

/** The language of a field that a finding points at. @param {string | undefined} focus @param {string} field */
const language = (focus, field) => (focus?.startsWith(`${field}.`) ? focus.slice(field.length + 1) : focus === field ? "es" : undefined);

/** @param {any} session @param {number[]} place @returns {any} */
const slotAt = (session, place) => (place.length ? place.slice(1).reduce((slot, at) => slot?.items[at], session.slots[place[0]]) : null);

/** How the page goes to an item. @param {string} session @param {number[]} place @param {string} [focus] */
const goTo = (session, place, focus) => go({ view: "session", session, slot: place[0], inner: place.length > 1 ? place.slice(1) : undefined, focus });

/** The same place, but for its last step. @param {number[]} place @param {number} last */
const besides = (place, last) => [...place.slice(0, -1), last];

/** @param {string} session @param {number[]} at */
async function addItem(session, at) {
  const title = { es: "Punto nuevo", en: "New item" };
  if (await act({ do: "add-slot", session, at, title, minutes: at.length > 1 ? null : 15, follow: at.length === 1 })) goTo(session, at, `title.${state.lang}`);
}

/** The agenda as a list, where nothing is chosen. @param {{session: any, onChoose: (slot: number) => void}} props */
function List({ session, onChoose }) {
  const findings = standing(session.id);
  return html`<ol class="items">
    ${session.slots.map((/** @type {any} */ slot, /** @type {number} */ index) => {
      const level = worst(findings.filter((/** @type {any} */ finding) => finding.subject.slot === index && finding.level !== "note"));
      return html`<li><button type="button" onClick=${() => onChoose(index)}>
        <span class="clock">${slot.time ? `${slot.time.start}–${slot.time.end}` : "—"}</span>
        <span>${level && html`<span class=${`glyph ${level}`} aria-hidden="true">${glyph(level)}</span> `}<strong>${say(slot.title)}</strong>${slot.roles.length > 0 && html`<span class="quiet"> · ${slot.roles.map((/** @type {any} */ role) => say(role.label)).join(", ")}</span>`}</span>
        ${slot.items.map((/** @type {any} */ item) => html`<span class="within quiet">${item.time && item.start !== null ? `${item.time.start} ` : "· "}${say(item.title)}</span>`)}
      </button></li>`;
    })}
  </ol>`;
}

/** The form of one item, or of one inside another. @param {{session: any, place: number[], rule: string, onRule: (rule: string) => void, focus?: string}} props */
function Item({ session, place, rule, onRule, focus }) {
  const slot = slotAt(session, place);
  const id = session.id;
  const index = place[place.length - 1];
  const outer = place.slice(0, -1);
  const around = slotAt(session, outer);
  const beside = around ? around.items : session.slots;
  const of = around ? { kind: "item", session: id, slot: place[0], items: place.slice(1) } : { kind: "slot", session: id, slot: index };
  const at = place.slice(1).join();
  const findings = standing(id).filter((/** @type {any} */ finding) => finding.subject.slot === place[0] && (!around || finding.subject.items?.join() === at));
  // What is wrong with its hours stands beside them.
  const isTimed = (/** @type {any} */ finding) => ["start", "end", "minutes"].includes(finding.field);
  const [timed, others] = [findings.filter(isTimed), findings.filter((/** @type {any} */ finding) => !isTimed(finding))];
  const time = (/** @type {string} */ part) => (/** @type {string} */ typed) => ({ do: "time", session: id, slot: place, part, typed, keep: rule });
  const { start, end } = slot.time ?? slot;
  // What is written, also where the hours give another length: the finding beside it speaks of it.
  const minutes = slot.minutes ?? slot.time?.minutes;
  const title = (/** @type {string} */ to, /** @type {string} */ lang) => ({ do: "title", of, lang, to });
  const last = beside.length - 1;
  const flag = (/** @type {string} */ field) => (/** @type {boolean} */ on) => act({ do: "field", of, field, to: on ? true : null });
  const swap = async (/** @type {number} */ to) => {
    if (await act({ do: "reorder", session: id, slot: place, to })) goTo(id, besides(place, to));
  };
  const remove = async (/** @type {boolean} */ follow) => {
    if (await act({ do: "remove-slot", session: id, slot: place, follow })) outer.length ? goTo(id, outer) : go({ view: "session", session: id });
  };
  return html`<div class="item">
    <div class="row"><h3>${around ? html`<button type="button" class="plain up" onClick=${() => goTo(id, outer)}>← ${say(around.title) || t("item", outer[outer.length - 1] + 1)}</button>` : t("item", index + 1)}</h3><button type="button" class="plain" onClick=${() => go({ view: "session", session: id })}>${t("close")}</button></div>
    ${others.length > 0 && html`<${FindingList} findings=${others} here />`}
    <div class="row times">
      <${Field} label=${t("start")} name="start" hint=${around ? "" : t("hint")} value=${start ?? ""} focus=${focus === "start"} command=${time("start")} />
      <${Field} label=${t("end")} name="end" value=${end ?? ""} focus=${focus === "end"} command=${time("end")} />
      <${Field} label=${t("minutes")} name="minutes" value=${minutes === null || minutes === undefined ? "" : String(minutes)} focus=${focus === "minutes"} command=${time("minutes")} />
    </div>
    ${timed.length > 0 && html`<${FindingList} findings=${timed} here />`}
    ${beside.length > 1 && html`<${Beside} session=${id} place=${place} slot=${slot} beside=${beside} />`}
    <fieldset class="keep"><legend>${t("keep")}</legend>
      ${/** @type {const} */ (["following", "end", "length"]).map(
        (word) => html`<label><input type="radio" name="keep" value=${word} checked=${rule === word} onChange=${() => onRule(word)} /> ${t(/** @type {"following"} */ ({ following: "following", end: "keepEnd", length: "keepLength" }[word]))}</label>`,
      )}
    </fieldset>
    ${slot.time && html`<${Hours} hours=${slot.time.hours} />`}
    <${BothFields} label=${t("title")} value=${slot.title} command=${title} focus=${language(focus, "title")} />
    <${People} label=${t("speakers")} of=${of} roles=${slot.roles} role="speaker" all=${slot.everyone} />
    ${slot.groups.map((/** @type {any} */ group, /** @type {number} */ at) => html`<${People} key=${at} label=${say(group.title)} of=${{ kind: "break-out", session: id, slot: index, group: at }} roles=${group.roles} role="facilitator" />`)}
    <${Inside} session=${id} place=${place} items=${slot.items} />
    <${BothFields} label=${t("room")} value=${slot.place} command=${line(of, "place")} focus=${language(focus, "place")} />
    <${More} open=${Boolean(focus && /^(description|language|interpretation|documents)/.test(focus)) || slot.documents?.length > 0 || ["description", "language", "interpretation"].some((field) => slot[field]?.es || slot[field]?.en)}>
      <${BothFields} label=${t("description")} value=${slot.description} long marks command=${prose(of, "description")} focus=${language(focus, "description")} />
      <${BothFields} label=${t("heldIn")} value=${slot.language} command=${line(of, "language")} focus=${language(focus, "language")} />
      <${BothFields} label=${t("interpretation")} value=${slot.interpretation} command=${line(of, "interpretation")} focus=${language(focus, "interpretation")} />
      <${Links} of=${of} documents=${slot.documents ?? []} focus=${focus} />
    <//>
    <div class="switches">
    <${Switch} label=${t("pause")} checked=${slot.pause} onFlip=${flag("break")} />
    <${Switch} label=${t("approximate")} checked=${slot.approximate} onFlip=${flag("approximate")} />
    <${Switch} label=${t("everyone")} checked=${slot.everyone} onFlip=${(/** @type {boolean} */ on) => act({ do: "field", of, field: "participants", to: on ? "all" : null })} />
    <${Switch} label=${t("pinned")} checked=${slot.pinned} onFlip=${flag("pinned")} />
    </div>
    <div class="ways">
      <button type="button" disabled=${index === 0} onClick=${() => swap(index - 1)}>↑ ${t("up")}</button>
      <button type="button" disabled=${index === last} onClick=${() => swap(index + 1)}>↓ ${t("down")}</button>
      <button type="button" disabled=${index === 0} title=${index ? t("nestWhy", say(beside[index - 1].title)) : undefined} onClick=${() => nest(session, place)}>→ ${t("nest")}</button>
      ${around && html`<button type="button" onClick=${() => lift(id, place)}>← ${t("lift", say(around.title))}</button>`}
    </div>
    <div class="ways">
      <button type="button" onClick=${() => addItem(id, besides(place, index + 1))}>${t("addAfter")}</button>
      ${slot.time && slot.time.minutes > 1 && html`<${Unfold} label=${t("split")}>${(/** @type {() => void} */ done) => html`<${Split} session=${id} place=${place} slot=${slot} done=${done} />`}<//>`}
      <button type="button" class="grave" onClick=${() => remove(false)}>${t("removeItem")}</button>
      ${slot.time && html`<button type="button" class="grave" onClick=${() => remove(true)}>${t("removeClose")}</button>`}
    </div>
  </div>`;
}

/** With which item beside it one runs at the same time. @param {{session: string, place: number[], slot: any, beside: any[]}} props */
function Beside({ session, place, slot, beside }) {
  const own = place[place.length - 1];
  const others = beside.map((one, at) => ({ one, at })).filter(({ at }) => at !== own);
  // The nearest before it that has begun by then and is not over; without hours it is simply the one before.
  const runs = (/** @type {any} */ one) => !slot.time || !one.time || (one.time.from <= slot.time.from && slot.time.from < one.time.to);
  const now = slot.parallel ? (others.filter(({ one, at }) => at < own && !one.parallel && runs(one)).at(-1) ?? others.find(({ one }) => !one.parallel && runs(one)))?.at : undefined;
  const name = (/** @type {{one: any, at: number}} */ { one, at }) => `${one.time ? `${one.time.start} · ` : ""}${say(one.title) || t("item", at + 1)}`;
  const options = [["", t("afterBefore")], ...(slot.parallel && now === undefined ? [["?", t("parallel")]] : []), ...others.map((other) => [String(other.at), name(other)])];
  return html`<${Choice} name="beside" label=${t("sameTimeAs")} value=${now ?? (slot.parallel ? "?" : "")} options=${options} onPick=${(/** @type {string} */ at) => at !== "?" && act({ do: "beside", session, slot: place, with: at === "" ? null : Number(at) })} />`;
}

/** Puts an item inside the one before it. @param {any} session @param {number[]} place */
export async function nest(session, place) {
  const last = place[place.length - 1];
  if (!last) return;
  const into = besides(place, last - 1);
  const count = slotAt(session, into).items.length;
  if (await act({ do: "nest", session: session.id, slot: place })) goTo(session.id, [...into, count]);
}

/** Takes an item out of the one that it is inside of. @param {string} session @param {number[]} place */
async function lift(session, place) {
  const outer = place.slice(0, -1);
  if (outer.length && (await act({ do: "lift", session, slot: place }))) goTo(session, besides(outer, outer[outer.length - 1] + 1));
}

/** What an item consists of. @param {{session: string, place: number[], items: any[]}} props */
function Inside({ session, place, items }) {
  const keys = (/** @type {KeyboardEvent} */ event, /** @type {number} */ at) => {
    if (!event.altKey || event.key !== "ArrowLeft") return;
    event.preventDefault();
    lift(session, [...place, at]);
  };
  return html`<div class="inside-items" role="group" aria-label=${t("inside")}>
    <p class="label">${t("inside")}</p>
    ${items.length > 0 && html`<ol>${items.map((/** @type {any} */ item, /** @type {number} */ at) => html`<li key=${at}><button type="button" onKeyDown=${(/** @type {KeyboardEvent} */ event) => keys(event, at)} onClick=${() => goTo(session, [...place, at])}>${item.time && item.start !== null && html`<span class="clock">${item.time.start}</span>`}<span>${say(item.title) || t("item", at + 1)}${item.roles.length > 0 && html` <span class="quiet">· ${item.roles.map((/** @type {any} */ role) => say(role.label)).join(", ")}</span>`}</span></button></li>`)}</ol>`}
    <button type="button" class="plain" onClick=${() => addItem(session, [...place, items.length])}>+ ${t("addInside")}</button>
  </div>`;
}

/** @param {{session: string, place: number[], slot: any, done: () => void}} props */
function Split({ session, place, slot, done }) {
  const [typed, setTyped] = useState(`+${Math.max(1, Math.floor(slot.time.minutes / 2))}`);
  const part = (/** @type {string} */ title, /** @type {string} */ word) => (title ? `${title} (${word})` : "");
  const title = { es: part(slot.title.es, "segunda parte"), en: part(slot.title.en, "second part") };
  return html`<form
    onSubmit=${async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (await act({ do: "split", session, slot: place, typed, title })) {
        done();
        goTo(session, besides(place, place[place.length - 1] + 1), `title.${state.lang}`);
      }
    }}
  >
    <label class="field"><span>${t("splitAt")}</span><input type="text" value=${typed} onInput=${(/** @type {any} */ event) => setTyped(event.target.value)} /></label>
    <button class="main">${t("split")}</button>
  </form>`;
}
