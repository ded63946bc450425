// @ts-check
// Every call of the page goes through here. This body speaks HTTP to the program; another one may speak to the same
// desk compiled to WebAssembly, and the page would not know.

/**
 * @typedef {{es: string, en: string}} Both
 * @typedef {{reason: Both, details: Both[], choices?: {shown: Both, typed: string}[]}} Refusal
 */

/** Why something was not done. */
export class Refused extends Error {
  /** @param {Refusal} refusal */
  constructor(refusal) {
    super(refusal.reason.es);
    this.refusal = refusal;
  }
}

/** What was asked was about a state that is no more. */
export class Stale extends Error {}

/** Nobody answers. */
export class Gone extends Error {}

/** The page was opened without its token. */
export class Locked extends Error {}

/** Milliseconds until a desk that does not come is asked for again. */
const PATIENCE = 8_000;

/**
 * @param {string} token
 */
export function http(token) {
  const headers = { "X-Convoca": token, "Content-Type": "application/json" };

  /**
   * @param {string} path
   * @param {object} [body]
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  async function call(path, body, signal) {
    let response;
    try {
      const method = body ? "POST" : "GET";
      response = await fetch(`/api/${path}`, { method, headers, signal, body: body && JSON.stringify(body) });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Gone();
    }
    if (response.status === 403) throw new Locked();
    if (response.status === 409) throw new Stale();
    if (response.status === 204) return null;
    const told = response.headers.get("Content-Type")?.startsWith("application/json") ? await response.json() : null;
    if (response.ok && told) return told;
    const unknown = { es: `el programa contestó ${response.status}`, en: `the program answered ${response.status}` };
    throw new Refused(told?.reason ? told : { reason: unknown, details: [] });
  }

  return {
    /** @param {number} [since] the revision that is known already */
    desk: (since) => call(since ? `desk?since=${since}` : "desk", undefined, AbortSignal.timeout(PATIENCE)),
    /** @param {number} base @param {object} command */
    act: (base, command) => call("act", { base, command }),
    /** @param {number} base @param {object} command @param {AbortSignal} signal */
    attempt: (base, command, signal) => call("try", { base, command }, signal),
    /** @param {number} base */
    undo: (base) => call("undo", { base }),
    /** @param {number} base */
    redo: (base) => call("redo", { base }),
    /** @param {number} base */
    save: (base) => call("save", { base }),
    /** @param {number} base @param {string} path @param {boolean} theirs */
    take: (base, path, theirs) => call("take", { base, path, theirs }),
    /** @param {number} base @param {string} path @param {boolean[]} theirs */
    settle: (base, path, theirs) => call("settle", { base, path, theirs }),
    /** Who changed what since yesterday; nothing where git does not know it. */
    yesterday: () => call("yesterday"),
    /** @param {{name: string, bytes: string}} file */
    openContacts: (file) => call("contacts/open", file),
    /** @param {number} base @param {number[]} picks */
    takeContacts: (base, picks) => call("contacts/take", { base, picks }),
    brandingFaults: () => call("branding/faults"),
    /** @param {number} base @param {"logo" | "word"} kind @param {{name: string, bytes: string, alt?: Both}} file */
    brandingFile: (base, kind, file) => call("branding/file", { base, kind, ...file }),
    papers: () => call("papers"),
    /** @param {string} paper @param {string} format */
    preview: (paper, format) => call("preview", { paper, format }),
    build: () => call("build", {}),
    /** Opens the folder of the documents in the system's own window. */
    folder: () => call("folder", {}).catch(() => {}),
    /** Stops what takes long. */
    stop: () => call("stop", {}),
    /** @param {object} wanted */
    plan: (wanted) => call("invitations/plan", wanted),
    /** @param {{wanted: object, mail: string}} one */
    mail: (one) => call("invitations/mail", one),
    /** @param {{wanted: object, plan: string}} seen */
    writeMails: (seen) => call("invitations/write", seen),
    recordMails: () => call("invitations/record", {}),
    /** @param {{wanted: object, plan: string, typed: string, server: object | null}} sent */
    send: (sent) => call("invitations/send", sent),
    /** @param {object} wanted */
    dates: (wanted) => call("dates", wanted),
    places: () => call("places"),
    /** @param {"es" | "en"} lang */
    example: (lang) => call("import/example", { lang }),
    /** @param {object} document */
    openDocument: (document) => call("import/open", document),
    /** @param {object} corrections */
    readAgain: (corrections) => call("import/again", corrections),
    /** @param {object} corrections */
    takeImport: (corrections) => call("import/take", corrections),
    answers: () => call("answers"),
    /** @param {{name: string, bytes: string}[]} files */
    answerFiles: (files) => call("answers/files", files),
    mailbox: () => call("answers/mailbox", {}),
    /** @param {{who: string, session: string, answer: string}} said */
    spoken: (said) => call("answers/spoken", said),
    /** @param {string} check */
    explain: (check) => call(`explain?check=${encodeURIComponent(check)}`),
    close: () => call("close", {}),
    /**
     * Tells each new revision of the desk and how far what takes long has come, until the program ends or the way to
     * it is cut.
     * @param {(now: {revision: number, work: any}) => void} told
     */
    async events(told) {
      const cut = () => null;
      const response = await fetch("/api/events", { headers: { "X-Convoca": token } }).catch(cut);
      if (response?.status === 403) throw new Locked();
      const reader = response?.body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const read = await reader?.read().catch(cut);
        if (!read || read.done) return;
        const lines = (text + read.value).split("\n");
        text = lines.pop() ?? "";
        for (const line of lines) if (line.startsWith("data:")) told(JSON.parse(line.slice(5)));
      }
    },
  };
}

/** @typedef {ReturnType<typeof http>} Backend */
