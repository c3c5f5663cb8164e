//! The design system: one component of each kind, used by every slice.

mod chart;
mod date;
mod feedback;
mod form;
mod icon;
mod layout;
mod pagination;
mod receipt;
mod timeline;
mod title;
mod typed;

pub use chart::{Bar, BarChart, thousands};
pub use date::{DeadlineView, Due};
pub use feedback::{EmptyState, Notice, Progress, Stat, StatusWord, Tone};
pub use form::{
    CheckField, CheckGroup, Choice, ErrorSummary, Errors, FieldError, Problems, RadioGroup,
    SelectField, TextArea, TextField,
};
pub use icon::Icon;
pub use layout::{ClosedLayout, Department, PublicLayout, StaffLayout, Viewer};
pub use pagination::Pager;
pub use receipt::{CodeBlock, Step, Steps};
pub use timeline::{Timeline, TimelineItem};
pub use title::{Title, TitleSlot};
pub use typed::{Typed, TypedTexts};
