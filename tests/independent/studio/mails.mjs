// Invitations and answers in the browser: read, sent to a server that counts, written as files, answered.
import { createServer } from "node:net";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Studio, VIEWS, shipped } from "./harness.mjs";

/** A mail server that takes all it is given, after a moment, and keeps it. */
async function taker(pause = 0) {
  /** @type {{to: string, text: string}[]} */
  const mails = [];
  const server = createServer((socket) => {
    let text = "", to = "", data = false;
    const say = (/** @type {string} */ line) => socket.write(`${line}\r\n`);
    say("220 taker");
    socket.on("error", () => {});
    socket.on("data", (octets) => {
      text += octets.toString("latin1");
      for (;;) {
        const end = text.indexOf(data ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + (data ? 5 : 2));
        if (data) {
          mails.push({ to, text: line });
          data = false;
          setTimeout(() => say("250 taken"), pause);
        } else if (/^EHLO/i.test(line)) say("250 taker");
        else if (/^RCPT/i.test(line)) {
          to = line.match(/<(.*)>/)?.[1] ?? "";
          say("250 ok");
        } else if (/^DATA/i.test(line)) {
          data = true;
          say("354 go on");
        } else if (/^QUIT/i.test(line)) {
          say("221 bye");
          socket.end();
        } else say("250 ok");
      }
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { mails, address: `127.0.0.1:${port}`, end: () => server.close() };
}

const WHO = ["esquipulas", "upala", "choloma"];

/** @param {any} studio */
const addressed = (studio) => studio.act(...WHO.map((id) => ({ do: "field", of: { kind: "party", id }, field: "email", to: `${id}@example.org` })));

/** What somebody answers to a mail that they got. @param {{to: string, text: string}} mail @param {string} status */
function answer(mail, status) {
  const coded = mail.text.split(/Content-Type: text\/calendar[^]*?\r\n\r\n/i)[1].split("\r\n--")[0];
  const calendar = Buffer.from(coded, "base64").toString().replaceAll("\r\n ", "");
  const of = (/** @type {string} */ name) => calendar.match(new RegExp(`^${name}[:;].*$`, "m"))?.[0].trim();
  return `From: ${mail.to}\r\nTo: secretaria@example.org\r\nDate: Mon, 03 Oct 2022 15:00:00 +0000\r\nSubject: Re\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; method=REPLY; charset=UTF-8\r\n\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n${of("UID")}\r\n${of("SEQUENCE") ?? "SEQUENCE:0"}\r\nDTSTAMP:20221003T150000Z\r\nATTENDEE;PARTSTAT=${status}:mailto:${mail.to}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
}

/** A plan is read, counted, sent and answered; the command line agrees. */
export async function sending(browser, { expect, told, run, faults }) {
  const server = await taker();
  const studio = await Studio.over(shipped, { CONVOCA_SMTP_SERVER: server.address, CONVOCA_SMTP_TLS: "none" });
  await addressed(studio);
  const page = await studio.page(browser, { lang: "es" });
  await VIEWS.invitations(page);
  await page.getByLabel("De qué sesión").selectOption({ index: 1 });
  await page.locator(".many", { hasText: "3 correos por enviar" }).waitFor();
  // Each mail as its reader sees it.
  await page.getByRole("button", { name: /Municipalidad de Upala/ }).click();
  await page.locator(".letter .head", { hasText: "upala@example.org" }).waitFor();
  const frame = page.frameLocator("iframe.sheet");
  await frame.getByText("Municipalidad de Upala").first().waitFor();
  expect("a mail's frame has no right to anything", (await page.locator("iframe.sheet").getAttribute("sandbox")) === "");
  await page.getByRole("button", { name: "Teléfono" }).click();
  const width = (await page.locator("iframe.sheet").boundingBox())?.width ?? 0;
  expect("a telephone is narrow", width > 300 && width <= 375, width);
  await page.getByRole("button", { name: "Calendario" }).click();
  await page.locator(".event", { hasText: "hora de Costa Rica" }).waitFor();
  // The plan that was looked at is sent, or none.
  const seen = await studio.ask("invitations/plan", { session: "global-initiatives" });
  const wanted = { session: "global-initiatives" };
  const wrong = await studio.ask("invitations/send", { wanted, plan: "0000", typed: "3", server: null });
  expect("another plan is refused", /plan cambió/.test(wrong.reason?.es ?? ""), JSON.stringify(wrong));
  const short = await studio.ask("invitations/send", { wanted, plan: seen.plan, typed: "2", server: null });
  expect("another count is refused", /son 3 correos/.test(short.reason?.es ?? ""), JSON.stringify(short));
  expect("and nothing left", server.mails.length === 0);
  await page.getByRole("button", { name: "Enviar…" }).click();
  const send = page.getByRole("button", { name: "Enviar 3 correos" });
  expect("without a count nothing can be sent", await send.isDisabled());
  await page.getByLabel(/escriba cuántos son/).fill("3");
  await send.click();
  await page.locator(".banner.well", { hasText: "3 de 3 correos enviados" }).waitFor({ timeout: 30_000 });
  await page.locator(".many", { hasText: "No hay nada que enviar" }).waitFor();
  expect("each got one", server.mails.map((mail) => mail.to).sort().join() === WHO.map((id) => `${id}@example.org`).sort().join(), JSON.stringify(server.mails.map((mail) => mail.to)));
  const plan = JSON.parse(run(["invite", "plan", "--session", "1", "--format", "json", "--today", "2022-10-03"], studio.folder));
  expect("the command line has nothing left to send", plan.messages === 0, JSON.stringify(plan.messages));

  // Answers: one by a calendar, one in words that a person decides about.
  await VIEWS.answers(page);
  const files = [
    { name: "a.eml", mimeType: "message/rfc822", buffer: Buffer.from(answer(server.mails[0], "ACCEPTED")) },
    { name: "b.eml", mimeType: "message/rfc822", buffer: Buffer.from(`From: upala@example.org\r\nTo: secretaria@example.org\r\nDate: Mon, 03 Oct 2022 16:00:00 +0000\r\nSubject: Re: sesion 1\r\n\r\nCon gusto asistiremos.\r\n`) },
    { name: "foto.jpg", mimeType: "image/jpeg", buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]) },
  ];
  const upala = server.mails.findIndex((mail) => mail.to.startsWith("upala"));
  if (upala === 0) files[0].buffer = Buffer.from(answer(server.mails[1], "ACCEPTED"));
  await page.setInputFiles("input[type=file]", files);
  await page.locator(".report", { hasText: "2 mensajes leídos: 1 respuesta nueva" }).waitFor();
  await page.locator(".report .banner.warning", { hasText: "foto.jpg" }).waitFor();
  await page.locator(".finding", { hasText: "Con gusto asistiremos" }).getByRole("button", { name: "Acepta" }).first().click();
  const first = page.locator(".attendance").first();
  await first.locator(".legend", { hasText: "Acepta: 2" }).waitFor();
  const attendance = JSON.parse(run(["attendance", "1", "--format", "json", "--today", "2022-10-03"], studio.folder));
  expect("the command line counts the same", attendance.sessions[0].counts.accepted === 2, JSON.stringify(attendance.sessions[0].counts));
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`sending: ${fault}`));
  studio.end();
  server.end();
  told.push("3 mails read, sent and answered");
}

/** A sending stops when asked, and goes on where it stopped; without a server, mails are files. */
export async function stopping(browser, { expect, run, faults }) {
  const server = await taker(700);
  const studio = await Studio.over(shipped, { CONVOCA_SMTP_SERVER: server.address, CONVOCA_SMTP_TLS: "none" });
  await addressed(studio);
  const page = await studio.page(browser, { lang: "en" });
  await VIEWS.invitations(page);
  const left = () => 9 - server.mails.length;
  // At once, when there may be no plan yet; and after a mail.
  for (const after of [0, 1]) {
    const before = server.mails.length;
    const [count, typed] = [left(), page.getByLabel(/type how many/)];
    if (!(await typed.isVisible())) await page.getByRole("button", { name: "Send…" }).click();
    await typed.fill(String(count));
    await page.getByRole("button", { name: `Send ${count} mails` }).click();
    const stop = page.locator(".working").getByRole("button", { name: "Stop" });
    await stop.waitFor();
    for (const since = Date.now(); server.mails.length < before + after && Date.now() - since < 20_000; ) await page.waitForTimeout(10);
    await stop.click();
    await page.locator(".banner.error", { hasText: "the sending was stopped" }).waitFor({ timeout: 30_000 });
    expect("it stopped on the way", server.mails.length >= before + after && left() > 0, server.mails.length);
    await page.locator(".many", { hasText: `${left()} mails to send` }).waitFor();
  }
  // The rest as files, entered once they were sent by hand.
  await page.getByRole("button", { name: "Write them as files" }).click();
  await page.locator(".unfolded").getByRole("button", { name: "Write them as files" }).click();
  await page.locator(".banner.well", { hasText: "Nothing counts as sent yet" }).waitFor();
  const letters = readdirSync(join(studio.folder, "mails"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".eml"));
  expect("each is a file", letters.length === left(), letters.length);
  expect("with its head", letters.every((name) => /^(From|To|Subject|Date):/m.test(readFileSync(join(studio.folder, "mails", name), "utf8"))));
  await page.getByRole("button", { name: "Record as sent" }).click();
  await page.locator(".many", { hasText: "There is nothing to send" }).waitFor();
  const plan = JSON.parse(run(["invite", "plan", "--format", "json", "--today", "2022-10-03"], studio.folder));
  expect("the ledger knows of all", plan.messages === 0, plan.messages);
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`stopping: ${fault}`));
  studio.end();
  server.end();
}

/** A mailbox in clear on loopback that holds these mails. @param {() => string[]} mails */
async function mailbox(mails) {
  const server = createServer((socket) => {
    let text = "";
    let open = "";
    const say = (/** @type {string} */ line) => socket.write(`${line}\r\n`);
    say("* OK ready");
    socket.on("error", () => {});
    socket.on("data", (octets) => {
      text += octets.toString("latin1");
      for (let end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n")) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (open) {
          say(`${open} OK in`);
          open = "";
          continue;
        }
        const [tag, command, what = ""] = line.match(/^(\S+) (\S+)(.*)$/)?.slice(1) ?? ["", "", ""];
        const all = mails().map((mail, index) => ({ uid: index + 1, mail: Buffer.from(mail) }));
        if (/^CAPABILITY/i.test(command)) say("* CAPABILITY IMAP4rev1 AUTH=PLAIN");
        else if (/^AUTHENTICATE/i.test(command)) {
          open = tag;
          say("+ ");
          continue;
        } else if (/^EXAMINE/i.test(command)) say(`* ${all.length} EXISTS`);
        else if (/SEARCH/i.test(what)) say(`* SEARCH ${all.map((one) => one.uid).join(" ")}`);
        else if (/SIZE/i.test(what)) all.forEach(({ uid, mail }) => say(`* ${uid} FETCH (UID ${uid} RFC822.SIZE ${mail.length})`));
        else if (/^UID/i.test(command)) {
          for (const { uid, mail } of all) {
            socket.write(`* ${uid} FETCH (UID ${uid} BODY[] {${mail.length}}\r\n`);
            socket.write(mail);
            say(")");
          }
        }
        say(`${tag} OK done`);
      }
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { address: `127.0.0.1:${port}`, end: () => server.close() };
}

/** Answers are read out of the mailbox until there is a quorum; the command line counts the same. */
export async function quorum(browser, { expect, told, run, faults }) {
  const server = await taker();
  /** @type {string[]} */
  let answers = [];
  const box = await mailbox(() => answers);
  const login = { CONVOCA_IMAP_SERVER: box.address, CONVOCA_IMAP_TLS: "none", CONVOCA_IMAP_USER: "secretaria", CONVOCA_IMAP_PASSWORD: "x" };
  const studio = await Studio.over(shipped, { CONVOCA_SMTP_SERVER: server.address, CONVOCA_SMTP_TLS: "none", ...login });
  await addressed(studio);
  const page = await studio.page(browser, { lang: "es" });
  // The quorum is typed where the group is.
  await VIEWS.people(page);
  const needed = page.getByLabel("Miembros que deben aceptar");
  await needed.fill("2");
  await needed.press("Enter");
  await page.locator(".said", { hasText: "cambiar el quórum" }).waitFor();
  await page.keyboard.press("Control+s");
  await page.locator(".said", { hasText: "Guardado" }).waitFor();
  await VIEWS.invitations(page);
  await page.getByLabel("De qué sesión").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Enviar…" }).click();
  // Anything but the count sends nothing.
  const [typed, send] = [page.getByLabel(/escriba cuántos son/), page.getByRole("button", { name: "Enviar 3 correos" })];
  for (const wrong of ["", "2", "33", "tres", "3 x"]) {
    await typed.fill(wrong);
    expect(`“${wrong}” is not the count`, await send.isDisabled());
  }
  await typed.press("Enter");
  expect("nor by a key", server.mails.length === 0);
  await typed.fill("3");
  await typed.press("Enter");
  await page.locator(".banner.well", { hasText: "3 de 3 correos enviados" }).waitFor({ timeout: 30_000 });
  await VIEWS.answers(page);
  const first = page.locator(".attendance").first();
  await first.locator(".quorum", { hasText: "Aún no hay quórum" }).waitFor();
  answers = [answer(server.mails[0], "ACCEPTED")];
  const read = page.getByRole("button", { name: /^Leer el buzón de/ });
  await read.click();
  await page.locator(".report", { hasText: "1 mensaje leído: 1 respuesta nueva" }).waitFor();
  await first.locator(".quorum", { hasText: "1 de 2 organizaciones miembros" }).waitFor();
  answers.push(answer(server.mails[1], "DECLINED"), answer(server.mails[2], "ACCEPTED"));
  await read.click();
  await page.locator(".report", { hasText: "2 respuestas nuevas" }).waitFor();
  await first.locator(".quorum.met", { hasText: "Hay quórum" }).waitFor();
  const attendance = JSON.parse(run(["attendance", "1", "--format", "json", "--today", "2022-10-03"], studio.folder));
  expect("the command line counts the same", attendance.sessions[0].counts.accepted === 2 && attendance.sessions[0].counts.declined === 1, JSON.stringify(attendance.sessions[0].counts));
  page.faults.forEach((/** @type {string} */ fault) => faults.push(`quorum: ${fault}`));
  studio.end();
  server.end();
  box.end();
  told.push("a quorum out of a mailbox");
}
