//! Passwords and tokens: from the environment or from a command such as `pass show mail`, never from a
//! file of the programme or an argument, which others could read.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use crate::locale::Text;
use crate::text;
use crate::transport::Auth;
use crate::workspace::{Failure, why};

/// What the command prints on its first line, or what the variable holds.
/// The command may take so long.
pub(crate) fn secret(auth: Auth, variable: &str, command: Option<&str>, patience: Duration) -> Result<String, Failure> {
    let secret = match command {
        Some(command) => printed(command, patience)?,
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

/// Octets of a first line: tokens have some thousand.
const LONGEST: u64 = 64 * 1024;

fn printed(command: &str, patience: Duration) -> Result<String, Failure> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let failed = |why: Text| {
        Failure::new(text!(l, why = why.get(l).to_owned();
            "the command of `--password-command` failed: {why}", "la orden de `--password-command` falló: {why}"))
    };
    let seconds = patience.as_secs();
    let too_slow = || failed(text!("it did not end within {seconds} seconds", "no terminó en {seconds} segundos"));
    let until = Instant::now() + patience;
    let mut child =
        Command::new(shell).args([flag, command]).stdout(Stdio::piped()).spawn().map_err(|error| failed(why(&error)))?;
    // In a thread of its own: what the command started may keep the pipe open for ever.
    let (tell, told) = channel();
    let pipe = child.stdout.take();
    std::thread::spawn(move || {
        let mut line = Vec::new();
        let mut pipe = pipe.map(|pipe| BufReader::new(pipe.take(LONGEST)));
        let read = pipe.as_mut().map_or(Ok(0), |pipe| pipe.read_until(b'\n', &mut line));
        // Read to its end, so that the command does not fail for want of a reader.
        let _ = pipe.map(|pipe| std::io::copy(&mut pipe.into_inner().into_inner(), &mut std::io::sink()));
        let _ = tell.send(read.map(|_| line));
    });
    let line = told.recv_timeout(until.saturating_duration_since(Instant::now()));
    let status = ended(&mut child, until).map_err(|error| failed(why(&error)))?;
    let Some(status) = status else { return Err(too_slow()) };
    if !status.success() {
        return Err(failed(match status.code() {
            Some(code) => text!("it ended with status {code}", "terminó con el código {code}"),
            None => Text::fixed("it was interrupted", "se interrumpió"),
        }));
    }
    let line = line.map_err(|_| too_slow())?.map_err(|error| failed(why(&error)))?;
    Ok(String::from_utf8_lossy(&line).lines().next().unwrap_or_default().to_owned())
}

/// How a process ended; `None` where it did not until then, and was ended.
fn ended(child: &mut Child, until: Instant) -> std::io::Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= until {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_command_has_a_time_limit_and_only_its_first_line_counts() {
        let printed = |command: &str| printed(command, Duration::from_secs(2)).map_err(|failure| format!("{failure:?}"));
        assert_eq!(printed("printf 'grave\\nsecond'").unwrap(), "grave");
        assert_eq!(printed("printf grave").unwrap(), "grave");
        assert_eq!(printed("printf 'grave\\n'; seq 100000").unwrap(), "grave");
        for hanging in ["sleep 20", "printf grave; sleep 20"] {
            let begun = Instant::now();
            assert!(printed(hanging).unwrap_err().contains("2 seconds"), "{hanging}");
            assert!(begun.elapsed() < Duration::from_secs(10), "{hanging}");
        }
    }
}
