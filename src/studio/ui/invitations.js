// @ts-check
// The plan: who is told what and why, each mail as its reader sees it, and the sending of what was looked at.
import { useEffect, useRef, useState } from "preact/hooks";
import { Refused } from "./backend.js";
import { Letter } from "./letter.js";
import { Choice, Switch, Told, Unfold, html } from "./parts.js";
import { asks, changed, go, say, seen, state, t } from "./store.js";

/** What was asked for stays so from visit to visit. */
let asked = { session: /** @type {string | null} */ (null), cosmetic: false, remind: false, same: /** @type {string[]} */ ([]) };

const COUNTS = /** @type {const} */ ({ invite: "invite", update: "update", cancel: "cancelMail", remind: "remindMail", "turn-down": "turnDown", replace: "replaceMail", retry: "retry", cosmetic: "cosmeticMail", unchanged: "unchanged" });
/** @param {string} action @param {number} many */
const counted = (action, many) => t(COUNTS[/** @type {"invite"} */ (action)], many);

export function Invitations() {
  const [wanted, setWanted] = useState(asked);
  const [plan, setPlan] = useState(/** @type {any} */ (null));
  const [refusal, setRefusal] = useState(/** @type {any} */ (null));
  const [told, setTold] = useState("");
  const [mail, setMail] = useState("");
  const [again, setAgain] = useState(0);
  const { revision } = state.desk;
  const ended = state.work?.kind === "send" && state.work.ended;

  useEffect(() => {
    let gone = false;
    asks().plan(wanted).then((plan) => !gone && (setPlan(plan), setRefusal(null)), (error) => {
      if (!gone && error instanceof Refused) (setPlan(null), setRefusal(error.refusal));
    });
    return () => void (gone = true);
  }, [wanted, revision, again, ended]);

  const want = (/** @type {Partial<typeof asked>} */ more) => {
    asked = { ...asked, ...more };
    setTold("");
    setWanted(asked);
  };
  /** Does something with the plan that is seen, and looks at it anew. @param {() => Promise<string>} ask */
  const make = async (ask) => {
    try {
      const said = await ask();
      setTold(said);
      setRefusal(null);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefusal(error.refusal);
      setTold("");
    }
    setAgain(again + 1);
  };
  const sessions = /** @type {[string, string][]} */ (seen().sessions.map((/** @type {any} */ one) => [one.id, `${say(one.name)} · ${say(one.title)}`]));
  const letters = plan?.sessions.flatMap((/** @type {any} */ one) => one.items.filter((/** @type {any} */ item) => item.mail)) ?? [];
  const chosen = letters.find((/** @type {any} */ item) => item.mail === mail) ?? letters[0];
  return html`<main id="main" tabindex="-1" class="view invitations">
    <h1>${t("invitations")}</h1>
    <div class="row filters">
      <${Choice} label=${t("ofSession")} value=${wanted.session ?? ""} options=${[["", t("allSessions")], ...sessions]} onPick=${(/** @type {string} */ id) => want({ session: id || null })} />
      <${Switch} label=${t("remind")} checked=${wanted.remind} onFlip=${(/** @type {boolean} */ remind) => want({ remind })} />
      <${Switch} label=${t("cosmetic")} checked=${wanted.cosmetic} onFlip=${(/** @type {boolean} */ cosmetic) => want({ cosmetic })} />
    </div>
    ${refusal && html`<p class="banner error" role="alert"><${Told} text=${refusal.reason} />${refusal.details.map((/** @type {any} */ detail) => html` <${Told} text=${detail} />`)}</p>`}
    ${told && html`<p class="banner well" role="status">${told}</p>`}
    ${plan?.errors.length > 0 &&
    html`<div class="banner error"><div><p>${t("inTheWay")}</p><ul class="plain-list">${plan.errors.slice(0, 6).map((/** @type {any} */ error) => html`<li><${Told} text=${error} /></li>`)}</ul>${!wanted.session && html`<p>${t("oneAlone")}</p>`}</div>
      <button type="button" onClick=${() => go({ view: "findings" })}>${t("seeFindings")}</button></div>`}
    ${plan?.note && html`<p class="banner warning"><${Told} text=${plan.note} /></p>`}
    ${plan && !plan.errors.length && html`<${Sending} plan=${plan} wanted=${wanted} make=${make} />`}
    ${plan?.lost.length > 0 && html`<p class="banner warning">${t("lost")} ${plan.lost.map(say).join("; ")}</p>`}
    ${plan && !plan.errors.length &&
    html`<div class="desk plan">
      <div class="plan-sessions">
        ${plan.sessions.map((/** @type {any} */ session) => html`<${OfSession} key=${session.id} session=${session} chosen=${chosen?.mail} same=${wanted.same} onMail=${setMail} onSame=${(/** @type {boolean} */ on) => want({ same: on ? [...wanted.same, session.id] : wanted.same.filter((id) => id !== session.id) })} />`)}
        <${ByCountry} plan=${plan} />
      </div>
      <section class="reader" aria-label=${t("mail")}>
        ${chosen ? html`<${Letter} key=${chosen.mail} wanted=${wanted} item=${chosen} picked=${mail === chosen.mail} />` : html`<p class="quiet">${letters.length ? t("chooseMail") : t("nothingToSend")}</p>`}
      </section>
    </div>`}
  </main>`;
}

/** How many there are, and what can be done with them. @param {{plan: any, wanted: any, make: (ask: () => Promise<string>) => Promise<void>}} props */
function Sending({ plan, wanted, make }) {
  const seenPlan = { wanted, plan: plan.plan };
  const write = () => make(async () => {
    const put = await asks().writeMails(seenPlan);
    return t("written", put.count, put.folder);
  });
  const record = () => make(async () => {
    const entered = await asks().recordMails();
    return t("entered", entered.count, entered.known, entered.missing);
  });
  const busy = state.work && !state.work.ended;
  return html`<section class="sending" aria-label=${t("mailsToSend", plan.count)}>
    <p class="many">${plan.count ? t("mailsToSend", plan.count) : t("nothingToSend")}</p>
    ${plan.count > 0 && html`<div class="ways">
      <${Unfold} label=${t("send")} class="main">${(/** @type {() => void} */ done) => html`<${Confirm} plan=${plan} wanted=${wanted} busy=${busy} make=${make} done=${done} />`}<//>
      <${Unfold} label=${t("asFiles")}>${(/** @type {() => void} */ done) => html`<p>${t("asFilesWhy")}</p><p class="quiet">${plan.folder}</p><button type="button" class="main" onClick=${() => { write(); done(); }}>${t("asFiles")}</button>`}<//>
    </div>`}
    ${plan.waiting && html`<div class="row"><p>${t("waiting", plan.folder)}</p><button type="button" onClick=${record}>${t("enterSent")}</button></div>`}
  </section>`;
}

/** The mail server, as it was typed; in the memory of this page alone. */
let typedServer = { server: "", user: "", secret: "" };

/** The count, typed. @param {{plan: any, wanted: any, busy: boolean, make: (ask: () => Promise<string>) => Promise<void>, done: () => void}} props */
function Confirm({ plan, wanted, busy, make, done }) {
  const [typed, setTyped] = useState("");
  const [server, setServer] = useState(typedServer);
  const put = (/** @type {string} */ key) => (/** @type {any} */ event) => setServer((typedServer = { ...server, [key]: event.target.value }));
  // The form stays until all is sent: what failed is sent again from it.
  const begun = useRef(false);
  const { work } = state;
  useEffect(() => {
    if (!begun.current || work?.kind !== "send" || !work.ended) return;
    begun.current = false;
    if (!work.reason) done();
  }, [work]);
  const own = !plan.server;
  const ready = Number(typed) === plan.count && !busy && (!own || server.server.trim());
  return html`<form
    autocomplete="off"
    onSubmit=${async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (!ready) return;
      await make(async () => {
        // It may fail before its first news: what is awaited is known from the beginning.
        state.work = { kind: "send", done: 0, total: 0, note: null, ended: false, asked: true };
        begun.current = true;
        await asks().send({ wanted, plan: plan.plan, typed, server: own ? server : null }).catch((/** @type {Error} */ error) => {
          begun.current = false;
          state.work = null;
          throw error;
        });
        return "";
      });
    }}
  >
    ${own
      ? html`<label class="field"><span>${t("server")}</span><input type="text" required placeholder="smtp.example.org:587" value=${server.server} onInput=${put("server")} /></label>
          <label class="field"><span>${t("user")}</span><input type="text" autocomplete="off" value=${server.user} onInput=${put("user")} /></label>
          <label class="field"><span>${t("password")}</span><input type="password" autocomplete="off" value=${server.secret} onInput=${put("secret")} /></label>`
      : html`<p class="wide">${t("throughServer", plan.server)}</p>`}
    <label class="field"><span>${t("typeCount", plan.count)}</span><input type="text" inputmode="numeric" required value=${typed} onInput=${(/** @type {any} */ event) => setTyped(event.target.value)} /></label>
    <button class="main" disabled=${!ready}>${t("sendNow", plan.count)}</button>
  </form>`;
}

/** @param {{session: any, chosen: string, same: string[], onMail: (mail: string) => void, onSame: (on: boolean) => void}} props */
function OfSession({ session, chosen, same, onMail, onSame }) {
  /** Those to whom the same is sent for the same reason stand together. @type {Map<string, any[]>} */
  const together = new Map();
  for (const item of session.items.filter((/** @type {any} */ item) => item.counts)) {
    const key = [item.action, ...item.why.map(say)].join("\n");
    together.set(key, [...(together.get(key) ?? []), item]);
  }
  const unchanged = session.items.filter((/** @type {any} */ item) => !item.counts).length;
  const title = say(session.title) === say(session.name) ? "" : say(session.title);
  const holds = same.includes(session.id);
  return html`<section class="of-session" aria-label=${say(session.name)}>
    <p class="over">${say(session.name)}${session.day && ` · ${say(session.day)}`}</p>
    <h2>${title || say(session.name)}</h2>
    ${session.hold && html`<p class="held"><${Told} text=${t(/** @type {"hold-draft"} */ (`hold-${session.hold}`))} />${session.why && html` <${Told} text=${session.why} />`}</p>`}
    ${(session.hold === "confirm-link" || holds) && html`<${Switch} label=${t("sameLink")} checked=${holds} onFlip=${onSame} />`}
    ${session.hold === "draft" && html`<div class="ways"><button type="button" onClick=${() => go({ view: "session", session: session.id })}>${t("openSession")}</button></div>`}
    ${session.holders.length > 0 && html`<p class="label">${t("stillStands")}</p><ul class="plain-list">${session.holders.map((/** @type {any} */ holder) => html`<li>${say(holder.name)} <span class="quiet">${say(holder.when)}</span></li>`)}</ul>`}
    ${session.cancelled && !session.items.length && html`<p class="quiet">${t("nobodyLeft")}</p>`}
    ${[...together.entries()].map(
      ([key, items]) => html`<div class="batch" key=${key}>
        <p class=${`why ${items[0].mail ? "" : "quiet"}`}><strong>${counted(items[0].action, items.length)}</strong>${!items[0].mail && ` (${t("notSent")})`}${items[0].why.length > 0 && html` – <${Told} text=${items[0].why.map(say).join("; ")} />`}</p>
        <ul>${items.map((/** @type {any} */ item) => html`<${Recipient} key=${item.to} item=${item} here=${item.mail === chosen} onMail=${onMail} />`)}</ul>
      </div>`,
    )}
    ${unchanged > 0 && html`<p class="quiet">${t("unchanged", unchanged)}</p>`}
    ${session.unreachable.length > 0 && html`<p class="quiet">${t("unreachable")} ${session.unreachable.map((/** @type {any} */ who) => (who.role ? `${say(who.name)} (${say(who.role)})` : say(who.name))).join("; ")}</p>`}
  </section>`;
}

/** @param {{item: any, here: boolean, onMail: (mail: string) => void}} props */
function Recipient({ item, here, onMail }) {
  const about = html`<span class="who">${say(item.name)}</span> <span class="quiet">${item.to}</span> <span class="chip">${t(item.lang === "es" ? "inSpanish" : "inEnglish")}</span>${item.roles.length > 0 && html` <span class="quiet">${item.roles.map(say).join(", ")}</span>`}`;
  if (!item.mail) return html`<li class="recipient"><span>${about}</span></li>`;
  return html`<li class="recipient"><button type="button" class=${here ? "here" : ""} aria-current=${here ? "true" : undefined} onClick=${() => onMail(item.mail)}>${about}</button></li>`;
}

/** @param {{plan: any}} props */
function ByCountry({ plan }) {
  /** @type {Map<string, Map<string, number>>} */
  const counts = new Map();
  for (const item of plan.sessions.flatMap((/** @type {any} */ session) => session.items)) {
    const country = item.country ? say(item.country) : t("others");
    const own = counts.get(country) ?? new Map();
    own.set(item.action, (own.get(item.action) ?? 0) + 1);
    counts.set(country, own);
  }
  if (!counts.size) return null;
  return html`<section class="of-session" aria-label=${t("byCountry")}>
    <h2>${t("byCountry")}</h2>
    <ul class="plain-list">${[...counts.entries()].map(([country, own]) => html`<li><strong>${country}</strong>: ${[...own.entries()].map(([action, many]) => counted(action, many)).join(", ")}</li>`)}</ul>
  </section>`;
}

/** What takes long, wherever one is: how far it has come, and at its end what came of it. */
export function Work() {
  const { work } = state;
  const shown = useRef(/** @type {HTMLElement | null} */ (null));
  if (!work) return null;
  const close = () => {
    state.work = null;
    changed();
  };
  if (!work.ended) {
    const name = work.kind === "send" ? (work.total ? t("sending", work.done, work.total) : t("connecting")) : t("buildingOf", work.done, work.total);
    return html`<div class="banner working" ref=${shown}><p>${name}</p><progress aria-label=${name} max=${work.total || 1} value=${work.total ? work.done : undefined}></progress>
      <button type="button" onClick=${() => asks().stop()}>${t("stop")}</button>${work.note && html`<p class="wide"><${Told} text=${work.note} /></p>`}</div>`;
  }
  const { report } = work;
  return html`<div class=${`banner ${work.reason ? "error" : "well"}`} role=${work.reason ? "alert" : "status"}>
    <div>
      ${work.kind === "send" && report && html`<p>${t("sent", report.sent, report.total)}</p>${report.refused.map((/** @type {any} */ one) => html`<p>${t("refusedMail", one.to, one.said)}</p>`)}${report.deferred.map((/** @type {any} */ one) => html`<p>${t("deferredMail", one.to, one.said)}</p>`)}`}
      ${work.kind === "build" && report && html`<p>${t("built", report.files, report.written, report.folder)} ${report.draft && t("builtDraft")} ${report.edited.length > 0 && t("edited", report.edited.join(", "))}</p>${report.faults.map((/** @type {any} */ fault) => html`<p><${Told} text=${fault} /></p>`)}`}
      ${work.reason && html`<p><${Told} text=${work.reason} /></p>`}${work.help && html`<p><${Told} text=${work.help} /></p>`}
    </div>
    <div class="ways">${work.kind === "build" && report && html`<button type="button" onClick=${() => asks().folder()}>${t("openFolder")}</button>`}
      <button type="button" onClick=${close}>${t("dismiss")}</button></div>
  </div>`;
}
