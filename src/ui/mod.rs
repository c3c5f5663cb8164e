//! The design system: one component of each kind, used by every slice.

mod chart;
mod deadline;
mod form;
mod icon;
mod layout;
mod notices;
mod pagination;
mod receipt;
mod timeline;
mod title;

pub use chart::{Bar, BarChart, thousands};
pub use deadline::{DeadlineView, Due};
pub use form::{
    CheckField, CheckGroup, Choice, ErrorSummary, Errors, FieldError, Problems, RadioGroup,
    SelectField, TextArea, TextField, Typed, TypedTexts,
};
pub use icon::Icon;
pub use layout::{ClosedLayout, Department, PublicLayout, StaffLayout, Viewer};
pub use notices::{EmptyState, Notice, Progress, Stat, StatusWord, Tone};
pub use pagination::Pager;
pub use receipt::{CodeBlock, Step, Steps};
pub use timeline::{Timeline, TimelineItem};
pub use title::{PageTitle, Title, TitleSlot};
