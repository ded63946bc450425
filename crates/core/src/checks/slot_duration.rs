//! Declared minutes that contradict start and end.

use super::timing::rules::SLOT_DURATION;
use super::{Check, hours};

pub(crate) static CHECK: Check =
    Check { rule: &SLOT_DURATION, run: |context, findings| hours::tell(context, SLOT_DURATION.id, findings) };
