//! A slot that is over before it begins.

use super::timing::rules::SLOT_ENDS_BEFORE_START;
use super::{Check, hours};

pub(crate) static CHECK: Check =
    Check { rule: &SLOT_ENDS_BEFORE_START, run: |context, findings| hours::tell(context, SLOT_ENDS_BEFORE_START.id, findings) };
