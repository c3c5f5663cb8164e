//! The kernel's codes and ids as columns: text, uuid, smallint. The kernel itself knows no database.

use crate::case::{
    AttachmentId, BodyField, CaseId, Channel, Confidentiality, Direction, ExternalBodyId, Finding,
    Kind, MessageId, OpeningId, Proposal, Rating, ReplyBy, ServiceLevel, StaffId, Status, UnitId,
};
use crate::rights::Role;
use sqlx::{
    Decode, Encode, Postgres, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgValueRef},
};
use uuid::Uuid;

/// A column of one type stands for a value of another.
macro_rules! column {
    ($name:ty as $column:ty, |$value:ident| $to:expr, |$stored:ident| $from:expr) => {
        impl Type<Postgres> for $name {
            fn type_info() -> PgTypeInfo {
                <$column as Type<Postgres>>::type_info()
            }

            fn compatible(of: &PgTypeInfo) -> bool {
                <$column as Type<Postgres>>::compatible(of)
            }
        }

        impl PgHasArrayType for $name {
            fn array_type_info() -> PgTypeInfo {
                <$column as PgHasArrayType>::array_type_info()
            }
        }

        impl Encode<'_, Postgres> for $name {
            fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
                let $value = *self;
                <$column as Encode<'_, Postgres>>::encode($to, buffer)
            }
        }

        impl<'r> Decode<'r, Postgres> for $name {
            fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
                let $stored = <$column as Decode<'r, Postgres>>::decode(value)?;
                $from
            }
        }
    };
}

macro_rules! coded {
    ($($name:ty),+ $(,)?) => {$(
        column!($name as &str, |value| value.code(), |stored| {
            Self::from_code(stored).ok_or_else(|| unknown(stringify!($name)))
        });
    )+};
}

macro_rules! identified {
    ($($name:ident),+ $(,)?) => {$(
        column!($name as Uuid, |id| Uuid::from_u128(id.0), |id| Ok(Self(id.as_u128())));
    )+};
}

/// A stored code that this version does not know. Never the code itself: an error may be logged.
fn unknown(of: &str) -> BoxDynError {
    format!("a stored code is no {of}").into()
}

coded!(
    BodyField,
    Channel,
    Direction,
    Finding,
    Kind,
    Proposal,
    ReplyBy,
    Role,
    Confidentiality,
    ServiceLevel,
    Status
);
identified!(AttachmentId, CaseId, MessageId, OpeningId, StaffId);
column!(UnitId as i16, |unit| unit.0, |unit| Ok(Self(unit)));
column!(ExternalBodyId as i16, |body| body.0, |body| Ok(Self(body)));
column!(Rating as i16, |rating| rating.mark(), |mark| {
    Self::from_mark(mark).ok_or_else(|| unknown("Rating"))
});
