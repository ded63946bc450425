// @ts-check
// Who comes: answers taken in from mails, what is uncertain decided by a click, and the attendance with its quorum.
import { useEffect, useState } from "preact/hooks";
import { Refused } from "./backend.js";
import { Drop } from "./drop.js";
import { Told, html } from "./parts.js";
import { asks, say, seen, state, t } from "./store.js";

const ANSWERS = /** @type {const} */ (["accepted", "tentative", "declined", "counter", "delegated", "no-answer"]);
const SAID = /** @type {const} */ (["accepted", "declined", "tentative"]);
/** @param {string} answer */
const word = (answer) => t(/** @type {"accepted_"} */ (`${answer}_`));

/** What a party or person is called. @param {string | null} who */
function called(who) {
  const { group } = state.desk;
  const person = group?.people.find((/** @type {any} */ one) => one.id === who);
  const party = group?.parties.find((/** @type {any} */ one) => one.id === who);
  return person?.name ?? (party ? say(party.label) : (who ?? t("unknownSender")));
}

/** @param {string | null} id */
const sessionName = (id) => say(seen().sessions.find((/** @type {any} */ one) => one.id === id)?.name) || (id ?? "");

export function Answers() {
  const [all, setAll] = useState(/** @type {any} */ (null));
  const [report, setReport] = useState(/** @type {any} */ (null));
  const [refusal, setRefusal] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const [again, setAgain] = useState(0);
  const { revision } = state.desk;
  useEffect(() => {
    let gone = false;
    asks().answers().then((told) => !gone && setAll(told), (error) => {
      if (!gone && error instanceof Refused) setRefusal(error.refusal);
    });
    return () => void (gone = true);
  }, [revision, again]);
  /** @param {() => Promise<any>} ask */
  const take = async (ask) => {
    setBusy(true);
    try {
      setReport(await ask());
      setRefusal(null);
    } catch (error) {
      if (error instanceof Refused) setRefusal(error.refusal);
    } finally {
      setBusy(false);
      setAgain(again + 1);
    }
  };
  /** Enters what somebody said; the report of a reading stays, without what is decided. @param {string} who @param {string} session @param {string} answer */
  const enter = async (who, session, answer) => {
    const before = report;
    await take(() => asks().spoken({ who, session, answer }));
    const is = (/** @type {any} */ one) => one.who === who && (one.session === session || one.sessions?.includes(session));
    if (before) setReport({ ...before, in_words: before.in_words.filter((/** @type {any} */ one) => !is(one)), refused: before.refused.filter((/** @type {any} */ one) => !is(one)) });
  };
  return html`<main id="main" tabindex="-1" class="view answers">
    <h1>${t("answers")}</h1>
    <${Drop} label=${t("dropMails")} hint=${busy ? t("reading") : t("dropMailsWhy")} accept=".eml,.ics,.mbox,.msg,message/rfc822,text/calendar" multiple onFiles=${(/** @type {any[]} */ files) => take(() => asks().answerFiles(files))} />
    ${all?.mailbox && html`<div class="ways"><button type="button" disabled=${busy} onClick=${() => take(() => asks().mailbox())}>${t("readMailbox", all.mailbox)}</button></div>`}
    ${refusal && html`<p class="banner error" role="alert"><${Told} text=${refusal.reason} />${refusal.details.map((/** @type {any} */ detail) => html` <${Told} text=${detail} />`)}</p>`}
    ${report && html`<${Report} report=${report} enter=${enter} />`}
    ${all?.sessions.map((/** @type {any} */ session) => html`<${Attendance} key=${session.session} session=${session} enter=${enter} />`)}
  </main>`;
}

/** What became of what was read. @param {{report: any, enter: (who: string, session: string, answer: string) => void}} props */
function Report({ report, enter }) {
  const refused = report.refused.filter((/** @type {any} */ one) => !one.may_be_entered);
  const open = report.refused.filter((/** @type {any} */ one) => one.may_be_entered);
  const ways = (/** @type {string} */ who, /** @type {string[]} */ sessions) =>
    html`<div class="ways">${sessions.map((session) => html`<span class="decide">${sessions.length > 1 && html`<span class="quiet">${sessionName(session)}:</span>`}${SAID.map((answer) => html`<button type="button" onClick=${() => enter(who, session, answer)}>${word(answer)}</button>`)}</span>`)}</div>`;
  return html`<section class="report" aria-label=${t("answers")}>
    <p class="banner well" role="status">${t("readSummary", report.messages, report.applied.length, report.known)}</p>
    ${report.unread?.length > 0 && html`<div class="banner warning"><div><p>${t("notMails")}</p><ul class="plain-list bullets">${report.unread.map((/** @type {string} */ name) => html`<li key=${name}><bdi>${name}</bdi></li>`)}</ul></div></div>`}
    <ul class="plain-list">${report.applied.map((/** @type {any} */ one) => html`<li><strong>${called(one.who)}</strong>: ${word(one.answer)} <span class="quiet">${sessionName(one.session)}${one.comment && ` · ${one.comment}`}</span></li>`)}</ul>
    ${open.length + report.in_words.length + report.about_dates.length > 0 && html`<h2>${t("toDecide")}</h2>`}
    ${report.about_dates.map((/** @type {any} */ one) => html`<article class="finding warning"><p class="message">${called(one.who)} <span class="quiet">${one.from ?? ""}</span></p><p class="label">${one.subject}</p><p class="said-text">${one.text}</p><p class="label"><${Told} text=${one.dates} /></p>${one.record && html`<p class="label"><code><${Told} text=${one.record} /></code></p>`}</article>`)}
    ${report.in_words.map((/** @type {any} */ one) => html`<article class="finding warning"><p class="message">${called(one.who)} <span class="quiet">${one.from}${one.automatic && ` · ${t("automatic")}`}</span></p><p class="label">${one.subject}</p><p class="said-text">${one.text}</p>${one.who && !one.automatic && ways(one.who, one.sessions)}</article>`)}
    ${open.map((/** @type {any} */ one) => html`<article class="finding warning"><p class="message">${called(one.who)} <span class="quiet">${one.from ?? ""}</span></p><p class="label"><${Told} text=${one.reason} /></p>${ways(one.who, [one.session])}</article>`)}
    ${report.not_arrived.map((/** @type {any} */ one) => html`<article class="finding error"><p class="message">${t(one.delayed ? "onItsWay" : "didNotArrive", one.to)}</p><p class="label">${called(one.who)}: ${one.reason}</p></article>`)}
    ${refused.map((/** @type {any} */ one) => html`<article class="finding"><p class="message">${one.who ? called(one.who) : (one.from ?? one.attendee ?? one.place)}</p><p class="label"><${Told} text=${one.reason} /></p></article>`)}
  </section>`;
}

/** @param {{session: any, enter: (who: string, session: string, answer: string) => void}} props */
function Attendance({ session, enter }) {
  const { counts, quorum, invited } = session;
  const many = /** @type {Record<string, number>} */ ({ accepted: counts.accepted, tentative: counts.tentative, declined: counts.declined, counter: counts.counter, delegated: counts.delegated, "no-answer": counts["no-answer"] });
  return html`<section class="attendance" aria-label=${say(session.name)}>
    <p class="over">${say(session.name)}${session.cancelled && ` · ${t("cancelled")}`}</p>
    <h2>${say(session.title)}</h2>
    ${!invited.length
      ? html`<p class="quiet">${t("nobodyInvited")}</p>`
      : html`<div class="share" aria-hidden="true">${ANSWERS.filter((answer) => many[answer]).map((answer) => html`<span class=${answer} style=${{ flexGrow: many[answer] }}></span>`)}</div>
          <p class="legend">${ANSWERS.filter((answer) => many[answer]).map((answer) => html`<span><span class=${`dot ${answer}`} aria-hidden="true"></span>${word(answer)}: ${many[answer]}</span>`)}</p>
          ${quorum && html`<p class=${quorum.met ? "quorum met" : "quorum"}><strong>${t(quorum.met ? "quorumMet" : "noQuorum")}</strong> ${[quorum.parties?.needed && t("quorumParties", quorum.parties.accepted, quorum.parties.needed), quorum.countries?.needed && t("quorumCountries", quorum.countries.accepted, quorum.countries.needed)].filter(Boolean).join(" · ")}</p>`}
          <p class="quiet">${session.countries.map((/** @type {any} */ country) => `${say(country.name)} ${country.accepted}/${country.invited}`).join(" · ")}</p>
          <table class="rows"><thead><tr><th scope="col">${t("invited")}</th><th scope="col">${t("country")}</th><th scope="col">${t("answerHead")}</th><th scope="col">${t("remark")}</th></tr></thead>
            <tbody>${invited.map((/** @type {any} */ row) => html`<${Row} key=${row.address} row=${row} session=${session.session} enter=${enter} />`)}</tbody></table>`}
    ${session.gone.length > 0 && html`<p class="quiet">${t("noLongerInvited")} ${session.gone.map((/** @type {any} */ one) => `${one.name} (${word(one.answer)})`).join("; ")}</p>`}
  </section>`;
}

/** @param {{row: any, session: string, enter: (who: string, session: string, answer: string) => void}} props */
function Row({ row, session, enter }) {
  const name = say(row.name);
  const party = say(row.party);
  const remark = [row.proposed && t("proposes", say(row.proposed)), row.earlier && t("before", word(row.earlier)), row.byHand && t("byHand"), row.comment].filter(Boolean).join("; ");
  return html`<tr>
    <th scope="row">${name}${party && party !== name && html` <span class="quiet">${party}</span>`}</th>
    <td>${say(row.country) || "–"}</td>
    <td class="answer"><span class=${`dot ${row.answer}`} aria-hidden="true"></span>${word(row.answer)}
      <select aria-label=${t("enterAnswer", name)} value="" onChange=${(/** @type {any} */ event) => { const answer = event.target.value; event.target.value = ""; if (answer) enter(row.who || row.address, session, answer); }}>
        <option value="">${t("enterBy")}</option>${SAID.map((answer) => html`<option value=${answer}>${word(answer)}</option>`)}
      </select></td>
    <td>${remark}</td>
  </tr>`;
}
