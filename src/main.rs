//! One binary: `lang-nghe serve`, `worker`, `unsealer` and the maintenance commands.

fn main() {}
