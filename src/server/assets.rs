//! Names and bytes of the built script, module and stylesheet.

/// Names and bytes of the built script, module and stylesheet.
#[derive(Debug, Default)]
pub struct Assets {}
