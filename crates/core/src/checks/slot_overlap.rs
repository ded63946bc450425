//! Two slots of a session at the same time.

use super::timing::rules::SLOT_OVERLAP;
use super::{Check, hours};

pub(crate) static CHECK: Check =
    Check { rule: &SLOT_OVERLAP, run: |context, findings| hours::tell(context, SLOT_OVERLAP.id, findings) };
