//! What is known of a programme beside its texts, such as what was answered to its invitations.

use std::fmt;
use std::sync::Arc;

use crate::diagnostics::Diagnostic;
use crate::model::Programme;

type Says = dyn Fn(&Programme) -> Vec<Diagnostic> + Send + Sync;

/// Somebody who knows more of a programme than its texts say, and has findings of it: without files and without a clock,
/// so that the same programme is always told the same.
#[derive(Clone)]
pub struct Witness(Arc<Says>);

impl Witness {
    pub fn new(says: impl Fn(&Programme) -> Vec<Diagnostic> + Send + Sync + 'static) -> Witness {
        Witness(Arc::new(says))
    }

    pub(super) fn says(&self, programme: &Programme) -> Vec<Diagnostic> {
        (self.0)(programme)
    }
}

impl fmt::Debug for Witness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Witness")
    }
}
