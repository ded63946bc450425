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

    // What was not saved and does not fit any more is kept aside, and told.
    studio.act(json!({ "do": "title", "of": { "kind": "slot", "session": "one", "slot": 0 }, "lang": "es", "to": "Otra" }));
    studio.kill();
    fs::write(studio.session(), SESSION).unwrap();
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
    assert_eq!(studio.save().status, 422, "even before it was looked at again");
    assert_eq!(studio.text(), SESSION);
    let desk = studio.until(|desk| desk["outside"][0]["path"] == "sessions/1.toml");
    assert!(desk["outside"][0]["mine"].as_str().unwrap().contains("Mine"));
    studio.post("/api/take", &json!({ "path": "sessions/1.toml", "theirs": true }));
    assert_eq!((studio.desk()["sessions"][0]["title"]["en"].clone(), studio.desk()["undo"].clone()), ("One".into(), Value::Null));

    studio.act(title("Mine again"));
    fs::write(studio.session(), &theirs).unwrap();
    studio.until(|desk| desk["outside"][0]["path"] == "sessions/1.toml");
    studio.post("/api/take", &json!({ "path": "sessions/1.toml", "theirs": false }));
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
    studio.post("/api/take", &json!({ "path": "sessions/1.toml", "theirs": false }));
    assert_eq!(studio.save().status, 200);
    assert!(studio.text().contains("Not lost"));
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
