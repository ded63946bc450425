//! Items that are not written in the order of their hours.

use super::timing::rules::SLOT_ORDER;
use super::{Check, hours};

pub(crate) static CHECK: Check =
    Check { rule: &SLOT_ORDER, run: |context, findings| hours::tell(context, SLOT_ORDER.id, findings) };
