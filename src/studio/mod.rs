//! The programme in the browser: a page from this machine for this machine alone, over [`convoca_studio::Desk`].
//!
//! ```text
//! routes             what a page may ask for
//! invitations        the plan, its mails, and their sending
//! importing          the beginning, and the reading of documents
//! answers            who comes, and what was answered
//! dates              days that suit, and what is against the others
//! branding           logos and the Word template
//! contacts           people out of a list
//! yesterday          who changed what, where git knows it
//! building           the writing of every document
//! guard              who may ask
//! ui                 the page itself
//! shared             the desk with its disk, for all who ask
//! held               the desk and the disk under it
//! work               what takes long, and how far it has come
//! front              what is asked of the command line that starts it
//! disk               the files of the programme, the journal beside them
//! ```

mod answers;
mod branding;
mod building;
mod contacts;
mod dates;
mod disk;
mod front;
mod guard;
mod held;
mod importing;
mod invitations;
mod refusal;
mod routes;
mod shared;
mod ui;
mod work;
mod yesterday;

pub use front::{Front, Origin, Spoken, Typed};
pub use guard::Guard;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use crate::workspace::{Failure, Workspace};
use shared::Shared;

/// How often the disk is looked at: changes of files are not told on every system, nor on shared folders.
const LOOK: Duration = Duration::from_millis(400);
/// How long a studio without a page waits for one.
const PATIENCE: Duration = Duration::from_secs(600);

/// Where the page is: its address with the token behind the `#`, which no browser sends to anybody.
pub struct Address {
    pub page: String,
}

/// Serves the programme until it is closed, or until no page has been open for ten minutes and all is saved.
/// `ready` is told the address once the page can be opened; port 0 takes a free one.
///
/// # Errors
/// There is no programme in the folder, it is open in another studio, or the port is taken.
pub fn serve(
    workspace: &Workspace,
    port: u16,
    out: &std::path::Path,
    front: Box<dyn Front>,
    ready: impl FnOnce(&Address),
) -> Result<(), Failure> {
    let shared = Arc::new(Shared::open(workspace, out, front)?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    let ended: Result<(), Failure> = runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
        let guard = Guard::new(listener.local_addr()?.port())?;
        let page = format!("http://{}/#{}", guard.host(), guard.token());
        let app = routes::app(shared.clone(), guard);
        ready(&Address { page });
        let watching = shared.clone();
        let watch = async move {
            loop {
                tokio::time::sleep(LOOK).await;
                watching.look();
                if watching.is_forgotten(PATIENCE) {
                    return;
                }
            }
        };
        tokio::select! {
            ended = async { axum::serve(listener, app).await } => Ok(ended?),
            () = watch => Ok(()),
            () = shared.closed() => Ok(()),
        }
    });
    ended
}
