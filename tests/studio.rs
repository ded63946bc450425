//! The studio's server: who is heard and who is not, and that nothing is lost, whatever happens to it.
#![cfg(feature = "studio")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const GROUP: &str =
    "id = \"g\"\ntime-zone = \"America/Guatemala\"\ncountries = [\"GT\", \"PA\"]\nname = { es = \"Grupo\", en = \"Group\" }\n";
const SESSION: &str = "id = \"one\" # fijo\nnumber = 1\ndate = 2027-03-02\ntitle = { es = \"Una\", en = \"One\" }\n\n\
    [[slots]]\nstart = 10:00 # en punto\nend = 10:30\ntitle = { es = \"Apertura\", en = \"Opening\" }\n\n\
    [[slots]]\nstart = 10:30\nend = 11:00\ntitle = { es = \"Preguntas\", en = \"Questions\" }\n";

/// A studio over a folder of its own.
struct Studio {
    folder: tempfile::TempDir,
    program: Child,
    host: String,
    token: String,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{} {}", self.status, self.body))
    }
}

impl Studio {
    fn new() -> Studio {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sessions")).unwrap();
        fs::write(folder.path().join("sessions/group.toml"), GROUP).unwrap();
        fs::write(folder.path().join("sessions/1.toml"), SESSION).unwrap();
        let (program, host, token) = open(folder.path());
        Studio { folder, program, host, token }
    }

    fn session(&self) -> PathBuf {
        self.folder.path().join("sessions/1.toml")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.session()).unwrap()
    }

    fn kill(&mut self) {
        // SIGKILL: nothing is told to the program.
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }

    fn again(&mut self) {
        self.kill();
        let (program, host, token) = open(self.folder.path());
        (self.program, self.host, self.token) = (program, host, token);
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        ask(&self.host, method, path, headers, body)
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[("host", &self.host), ("x-convoca", &self.token)], "")
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        let origin = format!("http://{}", self.host);
        let headers =
            [("host", &*self.host), ("origin", &origin), ("x-convoca", &self.token), ("content-type", "application/json")];
        self.ask("POST", path, &headers, &body.to_string())
    }

    fn desk(&self) -> Value {
        self.get("/api/desk").json()
    }

    /// Waits for the end of what takes long, and gives what came of it.
    fn worked(&self) -> Value {
        for _ in 0..600 {
            let work = &self.desk()["work"];
            if work["ended"] == true {
                return work["report"].clone();
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("it has no end")
    }

    fn act(&self, command: Value) -> Answer {
        let base = self.desk()["revision"].clone();
        self.post("/api/act", &json!({ "base": base, "command": command }))
    }

    fn save(&self) -> Answer {
        let base = self.desk()["revision"].clone();
        self.post("/api/save", &json!({ "base": base }))
    }

    /// Whose text of the session stays.
    fn take(&self, theirs: bool) -> Answer {
        let base = self.desk()["revision"].clone();
        self.post("/api/take", &json!({ "path": "sessions/1.toml", "theirs": theirs, "base": base }))
    }

    /// Waits for what the studio finds on the disk.
    fn until(&self, holds: impl Fn(&Value) -> bool) -> Value {
        let since = Instant::now();
        loop {
            let desk = self.desk();
            if holds(&desk) {
                return desk;
            }
            assert!(since.elapsed() < Duration::from_secs(20), "{desk:#}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Studio {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn open(folder: &Path) -> (Child, String, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_convoca"))
        .args(["estudio", "--no-open", "--today", "2027-01-01", "--lang", "es"])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).unwrap().split(' ').next().unwrap();
    let (host, token) = address.split_once("/#").unwrap();
    (program, host.to_owned(), token.to_owned())
}

fn ask(host: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut request = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    headers.iter().for_each(|(name, value)| request.push_str(&format!("{name}: {value}\r\n")));
    stream.write_all(format!("{request}\r\n{body}").as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A refusal may come before all was heard.
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).unwrap_or("0").parse().unwrap();
    Answer { status, head: head.to_lowercase(), body: body.to_owned() }
}

#[test]
fn only_the_page_of_this_very_studio_is_heard() {
    let studio = Studio::new();
    let (host, token) = (&*studio.host, &*studio.token);
    let own = format!("http://{host}");
    let port = host.rsplit(':').next().unwrap();
    let (localhost, rebound) = (format!("localhost:{port}"), format!("evil.example.org:{port}"));
    let json = ("content-type", "application/json");
    let body = r#"{"base":1,"command":{"do":"status","session":"one","to":"confirmed"}}"#;
    let base = [("host", host), ("origin", &*own), ("x-convoca", token), json];
    let with = |name: &'static str, value: &'static str| base.map(|(own, old)| (own, if own == name { value } else { old }));
    let without = |name: &str| base.into_iter().filter(|(own, _)| *own != name).collect::<Vec<_>>();

    for (what, headers) in [
        (
            "another name that leads here (DNS rebinding)",
            base.map(|(name, value)| (name, if name == "host" { &*rebound } else { value })).to_vec(),
        ),
        ("the name localhost", base.map(|(name, value)| (name, if name == "host" { &*localhost } else { value })).to_vec()),
        ("no host", without("host")),
        ("two hosts", [&base[..], &[("host", host)]].concat()),
        ("no token", without("x-convoca")),
        ("an empty token", with("x-convoca", "").to_vec()),
        ("a wrong token", with("x-convoca", "0000000000000000000000000000000000000000000000000000000000000000").to_vec()),
        ("a page of another site", with("origin", "https://evil.example.org").to_vec()),
        ("a page without an origin", with("origin", "null").to_vec()),
        ("no origin", without("origin")),
        ("another port of this machine", with("origin", "http://127.0.0.1:1").to_vec()),
        ("a form", with("content-type", "application/x-www-form-urlencoded").to_vec()),
        ("a form of text", with("content-type", "text/plain").to_vec()),
        ("a browser that says it comes from elsewhere", [&base[..], &[("sec-fetch-site", "cross-site")]].concat()),
        ("a browser that says it comes from another port", [&base[..], &[("sec-fetch-site", "same-site")]].concat()),
        ("a browser that says somebody typed it", [&base[..], &[("sec-fetch-site", "none")]].concat()),
    ] {
        let answer = studio.ask("POST", "/api/act", &headers, body);
        // Without a host, or with two, it is no HTTP at all.
        assert!(matches!(answer.status, 400 | 403), "{what}: {}", answer.status);
        assert!(answer.status == 403 || what.contains("host"), "{what}: {}", answer.status);
        assert!(!answer.head.contains("access-control"), "{what}: {}", answer.head);
    }
    assert_eq!(studio.desk()["revision"], 1, "nothing was done");

    // What the browser asks beforehand for a page of another site, and a WebSocket, which has no such question.
    let preflight = [("host", host), ("origin", "https://evil.example.org"), ("access-control-request-headers", "x-convoca")];
    let answer = studio.ask("OPTIONS", "/api/act", &preflight, "");
    assert_eq!((answer.status, answer.head.contains("access-control")), (403, false));
    let socket =
        [("host", host), ("origin", "https://evil.example.org"), ("upgrade", "websocket"), ("sec-websocket-version", "13")];
    assert_eq!(studio.ask("GET", "/api/events", &socket, "").status, 403);
    for path in ["/", "/ui/app.js", "/api/desk", "/preview/0", "/nothing"] {
        let foreign = [("host", &*rebound), ("x-convoca", token)];
        assert_eq!(studio.ask("GET", path, &foreign, "").status, 403, "{path}");
        let embedded = [("host", host), ("x-convoca", token), ("sec-fetch-site", "cross-site")];
        assert_eq!(studio.ask("GET", path, &embedded, "").status, 403, "{path}");
    }
    assert_eq!(studio.get("/preview/0").status, 403);
    for method in ["PUT", "DELETE", "PATCH", "HEAD"] {
        assert_eq!(studio.ask(method, "/api/desk", &base, "").status, 403, "{method}");
    }
    let large = studio.post("/api/act", &json!({ "base": 1, "command": "x".repeat(2 << 20) }));
    assert_eq!(large.status, 413);

    assert_eq!(studio.ask("POST", "/api/act", &base, body).status, 200);
    assert_eq!(studio.ask("GET", "/", &[("host", host), ("sec-fetch-site", "none")], "").status, 200);
}

#[test]
fn the_page_may_do_nothing_but_talk_to_its_studio() {
    let studio = Studio::new();
    let page = studio.ask("GET", "/", &[("host", &studio.host)], "");
    let policy = page.head.lines().find(|line| line.starts_with("content-security-policy")).unwrap();
    for rule in ["default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    assert!(!page.body.contains(&studio.token) && !page.head.contains("set-cookie"));
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/studio/ui");
    for file in fs::read_dir(&ui).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        let text = fs::read_to_string(&file).unwrap();
        for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "https://"] {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
        let name = file.file_name().unwrap().to_str().unwrap();
        assert_eq!(
            studio.ask("GET", &format!("/ui/{name}"), &[("host", &studio.host)], "").status,
            200,
            "{name} is not embedded"
        );
    }
    let sums = fs::read_to_string(ui.join("vendor/SHA256SUMS")).unwrap();
    for (sum, name) in sums.lines().filter_map(|line| line.split_once("  ")) {
        let bytes = fs::read(ui.join("vendor").join(name)).unwrap();
        assert_eq!(format!("{:x}", Sha256::digest(bytes)), sum, "{name} is not as it was published");
    }
}

#[test]
fn a_change_is_tried_made_undone_and_saved() {
    let studio = Studio::new();
    let command = json!({ "do": "time", "session": "one", "slot": 0, "part": "end", "typed": "1045", "keep": "end" });
    let tried = studio.post("/api/try", &json!({ "base": 1, "command": command })).json();
    assert_eq!(tried["would"]["es"], "terminar «Apertura» a las 10:45");
    let clash = |findings: &Value| findings.as_array().unwrap().iter().any(|finding| finding["check"] == "slot-overlap");
    assert!(clash(&tried["programme"]["findings"]) && !clash(&studio.desk()["findings"]));
    assert_eq!(studio.text(), SESSION);

    let mut command = command;
    command["keep"] = "following".into();
    let done = studio.act(command.clone()).json();
    assert!(!clash(&done["desk"]["findings"]));
    assert_eq!(done["desk"]["sessions"][0]["slots"][1]["time"]["hours"][1]["start"], "11:45", "an hour later in Panama");
    assert_eq!(studio.text(), SESSION, "not before it is saved");
    // A second tab saw the desk before.
    assert_eq!(studio.post("/api/act", &json!({ "base": 1, "command": command })).status, 409);

    assert_eq!(studio.save().status, 200);
    let after = SESSION
        .replace("end = 10:30", "end = \"10:45\"")
        .replace("start = 10:30", "start = \"10:45\"")
        .replace("end = 11:00", "end = \"11:15\"");
    assert_eq!(studio.text(), after);
    let revision = studio.desk()["revision"].clone();
    let undone = studio.post("/api/undo", &json!({ "base": revision })).json();
    assert_eq!(undone["desk"]["redo"]["en"], "end “Opening” at 10:45");
    studio.save();
    assert_eq!(studio.text(), SESSION, "byte for byte");

    let refused =
        studio.act(json!({ "do": "time", "session": "one", "slot": 0, "part": "end", "typed": "25:00", "keep": "end" }));
    assert_eq!(refused.status, 422);
    assert!(refused.json()["reason"]["es"].as_str().unwrap().contains("1005, 3 pm o +40"));
}

#[test]
fn a_killed_studio_has_lost_nothing() {
    let mut studio = Studio::new();
    studio.act(json!({ "do": "title", "of": { "kind": "slot", "session": "one", "slot": 0 }, "lang": "es", "to": "Bienvenida" }));
    studio.act(json!({ "do": "add-slot", "session": "one", "at": 2, "title": { "es": "Cierre", "en": "Closing" }, "minutes": 5, "follow": true }));
    studio.again();
    let desk = studio.desk();
    assert_eq!(desk["news"]["es"], "se recuperaron 2 cambios sin guardar");
    assert_eq!(desk["sessions"][0]["slots"].as_array().unwrap().len(), 3);
    assert_eq!(desk["undo"]["es"], "agregar «Cierre» a las 11:00");
    let revision = desk["revision"].clone();
    studio.post("/api/undo", &json!({ "base": revision }));
    studio.again();
    let desk = studio.desk();
    assert_eq!(
        (&desk["undo"]["es"], &desk["redo"]["es"]),
        (&"poner el título «Bienvenida»".into(), &"agregar «Cierre» a las 11:00".into())
    );
    studio.save();
    assert_eq!(studio.text(), SESSION.replace("es = \"Apertura\"", "es = \"Bienvenida\""));
    studio.again();
    assert_eq!(studio.desk()["news"], Value::Null);

    // What was not saved of a file that is another's now is asked about.
    studio.act(title_of(0, "es", "Otra"));
    studio.kill();
    fs::write(studio.session(), SESSION).unwrap();
    studio.again();
    let desk = studio.desk();
    let clash = &desk["outside"][0]["clashes"][0];
    assert_eq!((&clash["mine"][0]["value"], &clash["theirs"][0]["value"]), (&"Otra".into(), &"Apertura".into()));
    assert_eq!(studio.text(), SESSION);
    assert_eq!(studio.take(true).status, 200);

    // A journal that does not say what the files were is kept aside, and told.
    studio.kill();
    let journal = studio.folder.path().join("sessions/.convoca-studio.jsonl");
    let act = json!({ "act": { "es": "Otra", "en": "Other", "way": "do", "steps": [{ "replace": { "path": "sessions/1.toml", "start": 0, "before": "x", "after": "y" } }] } });
    fs::write(journal, format!("{}\n{act}\n", json!({ "base": { "sessions/1.toml": "0" } }))).unwrap();
    studio.again();
    assert!(studio.desk()["news"]["es"].as_str().unwrap().contains(".convoca-studio-1.jsonl"));
    let aside = fs::read_to_string(studio.folder.path().join("sessions/.convoca-studio-1.jsonl")).unwrap();
    assert!(aside.contains("Otra"));
    assert_eq!(studio.text(), SESSION);
}

#[test]
fn what_others_write_is_taken_or_asked_about_and_never_written_over() {
    let studio = Studio::new();
    let theirs = SESSION.replace("\"Una\"", "\"Primera\"");
    fs::write(studio.session(), &theirs).unwrap();
    studio.until(|desk| desk["sessions"][0]["title"]["es"] == "Primera");

    let title = |to: &str| json!({ "do": "title", "of": { "kind": "session", "session": "one" }, "lang": "en", "to": to });
    studio.act(title("Mine"));
    fs::write(studio.session(), SESSION).unwrap();
    // Even before it was looked at again; or the look came in between, and the page has seen another desk.
    assert!(matches!(studio.save().status, 409 | 422));
    assert_eq!(studio.text(), SESSION);
    let desk = studio.until(|desk| desk["outside"][0]["path"] == "sessions/1.toml");
    assert!(desk["outside"][0]["mine"].as_str().unwrap().contains("Mine"));
    studio.take(true);
    assert_eq!((studio.desk()["sessions"][0]["title"]["en"].clone(), studio.desk()["undo"].clone()), ("One".into(), Value::Null));

    studio.act(title("Mine again"));
    fs::write(studio.session(), &theirs).unwrap();
    studio.until(|desk| desk["outside"][0]["path"] == "sessions/1.toml");
    studio.take(false);
    assert_eq!(studio.save().status, 200);
    assert_eq!(studio.text(), SESSION.replace("\"One\"", "\"Mine again\""));

    // A file that somebody deletes, and one that comes.
    fs::write(
        studio.folder.path().join("sessions/2.toml"),
        SESSION.replace("\"one\"", "\"two\"").replace("number = 1", "number = 2"),
    )
    .unwrap();
    studio.until(|desk| desk["sessions"].as_array().unwrap().len() == 2);
    studio.act(title("Not lost"));
    fs::remove_file(studio.session()).unwrap();
    let desk = studio.until(|desk| desk["outside"][0]["path"] == "sessions/1.toml");
    assert_eq!(desk["outside"][0]["theirs"], Value::Null);
    studio.take(false);
    assert_eq!(studio.save().status, 200);
    assert!(studio.text().contains("Not lost"));
}

#[test]
fn a_file_that_is_being_written_is_not_taken_before_its_end() {
    let studio = Studio::new();
    studio.act(title_of(0, "en", "Mine"));
    for round in 0..6 {
        let theirs = SESSION.replace("\"Una\"", &format!("\"Vuelta {round}\""));
        // As programs write it: emptied, or taken away, and then written; a look at the disk falls in between.
        std::thread::sleep(Duration::from_millis(250));
        match round % 2 {
            0 => fs::write(studio.session(), "").unwrap(),
            _ => fs::remove_file(studio.session()).unwrap(),
        }
        std::thread::sleep(Duration::from_millis(200));
        fs::write(studio.session(), &theirs).unwrap();
        let desk = studio.until(|desk| {
            let es = &desk["sessions"][0]["title"]["es"];
            es == &format!("Vuelta {round}") || !desk["outside"].as_array().unwrap().is_empty()
        });
        assert_eq!(desk["outside"], json!([]), "{round}");
    }
}

fn title_of(slot: usize, lang: &str, to: &str) -> Value {
    json!({ "do": "title", "of": { "kind": "slot", "session": "one", "slot": slot }, "lang": lang, "to": to })
}

#[test]
fn different_things_are_put_together_and_the_same_is_asked_about() {
    let mut studio = Studio::new();
    studio.act(title_of(0, "es", "Bienvenida"));
    // Another person changes another item.
    let theirs = SESSION.replace("\"Preguntas\"", "\"Debate\"");
    fs::write(studio.session(), &theirs).unwrap();
    let desk = studio.until(|desk| desk["notice"].is_object());
    assert_eq!(desk["outside"], json!([]));
    assert!(desk["notice"]["text"]["es"].as_str().unwrap().contains("junto a lo que usted cambió"), "{desk:#}");
    let titles = |desk: &Value| [0, 1].map(|slot| desk["sessions"][0]["slots"][slot]["title"]["es"].clone());
    assert_eq!(titles(&desk), ["Bienvenida", "Debate"]);
    assert_eq!(desk["undo"]["es"], "lo que se cambió aquí de la sesión 1");
    // Killed here, nothing of either is lost.
    studio.again();
    let desk = studio.desk();
    assert_eq!(
        (titles(&desk), desk["news"]["es"].as_str()),
        (["Bienvenida".into(), "Debate".into()], Some("se recuperó 1 cambio sin guardar"))
    );
    assert_eq!(studio.text(), theirs);
    let revision = desk["revision"].clone();
    studio.post("/api/undo", &json!({ "base": revision }));
    assert_eq!(titles(&studio.desk()), ["Apertura", "Debate"], "undone, only mine goes");
    let revision = studio.desk()["revision"].clone();
    studio.post("/api/redo", &json!({ "base": revision }));

    // Both change the title of one item, and another person a second thing.
    let second = theirs.replace("\"Apertura\"", "\"Inicio\"").replace("end = 11:00", "end = 11:15");
    fs::write(studio.session(), &second).unwrap();
    let desk = studio.until(|desk| desk["outside"][0]["clashes"].is_array());
    let clash = &desk["outside"][0]["clashes"];
    assert_eq!(clash.as_array().unwrap().len(), 1, "{clash:#}");
    assert_eq!(clash[0]["about"]["es"], "Sesión 1 · Bienvenida");
    assert_eq!(clash[0]["mine"], json!([{ "field": "title", "value": "Bienvenida" }]));
    assert_eq!(clash[0]["theirs"], json!([{ "field": "title", "value": "Inicio" }]));
    assert_eq!(studio.save().status, 422, "it is asked about first");
    assert_eq!(studio.text(), second);
    // Killed before it was decided, it is asked about again, and nothing of either is lost.
    studio.again();
    let desk = studio.desk();
    assert_eq!(desk["outside"][0]["clashes"][0]["theirs"][0]["value"], "Inicio", "{desk:#}");
    assert_eq!((titles(&desk), desk["news"].is_object()), (["Bienvenida".into(), "Debate".into()], true));
    assert_eq!(studio.text(), second);
}

#[test]
fn what_both_changed_is_decided_clash_by_clash() {
    let mut studio = Studio::new();
    studio.act(title_of(0, "es", "Bienvenida"));
    studio.act(title_of(1, "es", "Coloquio"));
    let theirs = SESSION
        .replace("\"Apertura\"", "\"Inicio\"")
        .replace("\"Preguntas\"", "\"Debate\"")
        .replace("number = 1", "number = 1 # uno");
    fs::write(studio.session(), &theirs).unwrap();
    let desk = studio.until(|desk| desk["outside"][0]["clashes"].as_array().is_some_and(|clashes| clashes.len() == 2));
    let settle = |picks: &[bool]| {
        let base = studio.desk()["revision"].clone();
        studio.post("/api/settle", &json!({ "path": "sessions/1.toml", "theirs": picks, "base": base }))
    };
    assert_eq!(settle(&[true]).status, 422, "each is to be decided");
    let stale = studio.post("/api/settle", &json!({ "path": "sessions/1.toml", "theirs": [true, false], "base": 1 }));
    assert_eq!((stale.status, desk["revision"] == 1), (409, false));
    assert_eq!(settle(&[true, false]).status, 200);
    let expected = theirs.replace("\"Debate\"", "\"Coloquio\"");
    studio.again();
    assert_eq!(studio.desk()["news"]["es"], "se recuperó 1 cambio sin guardar");
    assert_eq!(studio.save().status, 200);
    assert_eq!(studio.text(), expected);
}

#[test]
fn a_studio_killed_while_it_saved_goes_on_where_it_was() {
    let mut studio = Studio::new();
    studio.act(title_of(0, "es", "Bienvenida"));
    studio.act(json!({ "do": "field", "of": { "kind": "group" }, "field": "notice-days", "to": 9 }));
    studio.kill();
    // One of the two files had been written.
    fs::write(studio.session(), SESSION.replace("\"Apertura\"", "\"Bienvenida\"")).unwrap();
    studio.again();
    let desk = studio.desk();
    assert_eq!(desk["news"]["es"], "se recuperaron 2 cambios sin guardar");
    assert_eq!(desk["unsaved"], json!(["sessions/group.toml"]));
    assert_eq!(
        (&desk["group"]["noticeDays"], &desk["sessions"][0]["slots"][0]["title"]["es"]),
        (&9.into(), &"Bienvenida".into())
    );
}

#[test]
fn an_answer_tells_only_what_is_not_as_it_was_seen() {
    let studio = Studio::new();
    let second = SESSION.replace("\"one\"", "\"two\"").replace("number = 1", "number = 2");
    fs::write(studio.folder.path().join("sessions/2.toml"), second).unwrap();
    let before = studio.until(|desk| desk["sessions"].as_array().unwrap().len() == 2);
    let base = before["revision"].clone();
    let command = json!({ "do": "time", "session": "one", "slot": 0, "part": "end", "typed": "1045", "keep": "end" });
    let tried = studio.post("/api/try", &json!({ "base": base, "command": command })).json();
    assert!(tried["programme"]["sessions"][0].is_object() && tried["programme"]["sessions"][1] == 1, "{tried:#}");
    assert!(tried["programme"].get("group").is_none());
    let told = studio.act(command).json();
    let findings = |told: &Value, seen: &Value| -> Vec<Value> {
        let all = told["findings"].as_array().unwrap().iter().enumerate();
        all.map(|(index, finding)| match finding.as_u64() {
            Some(place) => {
                let mut old = seen["findings"][usize::try_from(place).unwrap()].clone();
                old["finding"] = index.into();
                old
            }
            None => finding.clone(),
        })
        .collect()
    };
    let whole = studio.desk();
    assert_eq!(findings(&told["desk"], &before), *whole["findings"].as_array().unwrap());
    assert_eq!((&told["desk"]["sessions"][0], &told["desk"]["sessions"][1]), (&whole["sessions"][0], &1.into()));
    assert!(told["desk"]["findings"].as_array().unwrap().iter().any(Value::is_u64), "those of the other session are known");
}

#[test]
fn items_go_into_others_and_what_is_listed_comes_and_goes() {
    let studio = Studio::new();
    let slot = json!({ "kind": "slot", "session": "one", "slot": 0 });
    let nested = studio.act(json!({ "do": "nest", "session": "one", "slot": 1 })).json();
    assert_eq!(nested["did"]["es"], "poner «Preguntas» dentro de «Apertura»");
    assert_eq!(nested["desk"]["sessions"][0]["slots"][0]["items"][0]["title"]["es"], "Preguntas");
    assert_eq!(nested["desk"]["sessions"][0]["slots"][0]["time"]["end"], "11:00", "it lasts as long as what is inside");
    let lifted = studio.act(json!({ "do": "lift", "session": "one", "slot": [0, 0] })).json();
    assert_eq!(lifted["desk"]["sessions"][0]["slots"][0]["time"]["end"], "10:30", "and no longer once that is out");
    studio.act(json!({ "do": "nest", "session": "one", "slot": 1 }));
    let moved = studio
        .act(json!({ "do": "time", "session": "one", "slot": [0, 0], "part": "end", "typed": "+10", "keep": "end" }))
        .json();
    assert_eq!(moved["did"]["es"], "terminar «Preguntas» a las 11:10");
    studio.act(json!({ "do": "lift", "session": "one", "slot": [0, 0] }));
    studio.act(json!({ "do": "add-slot", "session": "one", "at": [0, 0], "title": { "es": "Himno", "en": "Hymn" }, "minutes": null, "follow": false }));
    let desk = studio.desk();
    assert_eq!(desk["undo"]["es"], "agregar «Himno» dentro de «Apertura»");
    let title = json!({ "es": "Acta", "en": "Minutes" });
    let add = |to: &Value, listed: Value| studio.act(json!({ "do": "add-listed", "to": to, "listed": listed }));
    let added = add(&slot, json!({ "kind": "document", "title": title, "link": "https://example.org/acta" })).json();
    assert_eq!(added["did"]["es"], "agregar el documento «Acta»");
    let (group, branding) = (json!({ "kind": "group" }), json!({ "kind": "branding" }));
    let holiday = json!({ "kind": "holiday", "date": "19/3/2027", "name": { "es": "Feria" }, "countries": ["GT"] });
    assert_eq!(add(&group, holiday).json()["did"]["es"], "agregar el feriado del 19 de marzo de 2027");
    studio.act(json!({ "do": "field", "of": group, "field": "working-hours.GT.start", "to": { "hour": "730" } }));
    studio.act(json!({ "do": "field", "of": branding, "field": "paper", "to": "a4" }));
    let mut logo = json!({ "kind": "logo", "name": "Mi logo.SVG", "bytes": "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIxMCIgaGVpZ2h0PSIxMCIvPg==", "base": studio.desk()["revision"] });
    // What it shows is asked, not taken from the name of its file.
    assert_eq!(studio.post("/api/branding/file", &logo).json()["reason"]["es"], "diga qué muestra el logotipo");
    logo["alt"] = json!({ "es": "Escudo", "en": "" });
    assert_eq!(studio.post("/api/branding/file", &logo).json()["did"]["es"], "agregar el logotipo `mi-logo.svg`");
    let desk = studio.desk();
    assert_eq!(desk["group"]["countries"][0]["workingHours"]["start"], "07:30");
    assert_eq!((&desk["branding"]["paper"], &desk["branding"]["logos"][0]["file"]), (&"a4".into(), &"mi-logo.svg".into()));
    assert_eq!(studio.get("/api/branding/faults").json(), json!([]));
    assert_eq!(studio.save().status, 200);
    let written = fs::read_to_string(studio.folder.path().join("templates/branding.toml")).unwrap();
    assert!(written.starts_with("paper = \"a4\"\n"), "{written}");
    let wrong = json!({ "kind": "word", "name": "x.svg", "bytes": "", "base": 1 });
    assert!(
        studio.post("/api/branding/file", &wrong).json()["reason"]["es"].as_str().unwrap().contains("no es un archivo de Word")
    );
    // What cannot be drawn is refused when it is dropped, and leaves no file.
    let broken = json!({ "kind": "logo", "name": "roto.png", "bytes": "ZXN0byBubyBlcyB1bmEgaW1hZ2Vu", "base": 1 });
    let why = studio.post("/api/branding/file", &broken).json()["reason"]["es"].to_string();
    assert!(why.contains("`roto.png` no se puede usar: "), "{why}");
    assert!(!studio.folder.path().join("templates/roto.png").exists());
    // All of it undone, the files are as they were.
    while studio.desk()["undo"].is_object() {
        let base = studio.desk()["revision"].clone();
        studio.post("/api/undo", &json!({ "base": base }));
    }
    studio.save();
    assert_eq!(studio.text(), SESSION);
    assert_eq!(fs::read_to_string(studio.folder.path().join("sessions/group.toml")).unwrap(), GROUP);
    assert!(!studio.folder.path().join("templates/branding.toml").exists());
}

#[test]
fn who_changed_what_since_yesterday_is_known_where_git_knows_it() {
    let studio = Studio::new();
    assert_eq!(studio.get("/api/yesterday").json(), Value::Null, "there is no repository");
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org"];
        let mut git = Command::new("git");
        git.args(identity).args(arguments).current_dir(studio.folder.path());
        git.env("GIT_COMMITTER_DATE", "2027-01-01T08:15:00-06:00").env("GIT_AUTHOR_DATE", "2027-01-01T08:15:00-06:00");
        assert!(git.stdout(Stdio::null()).status().unwrap().success(), "{arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "sessions/group.toml", "sessions/1.toml"]);
    git(&["commit", "-q", "-m", "Primera versión"]);
    fs::write(studio.session(), SESSION.replace("end = 11:00", "end = 11:15")).unwrap();
    git(&["commit", "-q", "-a", "-m", "Más tiempo"]);
    let told = studio.get("/api/yesterday").json();
    assert_eq!(
        (&told[0]["author"], &told[0]["clock"], &told[0]["subject"]),
        (&"Ana".into(), &"08:15".into(), &"Más tiempo".into())
    );
    let thing = &told[0]["things"][0][0];
    assert_eq!((&thing["about"]["es"], &thing["fields"]), (&"Sesión 1 · Preguntas".into(), &json!(["end"])), "{told:#}");
}

/// What was answered is told beside what stands in the texts, as soon as the ledger has it.
#[test]
fn an_empty_seat_is_shown_when_somebody_declines() {
    let mut studio = Studio::new();
    let folder = studio.folder.path().join("sessions");
    fs::remove_file(studio.session()).unwrap();
    for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/answers/desk")).unwrap() {
        let path = file.unwrap().path();
        fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
    }
    studio.again();
    let told = |desk: &Value| desk["findings"].as_array().unwrap().iter().find(|one| one["check"] == "empty-seat").cloned();
    assert_eq!(told(&studio.desk()), None);
    let answer = ["replies", "--declines", "city", "--session", "1", "--today", "2027-01-05"];
    let entered = Command::new(env!("CARGO_BIN_EXE_convoca")).args(answer).current_dir(studio.folder.path()).output().unwrap();
    assert!(entered.status.success(), "{}", String::from_utf8_lossy(&entered.stderr));
    let desk = studio.until(|desk| told(desk).is_some());
    let finding = told(&desk).unwrap();
    assert_eq!((&finding["waivable"], &finding["level"]), (&true.into(), &"warning".into()), "{finding:#}");
}

#[test]
fn a_second_studio_is_sent_to_the_first() {
    let studio = Studio::new();
    let second = Command::new(env!("CARGO_BIN_EXE_convoca"))
        .args(["studio", "--no-open", "--lang", "en"])
        .current_dir(studio.folder.path())
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(2));
    let told = String::from_utf8(second.stderr).unwrap();
    assert!(told.contains("open in the studio already"), "{told}");
}

#[test]
fn documents_are_seen_and_written() {
    let studio = Studio::new();
    let papers = studio.get("/api/papers").json();
    let agenda = papers.as_array().unwrap().iter().find(|paper| paper["kind"] == "agenda" && paper["lang"] == "es").unwrap();
    let shown = studio.post("/api/preview", &json!({ "paper": agenda["paper"], "format": "html" })).json();
    let page = studio.get(shown["address"].as_str().unwrap());
    assert!(page.status == 200 && page.body.contains("Apertura") && page.head.contains("sandbox"));
    studio.act(json!({ "do": "title", "of": { "kind": "slot", "session": "one", "slot": 0 }, "lang": "es", "to": "Bienvenida" }));
    let again = studio.post("/api/preview", &json!({ "paper": agenda["paper"], "format": "html" })).json();
    assert!(studio.get(again["address"].as_str().unwrap()).body.contains("Bienvenida"), "as it stands, not as it was saved");
    studio.post("/api/build", &json!({}));
    let built = studio.worked();
    assert!(built["files"].as_u64().unwrap() > 5, "{built}");
    let written = fs::read_to_string(studio.folder.path().join("out/public/es/agenda-1-one.md")).unwrap();
    assert!(written.contains("Bienvenida") && studio.text().contains("Bienvenida"), "what is written is what was saved");
}
