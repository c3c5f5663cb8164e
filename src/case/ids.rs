//! Typed identifiers. None of them is shown to the public.

use serde::{Deserialize, Serialize};
use std::{fmt, num::ParseIntError, str::FromStr};

/// Defines an identifier of 128 bits, written as a UUID is: 32 hexadecimal digits in five groups.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub u128);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_hyphenated(self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                u128::from_str_radix(&text.replace('-', ""), 16).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = ParseIntError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    )+};
}

ids! {
    /// Identifies a case inside the house.
    CaseId;
    /// Identifies a member of staff.
    StaffId;
    /// Identifies a message or note.
    MessageId;
    /// Identifies an attachment.
    AttachmentId;
    /// Identifies one opening of an identity.
    OpeningId;
}

/// Identifies a unit of the department, in the directory's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitId(pub i16);

/// Identifies a body outside the department that feedback may be forwarded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExternalBodyId(pub i16);

/// RFC 9562 §4: 8-4-4-4-12.
fn write_hyphenated(id: u128, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let group = |shift: u32, digits: u32| (id >> shift) & ((1 << (digits * 4)) - 1);
    write!(
        f,
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        group(96, 8),
        group(80, 4),
        group(64, 4),
        group(48, 4),
        group(0, 12)
    )
}
