// @ts-check
// Where files are dropped, or chosen.
import { useId, useState } from "preact/hooks";
import { html } from "./parts.js";
import { t } from "./store.js";

/** A file as the program gets it. @param {File} file */
async function read(file) {
  const octets = new Uint8Array(await file.arrayBuffer());
  let text = "";
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < octets.length; at += 32768) text += String.fromCharCode(...octets.subarray(at, at + 32768));
  return { name: file.name, bytes: btoa(text) };
}

/**
 * @param {{label: string, hint: string, accept: string, multiple?: boolean, onFiles: (files: {name: string, bytes: string}[]) => void}} props
 */
export function Drop({ label, hint, accept, multiple, onFiles }) {
  const id = useId();
  const [over, setOver] = useState(false);
  const [unread, setUnread] = useState(/** @type {string[]} */ ([]));
  const take = async (/** @type {FileList | null | undefined} */ files) => {
    const list = [...(files ?? [])].slice(0, multiple ? undefined : 1);
    // A folder, or what went away meanwhile, cannot be read: the others are taken, and it is told by its name.
    const came = await Promise.allSettled(list.map(read));
    const failed = list.filter((_, at) => came[at].status === "rejected").map((file) => file.name);
    setUnread(failed);
    const whole = came.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    if (whole.length) onFiles(whole);
  };
  const hover = (/** @type {boolean} */ on) => (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    setOver(on);
  };
  return html`<div class=${`drop ${over ? "over-it" : ""}`} onDragEnter=${hover(true)} onDragOver=${hover(true)} onDragLeave=${hover(false)} onDrop=${(/** @type {DragEvent} */ event) => { hover(false)(event); take(event.dataTransfer?.files); }}>
    <p><strong>${label}</strong></p>
    <p class="quiet" id=${`${id}-hint`}>${hint}</p>
    ${unread.map((name) => html`<p class="why" role="alert" key=${name}>${t("unreadFile", name)}</p>`)}
    <label class="button" for=${id}>${t("chooseFiles")}</label>
    <input id=${id} class="hidden" type="file" accept=${accept} multiple=${multiple} aria-label=${`${label}: ${t("chooseFiles")}`} aria-describedby=${`${id}-hint`} onChange=${(/** @type {any} */ event) => { take(event.target.files); event.target.value = ""; }} />
  </div>`;
}
