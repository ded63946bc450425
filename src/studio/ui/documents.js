// @ts-check
// Every document as it will be, and the writing of all of them.
import { useEffect, useState } from "preact/hooks";
import { Detail, Told, html } from "./parts.js";
import { asks, say, state, t } from "./store.js";
import { Refused } from "./backend.js";

/** What was chosen stays so from visit to visit. */
let picked = { paper: "", format: "html" };

/** @typedef {{address: string, key: string, pdf: boolean}} Shown */

/**
 * A document as it would be now, made anew with each change.
 * @param {string} paper none while it is not known @param {string} format
 * @returns {[{shown: Shown | null, refusal: any}, (refusal: any) => void]}
 */
export function usePreview(paper, format) {
  const [now, setNow] = useState(/** @type {{shown: Shown | null, refusal: any}} */ ({ shown: null, refusal: null }));
  const { revision } = state.desk;
  useEffect(() => {
    if (!paper) return;
    let gone = false;
    asks()
      .preview(paper, format)
      .then(({ address }) => !gone && setNow({ shown: { address, key: `${paper} ${format}`, pdf: format === "pdf" }, refusal: null }), (error) => {
        if (!gone && error instanceof Refused) setNow((/** @type {any} */ old) => ({ ...old, refusal: error.refusal }));
      });
    return () => void (gone = true);
  }, [paper, format, revision]);
  return [now, (refusal) => setNow((/** @type {any} */ old) => ({ ...old, refusal }))];
}

/** A page of it in a frame that may do nothing. @param {{shown: Shown, title: string}} props */
export const Sheet = ({ shown, title }) => html`<iframe key=${shown.key} title=${`${t("preview")}: ${title}`} src=${shown.address} class="sheet" sandbox=${shown.pdf ? undefined : ""}></iframe>`;

/** One document as it is now, beside what makes it. @param {{kind: string, session?: string}} props */
export function Preview({ kind, session }) {
  const [list, setList] = useState(/** @type {any[] | null} */ (null));
  const [format, setFormat] = useState("html");
  const { revision } = state.desk;
  useEffect(() => {
    let gone = false;
    asks().papers().then((papers) => !gone && setList(papers), () => {});
    return () => void (gone = true);
  }, [revision]);
  const fits = (list ?? []).filter((one) => one.kind === kind && (!session || one.session === session));
  const paper = fits.find((one) => one.lang === state.lang) ?? fits[0];
  const [{ shown, refusal }] = usePreview(paper?.paper ?? "", format);
  const formats = ["html", "pdf"].filter((one) => paper?.formats.includes(one));
  if (list && !paper) return null;
  return html`<section class="look" aria-label=${t("preview")}>
    ${formats.length > 1 && html`<div class="ways" role="group" aria-label=${t("preview")}>${formats.map((one) => html`<button type="button" aria-pressed=${format === one} onClick=${() => setFormat(one)}>${one === "html" ? t("webPage") : "PDF"}</button>`)}</div>`}
    ${refusal && html`<p class="banner error" role="alert"><${Told} text=${refusal.reason} /></p>`}
    ${shown ? html`<${Sheet} shown=${shown} title=${say(paper?.title)} />` : html`<p class="quiet">${t("making")}</p>`}
  </section>`;
}

/** The same, made only where somebody asks for it. @param {{kind: string, session?: string}} props */
export function Folded({ kind, session }) {
  const [open, setOpen] = useState(false);
  return html`<details class="previewed" onToggle=${(/** @type {any} */ event) => setOpen(event.target.open)}><summary>${t("preview")}</summary>${open && html`<${Preview} kind=${kind} session=${session} />`}</details>`;
}

export function Documents() {
  const [list, setList] = useState(/** @type {any[]} */ ([]));
  const [chosen, setChosen] = useState(picked);
  const { revision } = state.desk;

  useEffect(() => {
    let gone = false;
    asks()
      .papers()
      .then((papers) => {
        if (gone) return;
        setList(papers);
        const still = papers.some((/** @type {any} */ one) => one.paper === picked.paper);
        if (!still && papers.length) choose({ ...picked, paper: (papers.find((/** @type {any} */ one) => one.lang === state.lang) ?? papers[0]).paper });
      }, () => {});
    return () => void (gone = true);
  }, [revision]);

  const [{ shown, refusal }, setRefusal] = usePreview(list.length ? chosen.paper : "", chosen.format);
  const choose = (/** @type {typeof picked} */ what) => {
    picked = what;
    setChosen(what);
  };
  const busy = state.work && !state.work.ended;
  const build = () => asks().build().then(() => setRefusal(null), (error) => {
    if (error instanceof Refused) setRefusal(error.refusal);
  });
  const languages = [...new Set(list.map((paper) => paper.lang))];
  const paper = list.find((one) => one.paper === chosen.paper);
  const lang = paper?.lang ?? state.lang;
  const groups = /** @type {const} */ ([["papers", (/** @type {any} */ one) => !["agenda", "letter"].includes(one.kind)], ["agendas", (/** @type {any} */ one) => one.kind === "agenda"], ["letters", (/** @type {any} */ one) => one.kind === "letter"]]);
  const inOther = (/** @type {string} */ other) => list.find((one) => one.lang === other && one.kind === paper?.kind && one.session === paper?.session && (one.kind !== "letter" || say(one.title) === say(paper?.title)));
  return html`<main id="main" tabindex="-1" class="view documents">
    <div class="row"><h1>${t("documents")}</h1><button type="button" class="main" disabled=${busy} onClick=${build}>${busy ? t("building") : t("build")}</button></div>
    ${refusal && html`<p class="banner error" role="alert"><${Told} text=${refusal.reason} /></p>`}
    <div class="desk">
      <nav aria-label=${t("documents")}>
        ${groups.map(([name, fits]) => {
          const papers = list.filter((one) => fits(one) && one.lang === lang);
          return papers.length > 0 && html`<h2>${t(name)}</h2><ul class="tree">${papers.map((one) => html`<li key=${one.paper}><button type="button" class=${one.paper === chosen.paper ? "here" : ""} aria-current=${one.paper === chosen.paper ? "true" : undefined} onClick=${() => choose({ ...chosen, paper: one.paper })}>${say(one.title)}</button></li>`)}</ul>`;
        })}
      </nav>
      <${Detail} label=${t("preview")}>
        <h2>${say(paper?.title)}</h2>
        <div class="ways" role="group" aria-label=${t("preview")}>
          ${languages.map((code) => { const other = inOther(code); return html`<button type="button" aria-pressed=${lang === code} disabled=${!other} onClick=${() => other && choose({ ...chosen, paper: other.paper })}>${t(code === "es" ? "inSpanish" : "inEnglish")}</button>`; })}
          ${!state.desk.pdf && html`<p class="quiet">${t("noPdf")}</p>`}
          ${state.desk.pdf && ["html", "pdf"].filter((format) => paper?.formats.includes(format)).map((format) => html`<button type="button" aria-pressed=${chosen.format === format} onClick=${() => choose({ ...chosen, format })}>${format === "html" ? t("webPage") : "PDF"}</button>`)}
        </div>
        ${shown ? html`<${Sheet} shown=${shown} title=${say(paper?.title)} />` : html`<p class="quiet">${chosen.paper ? t("making") : t("choose")}</p>`}
      <//>
    </div>
  </main>`;
}
