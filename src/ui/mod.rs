//! The design system: one component of each kind, used by every slice.

mod baton;
mod consent;
mod deadline;
mod figure;
pub mod form;
mod icon;
mod layout;
mod letter;
mod notices;
mod page_error;
mod page_status;
mod pagination;
mod qr;
mod receipt;
mod shared_device;
mod table;
mod timeline;
mod title;

pub use baton::{Baton, BatonLeg, Standing};
pub use consent::ConsentForm;
pub use deadline::{DeadlineView, Due, ShortDeadline};
pub use figure::{Bar, BarChart, ChartColumn, ColumnChart, Figure, Sparkline, thousands};
pub use form::{
    CheckField, CheckGroup, CheckSections, Choice, ChoiceGroup, ChoiceSection, FieldError,
    FileField, Fold, Form, FormContext, FormState, GroupedSelect, PasswordField, RadioGroup,
    ReturnedForm, Revision, SelectField, TextArea, TextField, TypedTexts,
};
pub use icon::Icon;
pub use layout::{ClosedLayout, Department, PublicLayout, StaffLayout, Viewer};
pub use letter::{Letter, LetterSheet};
pub use notices::{EmptyState, Notice, Stat, StatusWord, Tone};
pub use page_error::{PageError, Refusal, RefusedPage};
pub use page_status::StatusSlot;
pub use pagination::Pager;
pub use qr::{Qr, QrCode};
pub use receipt::{CodeBlock, Step, Steps};
pub use shared_device::{FORGETS, QuickExit, SharedDevice};
pub use table::{Column, DataTable, TableRegion, text_cell};
pub use timeline::{Timeline, TimelineItem};
pub use title::{PageTitle, Title, TitleSlot};
