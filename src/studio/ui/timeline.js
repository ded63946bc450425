// @ts-check
// The agenda to scale: heights are minutes. Whatever is done here with the pointer is done with keys too, and with
// numbers and buttons in the form beside it.
import { useEffect, useRef, useState } from "preact/hooks";
import { Told, glyph, html, plainly, standing, worst } from "./parts.js";
import { act, attempt, go, say, seen, state, stopTrying, t } from "./store.js";

/** To how many minutes the pointer snaps. */
const SNAP = 5;
/** The height of the shortest item, in pixels. */
const LEAST = 30;

/** How many pixels a minute is: short items can be read, long sessions do not go on for ever. @param {any[]} slots */
function scale(slots) {
  const shortest = Math.min(...slots.map((slot) => slot.time.minutes).filter((minutes) => minutes > 0), 60);
  return Math.min(6, Math.max(1.6, LEAST / shortest));
}

/** Puts items that clash side by side; all others have the whole width. @param {any[]} slots @returns {{lane: number, lanes: number}[]} */
function lanes(slots) {
  const places = slots.map(() => ({ lane: 0, lanes: 1 }));
  const order = slots.map((_, index) => index).sort((a, b) => slots[a].time.from - slots[b].time.from || a - b);
  /** @type {number[]} */
  let ends = [];
  /** @type {number[]} */
  let together = [];
  const close = () => together.forEach((index) => (places[index].lanes = ends.length));
  for (const index of order) {
    const { from, to } = slots[index].time;
    if (ends.every((end) => end <= from)) {
      close();
      [ends, together] = [[], []];
    }
    const free = ends.findIndex((end) => end <= from);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = Math.max(to, from + 1);
    places[index].lane = lane;
    together.push(index);
  }
  close();
  return places;
}

/** @param {number} minute */
const clock = (minute) => {
  const day = ((minute % 1440) + 1440) % 1440;
  return `${String(Math.floor(day / 60)).padStart(2, "0")}:${String(day % 60).padStart(2, "0")}`;
};

/**
 * @param {{session: any, chosen: number, onChoose: (slot: number) => void, follow: boolean, nest: (session: any, place: number[]) => void}} props
 */
export function Timeline({ session, chosen, onChoose, follow, nest }) {
  const list = useRef(/** @type {HTMLOListElement | null} */ (null));
  const [drag, setDrag] = useState(/** @type {any} */ (null));
  const known = session.slots.map((/** @type {any} */ slot, /** @type {number} */ index) => ({ ...slot, index })).filter((/** @type {any} */ slot) => slot.time);
  const kept = useRef(/** @type {{from: number, by: number} | null} */ (null));
  if (!known.length) return html`<p class="quiet">${t("noHours")}</p>`;

  // While something is dragged the paper does not move under the hand.
  const own = { from: Math.min(session.time?.from ?? Infinity, ...known.map((/** @type {any} */ slot) => slot.time.from)), by: scale(known) };
  if (!drag) kept.current = own;
  const { from, by } = kept.current ?? own;
  const to = Math.max(session.time?.to ?? 0, ...known.map((/** @type {any} */ slot) => slot.time.to));
  const place = lanes(known);
  const columns = session.hours ?? [];
  const findings = standing(session.id);
  const of = (/** @type {number} */ index) => findings.filter((/** @type {any} */ finding) => finding.subject.slot === index);

  const focus = (/** @type {number} */ index) => {
    onChoose(index);
    /** @type {HTMLElement | null} */ (list.current?.querySelector(`[data-slot="${index}"]`))?.focus();
  };
  const keep = (/** @type {any} */ slot, /** @type {number} */ start, /** @type {number} */ minutes) =>
    act({ do: "place", session: session.id, slot: slot.index, start: ((start % 1440) + 1440) % 1440, minutes: Math.max(SNAP, minutes), follow });

  const key = async (/** @type {KeyboardEvent} */ event, /** @type {any} */ slot) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (drag && event.key === "Escape") return cancel();
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onChoose(slot.index);
      return document.getElementById("editor")?.querySelector("input")?.focus();
    }
    if (event.key === "Delete") {
      event.preventDefault();
      // As the button «Quitar el punto» does: the gap stays.
      await act({ do: "remove-slot", session: session.id, slot: slot.index, follow: false });
      return focus(Math.max(0, Math.min(slot.index, state.desk.sessions.find((/** @type {any} */ one) => one.id === session.id).slots.length - 1)));
    }
    if (event.altKey && event.key === "ArrowRight") {
      event.preventDefault();
      return nest(session, [slot.index]);
    }
    if (!step) return;
    event.preventDefault();
    const { from: start, minutes } = slot.time;
    if (event.altKey) {
      const target = slot.index + step;
      if (target >= 0 && target < session.slots.length && (await act({ do: "reorder", session: session.id, slot: slot.index, to: target }))) focus(target);
    } else if (event.shiftKey && (event.ctrlKey || event.metaKey)) await keep(slot, start, minutes + step * SNAP);
    else if (event.shiftKey) await keep(slot, start + step * SNAP, minutes);
    else {
      const order = known.map((/** @type {any} */ one) => one.index);
      const next = order[order.indexOf(slot.index) + step];
      if (next !== undefined) focus(next);
    }
  };

  const grab = (/** @type {PointerEvent} */ event, /** @type {any} */ slot, /** @type {boolean} */ edge) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    if (edge) onChoose(slot.index);
    /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    setDrag({ slot: slot.index, y: event.clientY, edge, start: slot.time.from, minutes: slot.time.minutes, moved: false, to: null });
  };
  const pull = (/** @type {PointerEvent} */ event) => {
    if (!drag) return;
    const pixels = event.clientY - drag.y;
    if (!drag.moved && Math.abs(pixels) < 4) return;
    const snap = event.altKey ? 1 : SNAP;
    // By whole steps of the clock: what began at 10:03 goes to 10:05.
    const round = (/** @type {number} */ minute) => Math.round(minute / snap) * snap;
    const start = drag.edge ? drag.start : Math.max(0, Math.min(1435, round(drag.start + pixels / by)));
    const minutes = drag.edge ? Math.max(snap, round(drag.start + drag.minutes + pixels / by) - drag.start) : drag.minutes;
    if (drag.to?.start === start && drag.to?.minutes === minutes) return;
    const at = drag.edge ? drag.slot : landing(drag.slot, start);
    setDrag({ ...drag, moved: true, to: { start, minutes }, at });
    attempt(wanted(drag.slot, at, { start, minutes }));
  };
  /** The place that an item takes which is drawn up over the middle of others: it goes before them. @param {number} index @param {number} start */
  const landing = (index, start) => {
    const { slots } = state.desk.sessions.find((/** @type {any} */ one) => one.id === session.id);
    const over = follow && slots.every((/** @type {any} */ slot) => slot.time && !slot.parallel) ? slots.slice(0, index).findIndex((/** @type {any} */ slot) => start < (slot.time.from + slot.time.to) / 2) : -1;
    return over < 0 ? index : over;
  };
  /** What letting go would do. @param {number} slot @param {number} at @param {{start: number, minutes: number}} to */
  const wanted = (slot, at, to) => (at === slot ? { do: "place", session: session.id, slot, ...to, follow } : { do: "reorder", session: session.id, slot, to: at });
  const cancel = () => {
    setDrag(null);
    stopTrying();
  };
  const drop = () => {
    if (!drag) return;
    const { to: there, slot, at, moved, start, minutes } = drag;
    setDrag(null);
    if (moved && there && (there.start !== start || there.minutes !== minutes)) {
      act(wanted(slot, at, there));
    } else stopTrying();
  };
  useEffect(() => {
    if (!drag) return;
    const away = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && cancel();
    addEventListener("keydown", away);
    return () => removeEventListener("keydown", away);
  }, [drag]);

  const top = (/** @type {number} */ minute) => `${(minute - from) * by}px`;
  const gaps = known.slice(1).flatMap((/** @type {any} */ slot, /** @type {number} */ index) => {
    const before = Math.max(...known.slice(0, index + 1).map((/** @type {any} */ one) => one.time.to));
    return slot.time.from > before ? [{ from: before, to: slot.time.from }] : [];
  });
  return html`<div class=${`timeline ${drag?.moved ? "dragging" : ""}`} style=${{ "--columns": columns.length }}>
    <div class="heads" aria-hidden="true">
      ${columns.map((/** @type {any} */ column) => html`<span>${column.short}</span>`)}
    </div>
    <ol ref=${list} aria-label=${t("timeline")} style=${{ height: `${Math.max((to - from) * by, 60) + 12}px` }}>
      ${gaps.map((/** @type {any} */ gap) => html`<li class="gap" style=${{ top: top(gap.from), height: `${(gap.to - gap.from) * by}px` }}><span>${t("free", gap.to - gap.from)}</span></li>`)}
      ${known.map((/** @type {any} */ slot, /** @type {number} */ index) => {
        const own = of(slot.index);
        const level = worst(own.filter((/** @type {any} */ finding) => finding.level !== "note"));
        const { start, end, minutes } = slot.time;
        const height = Math.max((slot.time.to - slot.time.from) * by, 14);
        const tbc = slot.roles.some((/** @type {any} */ role) => role.tbc);
        const spoken = slot.roles.map((/** @type {any} */ role) => say(role.label)).join(", ");
        const wrong = own.filter((/** @type {any} */ finding) => finding.level === "error").map((/** @type {any} */ finding) => plainly(finding.message));
        const more = [level && t(level === "error" ? "hasErrors" : "hasWarnings"), ...wrong].filter(Boolean).join(", ");
        const style = { top: top(slot.time.from), height: `${height}px`, "--lane": place[index].lane, "--lanes": place[index].lanes, "--rows": Math.max(1, Math.floor((height - 24 - (slot.items.length && height >= 70 ? Math.min(slot.items.length * 19, height - 70) : 0)) / 20)) };
        return html`<li key=${slot.index} class=${`slot ${level} ${slot.index === chosen ? "chosen" : ""} ${height < 44 ? "short" : ""} ${(drag?.at ?? drag?.slot) === slot.index && drag.moved ? "held" : ""}`} style=${style}>
          <span class="starts" aria-hidden="true">${slot.time.hours.map((/** @type {any} */ hour) => html`<span>${hour.start}${hour.shift ? html`<sup>${hour.shift > 0 ? `+${hour.shift}` : hour.shift}</sup>` : ""}</span>`)}</span>
          <button type="button" class="block" data-slot=${slot.index} tabindex=${slot.index === chosen || (chosen < 0 && index === 0) ? 0 : -1}
            aria-pressed=${slot.index === chosen}
            onClick=${() => onChoose(slot.index)} onKeyDown=${(/** @type {KeyboardEvent} */ event) => key(event, slot)}
            onPointerDown=${(/** @type {PointerEvent} */ event) => event.pointerType !== "touch" && grab(event, slot, false)} onPointerMove=${pull} onPointerUp=${drop} onPointerCancel=${cancel}>
            <span class="hidden">${t("range", start, end, minutes)}, </span>
            <span class="name">${level && html`<span class="glyph" aria-hidden="true">${glyph(level)}</span>`}${say(slot.title)}</span>
            <span class="who"><span aria-hidden="true">${slot.time.minutes}′</span>${spoken && html`<span class="hidden">, </span><span class="names">${spoken}</span>`}${tbc && html`<span class="hidden">, </span><span class="tbc">${t("tbc")}</span>`}</span>
            ${slot.items.length > 0 && height >= 70 && html`<span class="parts">${slot.items.slice(0, Math.floor((height - 50) / 19)).map((/** @type {any} */ item) => html`<span>${item.time && item.start !== null ? html`<span class="clock">${item.time.start} </span>` : "· "}${say(item.title)}</span>`)}</span>`}
            ${more && html`<span class="hidden">, ${more}</span>`}
          </button>
          <span class="edge" title=${t("lengthen")} aria-hidden="true" onPointerDown=${(/** @type {PointerEvent} */ event) => grab(event, slot, true)} onPointerMove=${pull} onPointerUp=${drop} onPointerCancel=${cancel}></span>
        </li>`;
      })}
    </ol>
    ${drag?.moved && html`<${Ghost} session=${session} slot=${drag.at ?? drag.slot} to=${drag.to} />`}
  </div>`;
}

/** What letting go would do: the hours of all countries, and what would then be wrong. @param {{session: any, slot: number, to: any}} props */
function Ghost({ session, slot, to }) {
  if (!to) return null;
  const time = session.slots[slot]?.time;
  const before = new Set(state.desk.findings.map((/** @type {any} */ finding) => say(finding.message)));
  const news = seen().findings.filter((/** @type {any} */ finding) => !finding.waived && finding.level !== "note" && !before.has(say(finding.message)));
  return html`<div class="ghost">
    <p class="clock">${time?.start ?? clock(to.start)}–${time?.end ?? clock(to.start + to.minutes)} · ${to.minutes}′</p>
    ${time && html`<ul>${time.hours.map((/** @type {any} */ hour) => html`<li><span class="clock">${hour.start}</span> ${say(hour.places)}</li>`)}</ul>`}
    ${news.slice(0, 3).map((/** @type {any} */ finding) => html`<p class=${finding.level}><span aria-hidden="true">${glyph(finding.level)}</span> <${Told} text=${finding.message} /></p>`)}
  </div>`;
}

/** A link to a session from elsewhere. @param {string} session @param {number} slot */
export const toSlot = (session, slot) => go({ view: "session", session, slot });
