//! The sending of a plan that was looked at and counted.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Wanted, aside, changed, counted, saved, stationery};
use crate::ledger::{Ledger, Message, Sending};
use crate::locale::Text;
use crate::mail::Mail;
use crate::studio::front::Typed;
use crate::studio::refusal::No;
use crate::studio::shared::Shared;
use crate::text;
use crate::transport::{Connection, Pace, Putoff, Server, Tally, deliver};
use crate::workspace::Failure;
use crate::workspace::letters;

/// As `convoca invite send` does it unless told otherwise.
const PER_MINUTE: u32 = 30;
const WAITS: [Duration; 2] = [Duration::from_secs(300), Duration::from_secs(600)];
/// How soon a stop is heard while it waits.
const LISTEN: Duration = Duration::from_millis(200);

/// What is to be sent: the plan that was seen, and how many mails a person counted in it.
#[derive(Deserialize)]
pub(crate) struct Sent {
    wanted: Wanted,
    plan: String,
    typed: String,
    server: Option<Typed>,
}

/// Begins it; how far it has come is told to every page. It can be stopped from here on, also while it is planned.
pub(crate) async fn send(State(shared): State<Arc<Shared>>, Json(sent): Json<Sent>) -> Result<Json<Value>, No> {
    shared.bench.begin("send")?;
    let begun = begin(&shared, sent).await;
    if begun.is_err() {
        shared.bench.refused();
    }
    begun
}

async fn begin(shared: &Arc<Shared>, sent: Sent) -> Result<Json<Value>, No> {
    saved(shared)?;
    let shared = shared.clone();
    aside(move || {
        let materials = shared.materials();
        if let Some(error) = sent.wanted.errors(&materials).into_iter().next() {
            return Err(error.into());
        }
        let stationery = stationery(&materials)?;
        // Locked from here on: nobody else sends from a plan that is about to be old.
        let ledger = shared.workspace().ledger(Some(stationery.programme))?;
        let plan = sent.wanted.plan(&shared, stationery.programme, ledger.history())?;
        if plan.id != sent.plan {
            return Err(changed());
        }
        counted(&sent.typed, plan.letters().count())?;
        let mut mails = Vec::new();
        let secret = letters::secret(ledger.history())?;
        for composed in stationery.compose(&plan, &secret).map_err(Failure::from)? {
            mails.push((composed.sending()?, composed.mail));
        }
        let server = shared.front.server(sent.server.as_ref())?;
        let missing = || Failure::new(Text::fixed("no mail server was given", "no se dijo cuál es el servidor de correo"));
        let server = server.ok_or_else(missing)?;
        let working = shared.clone();
        // Not one of the threads for short work: a sending may take an hour.
        std::thread::spawn(move || {
            let (report, failure) = sending(&working, ledger, server, secret, mails);
            working.bench.ended(report, failure);
        });
        Ok(Json(json!({})))
    })
    .await
}

fn sending(
    shared: &Shared,
    mut ledger: Ledger,
    server: Server,
    secret: String,
    mails: Vec<(Sending, Mail)>,
) -> (Value, Option<Failure>) {
    let (bench, total, host) = (&shared.bench, mails.len(), server.host.clone());
    bench.reached(0, total);
    let mut connection = match Connection::open(server) {
        Ok(connection) => connection,
        Err(unusable) => {
            let failure = Failure::new(text!(l, said = unusable.said.get(l);
                "the mail server `{host}` cannot be used, and nothing was sent: {said}",
                "no se puede usar el servidor de correo `{host}`, y no se envió nada: {said}"));
            return (Value::Null, Some(failure.helped(shared.front.help(&unusable))));
        }
    };
    let workspace = shared.workspace();
    if let Err(failure) = letters::keep(secret, &mut ledger, workspace.now()) {
        return (Value::Null, Some(failure));
    }
    let (tally, stop) = deliver(
        &mut ledger,
        &mut connection,
        mails,
        Pace {
            pause: Duration::from_secs(60) / PER_MINUTE,
            now: &|| workspace.now(),
            done: &mut |tally| bench.reached(tally.sent + tally.refused.len(), total),
            waits: &WAITS,
            wait: &mut |wait, putoff| {
                bench.waits(waiting(wait, putoff));
                let until = Instant::now() + wait;
                while Instant::now() < until && !bench.is_stopped() {
                    std::thread::sleep(LISTEN);
                }
            },
            stop: &|| bench.is_stopped(),
        },
    );
    connection.close();
    (report(&tally, total), stop.map(|stop| Failure::new(stop.message())))
}

fn waiting(wait: Duration, Putoff { mails, said }: &Putoff) -> Text {
    let minutes = wait.as_secs() / 60;
    text!(
        "the server puts off {mails} mails ({said}); they are tried again in {minutes} minutes",
        "el servidor pospone {mails} correos ({said}); se intentan de nuevo en {minutes} minutos"
    )
}

fn report(tally: &Tally, total: usize) -> Value {
    let list = |mails: &[(Message, String)]| {
        mails.iter().map(|(message, said)| json!({ "to": message.to, "said": said })).collect::<Vec<_>>()
    };
    json!({ "sent": tally.sent, "total": total, "refused": list(&tally.refused), "deferred": list(&tally.deferred) })
}
