//! What an operator types at the terminal and nobody beside them should read.

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use std::io::{self, BufRead as _, IsTerminal as _, Stdin, Write as _};
use zeroize::Zeroizing;

/// One line: at a terminal asked for by `prompt` and not shown while typed, else from the pipe.
///
/// # Errors
/// If nothing can be read.
pub fn secret_line(prompt: &str) -> io::Result<Zeroizing<String>> {
    let input = io::stdin();
    let _unseen = if input.is_terminal() {
        eprint!("{prompt}: ");
        io::stderr().flush()?;
        Some(Unseen::begin(&input)?)
    } else {
        None
    };
    let mut line = Zeroizing::new(String::new());
    input.lock().read_line(&mut line)?;
    Ok(Zeroizing::new(
        line.trim_end_matches(['\r', '\n']).to_owned(),
    ))
}

/// A terminal that does not echo, until this is dropped.
struct Unseen<'a> {
    terminal: &'a Stdin,
    before: Termios,
}

impl<'a> Unseen<'a> {
    fn begin(terminal: &'a Stdin) -> io::Result<Self> {
        let before = tcgetattr(terminal)?;
        let mut silent = before.clone();
        silent.local_modes &= !LocalModes::ECHO;
        silent.local_modes |= LocalModes::ECHONL;
        tcsetattr(terminal, OptionalActions::Flush, &silent)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Unseen<'_> {
    fn drop(&mut self) {
        // nothing better can be done for a terminal that is gone
        let _ = tcsetattr(self.terminal, OptionalActions::Now, &self.before);
    }
}
