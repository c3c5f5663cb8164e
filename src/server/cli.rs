//! The command line: one binary, one subcommand for each process.
