//! Forms: their controls, and what was typed into one that comes back.

mod controls;
mod state;

pub use controls::{
    CheckField, CheckGroup, Choice, ErrorSummary, Errors, FieldError, Problems, RadioGroup,
    SelectField, TextArea, TextField,
};
pub use state::{Typed, TypedTexts};
