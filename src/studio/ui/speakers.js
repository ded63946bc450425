// @ts-check
// Who has a role: by name with completion from the group, or somebody new in place.
import { useId, useState } from "preact/hooks";
import { html, Switch } from "./parts.js";
import { act, say, state, t } from "./store.js";

/** Letters without accents, for comparing. @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Everybody of the group, as they are called. */
function everybody() {
  const group = state.desk.group;
  if (!group) return [];
  const parties = group.parties.map((/** @type {any} */ party) => ({ id: party.id, name: say(party.label), words: [party.id, party.label.es, party.label.en, party.name?.es, party.name?.en, party.acronym?.es, party.acronym?.en] }));
  const people = group.people.map((/** @type {any} */ person) => ({ id: person.id, name: person.name, words: [person.id, person.name] }));
  return [...people, ...parties].map((one) => ({ ...one, words: plain(one.words.filter(Boolean).join(" ")) }));
}

/**
 * @param {{label: string, of: object, roles: any[], role: string, one?: boolean, all?: boolean}} props `all`: everybody takes part
 */
export function People({ label, of, roles, role, one, all }) {
  return html`<div class="people" role="group" aria-label=${label}>
    <p class="label">${label}</p>
    <ul>
      ${roles.map(
        (who) => html`<li key=${`${who.role}${who.index}`}>
          <span class="who">${say(who.label)}</span>
          ${who.described ? who.tbc && html`<span class="tbc">${t("tbc")}</span>` : html`<${Switch} short=${t("tbc")} label=${t("tbcOf", say(who.label))} checked=${who.tbc} onFlip=${(/** @type {boolean} */ tbc) => act({ do: "tbc", of, role: who.role, index: who.index, tbc })} />`}
          <button type="button" class="plain" aria-label=${t("removeWho", say(who.label))} onClick=${() => act({ do: "remove-speaker", of, role: who.role, index: who.index })}>✕</button>
        </li>`,
      )}
      ${!roles.length && html`<li class="quiet">${t(all ? "everyone" : "nobody")}</li>`}
    </ul>
    ${!(one && roles.length) && html`<${Somebody} of=${of} role=${role} label=${label} />`}
  </div>`;
}

/** A field that completes (ARIA combobox). @param {{of: object, role: string, label: string}} props */
function Somebody({ of, role, label }) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const word = plain(typed.trim());
  const name = typed.trim();
  const known = word ? everybody().filter((one) => one.words.includes(word)).slice(0, 7) : [];
  const both = { es: name, en: name };
  /** @type {{key: string, text: string, who: any, tbc: boolean}[]} */
  const options = known.map((one) => ({ key: one.id, text: one.name, who: { known: one.id }, tbc: true }));
  if (name.length > 1) {
    options.push({ key: "+person", text: t("asPerson", name), who: { "new-person": { name, party: null } }, tbc: true });
    options.push({ key: "+party", text: t("asParty", name), who: { "new-party": { name: both, kind: "other", country: null } }, tbc: true });
    options.push({ key: "+words", text: t("asWords", name), who: { described: both }, tbc: true });
  }
  const pick = async (/** @type {typeof options[0] | undefined} */ option) => {
    if (!option) return;
    setTyped("");
    setOpen(false);
    await act({ do: "add-speaker", to: of, role, who: option.who, tbc: option.tbc });
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      setAt((at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % Math.max(1, options.length));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      pick(options[at]);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      setOpen(false);
    }
  };
  const shown = open && options.length > 0;
  return html`<div class="somebody">
    <input type="text" role="combobox" aria-label=${`${t("addSomebody")} (${label})`} placeholder=${t("addSomebody")} autocomplete="off" aria-expanded=${shown} aria-controls=${`${id}-list`}
      aria-activedescendant=${shown ? `${id}-${at}` : undefined} aria-autocomplete="list" value=${typed}
      onInput=${(/** @type {any} */ event) => { setTyped(event.target.value); setAt(0); setOpen(true); }} onKeyDown=${key} onBlur=${() => setOpen(false)} />
    <ul id=${`${id}-list`} role="listbox" aria-label=${t("addSomebody")} hidden=${!shown}>
      ${options.map((option, index) => html`<li key=${option.key} id=${`${id}-${index}`} role="option" aria-selected=${index === at} class=${option.key.startsWith("+") ? "new" : ""} onPointerDown=${(/** @type {Event} */ event) => { event.preventDefault(); pick(option); }}>${option.text}</li>`)}
    </ul>
  </div>`;
}
