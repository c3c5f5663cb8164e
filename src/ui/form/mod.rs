//! Forms: their controls, what was typed into one that comes back, and their help in the browser.

mod choices;
mod command_form;
pub mod control;
mod controls;
pub mod enhance;
mod fields;
mod file_field;
mod fold;
mod grouped_select;
mod post;
mod state;
mod summary;
pub mod unsent;

pub use choices::{CheckGroup, CheckSections, Choice, ChoiceSection, RadioGroup};
pub use command_form::{Form, FormProps};
pub use controls::{CheckField, PasswordField, SelectField, TextArea, TextField};
pub use fields::{Fields, value, values};
pub use file_field::{FILES, FileField};
pub use fold::Fold;
pub use grouped_select::{ChoiceGroup, GroupedSelect};
pub use state::{FormContext, FormState, ReturnedForm, Revision, SECRET, TypedTexts};
pub use summary::{FieldError, escape, way_on};
