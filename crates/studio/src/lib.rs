//! The desk of the studio: a programme being worked on, what is done to it, and what a page sees of it.
//!
//! No file, clock, network or page: texts come in, [`Command`]s change them, [`page::desk`] says what there is to be
//! seen. A server over it and a browser without one need the same.
//!
//! ```
//! use chrono::NaiveDate;
//! use convoca_core::project::Project;
//! use convoca_studio::{Command, Desk};
//! let mut project = Project::default();
//! project.set("sessions/group.toml", "id = 'g'\ntime-zone = 'America/Guatemala'\nname = { es = 'Grupo', en = 'Group' }");
//! let session = "id = 'one'\nnumber = 1\ndate = 2027-03-02\ntitle = { es = 'Una', en = 'One' }\n\n\
//!                [[slots]]\nstart = \"10:00\"\nend = \"11:45\"\ntitle = { es = 'Apertura', en = 'Opening' }\n";
//! project.set("sessions/1.toml", session);
//! let mut desk = Desk::new(project, NaiveDate::from_ymd_opt(2027, 1, 1).unwrap());
//!
//! let command = r#"{ "do": "time", "session": "one", "slot": 0, "part": "end", "typed": "1045", "keep": "following" }"#;
//! let command: Command = serde_json::from_str(command).unwrap();
//! let label = desk.act(&command).unwrap();
//! assert_eq!(label.es, "terminar «Apertura» a las 10:45");
//! assert!(desk.project().text("sessions/1.toml").unwrap().contains("end = \"10:45\""));
//! desk.undo().unwrap();
//! assert_eq!(desk.project().text("sessions/1.toml"), Some(session));
//! ```

// What cannot fail says why: `expect("…")`.
#![cfg_attr(not(test), deny(clippy::unwrap_used))]

mod begin;
mod command;
mod desk;
mod draft;
pub mod journal;
pub mod merge;
pub mod page;
pub mod papers;
mod refused;
pub mod typed;

pub use command::Command;
pub use desk::{Act, Clash, Desk, Outside, Said, Unsaved};
pub use refused::Refused;
