//! One binary: `lang-nghe serve`, `worker`, `unsealer` and the maintenance commands.

fn main() -> std::process::ExitCode {
    lang_nghe::server::cli::run()
}
