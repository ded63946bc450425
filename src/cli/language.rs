//! The language of the user.

use std::ffi::OsString;

use crate::locale::Lang;

/// What `--lang` says, else the locale of the user; English where that is neither language. Looked up
/// before the arguments are parsed, so that faults in them are told in it too.
pub(crate) fn of_user(arguments: &[OsString]) -> Lang {
    let mut said = None;
    for (index, argument) in arguments.iter().enumerate() {
        let Some(argument) = argument.to_str() else { continue };
        match argument.strip_prefix("--lang") {
            Some("") => said = arguments.get(index + 1).and_then(|value| value.to_str()).and_then(Lang::from_tag),
            Some(rest) => said = rest.strip_prefix('=').and_then(Lang::from_tag),
            None => {}
        }
    }
    said.or_else(of_system).unwrap_or(Lang::En)
}

fn of_system() -> Option<Lang> {
    // POSIX: the first of these that is set decides.
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
    match set {
        Some(locale) => Lang::from_tag(&locale),
        None => sys_locale::get_locale().and_then(|locale| Lang::from_tag(&locale)),
    }
}
