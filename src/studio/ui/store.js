// @ts-check
// What the page knows, and the only way in which it changes.
import { Gone, Locked, Refused, Stale } from "./backend.js";
import { words } from "./words.js";

/**
 * @typedef {import("./backend.js").Both} Both
 * @typedef {import("./backend.js").Backend} Backend
 * @typedef {any} Desk
 */

/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Backend} */
let backend;

/** The state of the page. */
export const state = {
  /** @type {Desk} what is on the desk */
  desk: null,
  /** @type {any} what there would be if what is being typed or dragged were done */
  trial: null,
  /** @type {"es" | "en"} */
  lang: "es",
  /** @type {{view: string, session?: string, slot?: number, inner?: number[], focus?: string}} where the page is: `inner` leads on from an item to one inside it */
  at: { view: "overview" },
  /** @type {Both | null} one sentence, told to everybody after each action */
  said: null,
  /** @type {import("./backend.js").Refusal | null} why the last thing was not done */
  refused: null,
  /** @type {"" | "gone" | "locked"} */
  lost: "",
  /** @type {any} what takes long, and how far it has come */
  work: null,
};

/**
 * What was told, with what is as it was taken from what was seen: a number is a place there.
 * @param {Desk} before @param {any} told @returns {Desk}
 */
const patched = (before, told) => ({
  ...before,
  ...told,
  sessions: told.sessions.map((/** @type {any} */ one) => (typeof one === "number" ? before.sessions[one] : one)),
  findings: told.findings.map((/** @type {any} */ one, /** @type {number} */ at) => {
    if (typeof one !== "number") return one;
    const old = before.findings[one];
    return old.finding === at ? old : { ...old, finding: at };
  }),
});

/** The programme as it is painted: with what is being tried, if anything is. */
export const seen = () => state.trial ?? state.desk;

/** @param {Both | null | undefined} text */
export const say = (text) => text?.[state.lang] || text?.[state.lang === "es" ? "en" : "es"] || "";

/** @param {keyof typeof words} key @param {...any} values */
export function t(key, ...values) {
  const word = words[key][state.lang];
  return typeof word === "function" ? /** @type {(...values: any[]) => string} */ (word)(...values) : word;
}

/** @param {() => void} listener */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changed() {
  listeners.forEach((listener) => listener());
}

/** @param {Backend} own */
export async function start(own) {
  backend = own;
  state.desk = await reach();
  document.documentElement.lang = state.lang;
  state.work = state.desk.work?.ended ? null : state.desk.work;
  if (state.desk.news) state.said = state.desk.news;
  changed();
  follow();
}

/** Milliseconds between the tries to reach the program; after the last it is taken for closed. */
const TRIES = [0, 50, 150, 400, 1000, 2000];

/**
 * Asks for the desk until it comes: a change of the network (another Wi-Fi, a machine that wakes) cuts off what is
 * under way, even to this very machine.
 * @param {number} [since]
 */
async function reach(since) {
  for (const wait of TRIES) {
    await new Promise((done) => setTimeout(done, wait));
    try {
      return await backend.desk(since);
    } catch (error) {
      const isLate = error instanceof DOMException && error.name === "TimeoutError";
      if (!(error instanceof Gone || isLate)) throw error;
    }
  }
  throw new Gone();
}

/** The newest revision that the program told of. */
let newest = 0;

/** Brings the desk up to what was told, where what is being done does not bring it. */
function catchUp() {
  const behind = () => newest > state.desk.revision;
  if (behind()) inLine(async () => behind() && refresh()).catch(() => {});
}

async function follow() {
  try {
    for (;;) {
      await backend.events(({ revision, work }) => {
        // What ended before this page was opened, or was read already, is not told again.
        if (work && !(work.ended && !state.work)) {
          state.work = work;
          if (work.ended) state.said = worked(work);
          changed();
        }
        // Refused before it began, by whichever page it was asked.
        if (!work && state.work && !state.work.ended && !state.work.asked) {
          state.work = null;
          changed();
        }
        newest = revision;
        catchUp();
      });
      await inLine(refresh);
    }
  } catch (error) {
    state.lost = error instanceof Locked ? "locked" : "gone";
    changed();
  }
}

/** What is said at the end of what took long. @param {any} work @returns {Both} */
function worked({ kind, reason, report }) {
  if (reason) return reason;
  const told = (/** @type {"es" | "en"} */ lang) => (kind === "send" ? words.sent[lang](report.sent, report.total) : words.built[lang](report.files, report.written, report.folder));
  return { es: told("es"), en: told("en") };
}

/** Looks once more for the program, after it was taken for closed. */
export async function again() {
  try {
    await inLine(refresh);
    follow();
  } catch (error) {
    state.lost = error instanceof Locked ? "locked" : "gone";
    changed();
  }
}

/** Takes the desk as it is now; in line, since two answers that cross would put an older one in place of a newer. */
async function refresh() {
  const before = state.desk;
  const told = await reach(before.revision);
  state.lost = "";
  state.desk = patched(before, told);
  const { notice } = state.desk;
  if (notice && notice.revision > before.revision) state.said = notice.text;
  state.trial = null;
  changed();
}

/**
 * Asks something of the desk that is seen, and puts what was told together with it.
 * @param {(revision: number) => Promise<any>} ask
 */
async function ofDesk(ask) {
  const before = state.desk;
  const told = await ask(before.revision);
  return { ...told, desk: patched(before, told.desk) };
}

/** What was told about something earlier goes with the next thing. */
function forget() {
  state.refused = null;
  if (state.work?.ended) state.work = null;
}

/** One thing after another, so that each is asked of the desk that the one before it left. */
let queue = Promise.resolve();

/** @template T @param {() => Promise<T>} what @returns {Promise<T>} */
function inLine(what) {
  const done = queue.then(what);
  queue = done.then(() => {}, () => {});
  return done;
}

/**
 * @param {() => Promise<any>} ask
 * @returns {Promise<boolean>} whether it was done
 */
function inTurn(ask) {
  return inLine(async () => {
    try {
      const told = await ask();
      if (told?.desk) state.desk = told.desk;
      state.trial = null;
      forget();
      return true;
    } catch (error) {
      state.trial = null;
      if (error instanceof Refused) state.refused = error.refusal;
      else if (error instanceof Stale || error instanceof Gone) {
        const { es, en } = error instanceof Stale ? words.stale : words.cut;
        try {
          await refresh();
          state.refused = { reason: { es, en }, details: [] };
        } catch {
          state.lost = "gone";
        }
      } else if (error instanceof Locked) state.lost = "locked";
      return false;
    } finally {
      changed();
    }
  });
}

/** @param {Desk} desk @returns {Both} */
function standing(desk) {
  const count = { error: 0, warning: 0 };
  for (const finding of desk.findings) if (!finding.waived && finding.level in count) count[/** @type {"error"} */ (finding.level)] += 1;
  const blank = desk.sessions.filter((/** @type {any} */ one) => !one.slots.length && one.status !== "cancelled").length;
  return { es: words.standing.es(count.error, count.warning, blank), en: words.standing.en(count.error, count.warning, blank) };
}

/** @param {Both} what @param {Desk} desk @param {keyof typeof words} how */
function tell(what, desk, how) {
  const [now, word] = [standing(desk), words[how]];
  state.said = { es: `${word.es}: ${what.es}. ${now.es}`, en: `${word.en}: ${what.en}. ${now.en}` };
}

/**
 * Does something.
 * @param {object} command
 */
export function act(command) {
  stopTrying();
  return inTurn(async () => {
    const told = await ofDesk((revision) => backend.act(revision, command));
    tell(told.did, told.desk, "did");
    return told;
  });
}

/** @param {"undo" | "redo"} which */
export function step(which) {
  stopTrying();
  if (!state.desk[which]) return Promise.resolve(false);
  return inTurn(async () => {
    const told = await ofDesk(backend[which]);
    tell(told.did, told.desk, which === "undo" ? "undid" : "redid");
    return told;
  });
}

export function save() {
  return inTurn(async () => {
    const told = await ofDesk(backend.save);
    state.said = { es: words.saved.es, en: words.saved.en };
    return told;
  });
}

/** Puts the example on an empty desk. */
export const begin = () =>
  inTurn(async () => {
    const told = await ofDesk(() => backend.example(state.lang));
    tell(told.did, told.desk, "did");
    return told;
  });

/**
 * Takes something of what was read; what of it could not be taken. Nothing where all was refused.
 * @param {(revision: number) => Promise<any>} ask @returns {Promise<{left: any[]} | null>}
 */
async function takeOf(ask) {
  let left = /** @type {any[]} */ ([]);
  const done = await inTurn(async () => {
    const told = await ofDesk(ask);
    tell(told.did, told.desk, "did");
    left = told.left;
    return told;
  });
  return done ? { left } : null;
}

/** Puts what was read of a document on the desk. @param {object} corrections */
export const takeImport = (corrections) => takeOf(() => backend.takeImport(corrections));

/** Takes people out of a list. @param {number[]} picks */
export const takeContacts = (picks) => takeOf((revision) => backend.takeContacts(revision, picks));

/** @param {string} path @param {boolean} theirs */
export const take = (path, theirs) => inTurn(() => ofDesk((revision) => backend.take(revision, path, theirs)));

/** Decides about what both changed, one after another. @param {string} path @param {boolean[]} theirs */
export const settle = (path, theirs) => inTurn(() => ofDesk((revision) => backend.settle(revision, path, theirs)));

/** Puts a file beside the templates. @param {"logo" | "word"} kind @param {{name: string, bytes: string, alt?: Both}} file */
export const bring = (kind, file) =>
  inTurn(async () => {
    const told = await ofDesk((revision) => backend.brandingFile(revision, kind, file));
    tell(told.did, told.desk, "did");
    return told;
  });

export const close = () => backend.close().catch(() => {});

/** @type {AbortController | null} */
let trying = null;
/** @type {object | null} */
let next = null;

/**
 * Shows what there would be if something were done; the last one asked for wins.
 * @param {object} command
 * @param {(refusal: import("./backend.js").Refusal | null) => void} [told]
 */
export async function attempt(command, told) {
  next = command;
  if (trying) return;
  while (next) {
    const asked = next;
    next = null;
    const own = (trying = new AbortController());
    try {
      const before = state.desk;
      const { programme } = await backend.attempt(before.revision, asked, own.signal);
      if (own.signal.aborted) return;
      state.trial = patched(before, programme);
      told?.(null);
      changed();
    } catch (error) {
      if (own.signal.aborted) return;
      state.trial = null;
      if (error instanceof Refused) told?.(error.refusal);
      changed();
    }
    trying = null;
  }
}

/** What was tried is not painted any more. */
export function stopTrying() {
  next = null;
  trying?.abort();
  trying = null;
  if (state.trial) {
    state.trial = null;
    changed();
  }
}

/** @param {typeof state.at} at */
export function go(at) {
  stopTrying();
  const elsewhere = at.view !== state.at.view || at.session !== state.at.session;
  state.at = at;
  state.refused = null;
  if (elsewhere) {
    forget();
    scrollTo(0, 0);
  }
  changed();
}

/** @param {"es" | "en"} lang */
export function speak(lang) {
  state.lang = lang;
  document.documentElement.lang = lang;
  try {
    localStorage.setItem("lang", lang);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
  changed();
}

/** @returns {Backend} */
export const asks = () => backend;
