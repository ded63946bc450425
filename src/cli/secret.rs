//! Passwords and tokens: from the environment or from a command such as `pass show mail`, never from a
//! file of the programme or an argument, which others could read.

use std::process::Command;

use super::Failure;
use super::failure::why;
use crate::locale::Text;
use crate::mail::Auth;
use crate::text;

/// What the command prints on its first line, or what the variable holds.
pub fn secret(auth: Auth, variable: &str, command: Option<&str>) -> Result<String, Failure> {
    let secret = match command {
        Some(command) => printed(command)?,
        None => std::env::var(variable).unwrap_or_default(),
    };
    if secret.is_empty() {
        let missing = match auth {
            Auth::Password => Text::fixed("the password is missing", "falta la contraseña"),
            Auth::Token => Text::fixed("the token is missing", "falta el token"),
        };
        return Err(Failure::new(missing).help(text!(
            "it is taken from the environment variable {variable}, or from what the command of `--password-command` prints",
            "se toma de la variable de entorno {variable}, o de lo que imprime la orden de `--password-command`"
        )));
    }
    Ok(secret)
}

fn printed(command: &str) -> Result<String, Failure> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let failed = |why: Text| {
        Failure::new(text!(l, why = why.get(l).to_owned();
            "the command of `--password-command` failed: {why}", "la orden de `--password-command` falló: {why}"))
    };
    let output = Command::new(shell)
        .args([flag, command])
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| failed(why(&error)))?;
    if !output.status.success() {
        return Err(failed(match output.status.code() {
            Some(code) => text!("it ended with status {code}", "terminó con el código {code}"),
            None => Text::fixed("it was interrupted", "se interrumpió"),
        }));
    }
    let printed = String::from_utf8_lossy(&output.stdout);
    Ok(printed.lines().next().unwrap_or_default().to_owned())
}
