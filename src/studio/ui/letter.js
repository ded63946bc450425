// @ts-check
// One mail as its reader sees it: as a page in a frame without scripts, as text, and in their calendar.
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "./parts.js";
import { asks, say, state, t } from "./store.js";

/** How mails are looked at stays so from one to the next. */
let look = { part: "mail", phone: false };

/** @param {{wanted: any, item: any, picked: boolean}} props */
export function Letter({ wanted, item, picked }) {
  const [mail, setMail] = useState(/** @type {any} */ (null));
  const [how, setHow] = useState(look);
  const own = useRef(/** @type {HTMLElement | null} */ (null));
  const { revision } = state.desk;
  useEffect(() => {
    let gone = false;
    asks().mail({ wanted, mail: item.mail }).then((mail) => !gone && setMail(mail), () => {});
    return () => void (gone = true);
  }, [item.mail, revision]);
  useEffect(() => {
    // On a narrow screen the mail stands behind the list.
    if (picked && own.current && matchMedia("(max-width: 52rem)").matches) own.current.scrollIntoView({ block: "start" });
  }, [picked, !mail]);
  const see = (/** @type {Partial<typeof look>} */ more) => {
    look = { ...look, ...more };
    setHow(look);
  };
  if (!mail) return html`<p class="quiet">${t("making")}</p>`;
  const tab = (/** @type {string} */ part, /** @type {string} */ name) => html`<button type="button" aria-pressed=${how.part === part} onClick=${() => see({ part })}>${name}</button>`;
  return html`<article class="letter" ref=${own}>
    <dl class="head">
      <dt>${t("subject")}</dt><dd><strong lang=${mail.lang}>${mail.subject}</strong></dd>
      <dt>${t("fromWhom")}</dt><dd lang=${mail.lang}>${mail.from}</dd>
      <dt>${t("toWhom")}</dt><dd lang=${mail.lang}>${mail.to}</dd>
    </dl>
    <div class="ways" role="group" aria-label=${t("mail")}>
      ${tab("mail", t("mail"))} ${tab("text", t("plainText"))} ${mail.entry && tab("calendar", t("calendar"))}
      ${how.part === "mail" && html`<span class="apart"></span><button type="button" aria-pressed=${how.phone} onClick=${() => see({ phone: true })}>${t("phone")}</button><button type="button" aria-pressed=${!how.phone} onClick=${() => see({ phone: false })}>${t("screen")}</button>`}
    </div>
    ${how.part === "mail" && html`<iframe key=${mail.page} class=${`sheet ${how.phone ? "phone" : ""}`} title=${t("readMail", say(item.name))} src=${mail.page} sandbox=""></iframe>`}
    ${how.part === "text" && html`<pre class="sheet text" lang=${mail.lang} tabindex="0" aria-label=${t("plainText")}>${mail.text}</pre>`}
    ${how.part === "calendar" && mail.entry && html`<${Entry} entry=${mail.entry} lang=${mail.lang} />`}
  </article>`;
}

/** @param {{entry: any, lang: string}} props */
function Entry({ entry, lang }) {
  const gone = entry.method === "CANCEL";
  return html`<div class="entry">
    <p class="label">${t(gone ? "entryGone" : "entryNew")}</p>
    <div class=${`event ${gone ? "gone" : ""}`} lang=${lang}>
      <p class="summary">${entry.summary}</p>
      <p>${entry.when}</p>
      ${entry.location && html`<p>${entry.location}</p>`}
      ${entry.alarm !== null && html`<p class="quiet" lang=${state.lang}>${t("alarm", entry.alarm)}</p>`}
      ${entry.description && html`<p class="prose">${entry.description}</p>`}
    </div>
  </div>`;
}
