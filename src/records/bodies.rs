//! The sealed texts of a case: at most one of each field.

use super::CaseRecord;
use crate::{
    case::{BodyField, CaseId, Consent, FeedbackContent},
    error::AppError,
    platform::vault::{SealContext, Vault, WrappedKey},
};
use sqlx::PgConnection;

/// Texts that were asked for and that row security lets the reader have, opened.
#[derive(Default)]
pub struct Bodies {
    texts: Vec<(BodyField, String)>,
    /// What the submitter allows, if they chose after sending.
    chosen: Option<Consent>,
}

impl Bodies {
    /// The text of a field.
    pub fn get(&self, field: BodyField) -> Option<&str> {
        let found = self.texts.iter().find(|(name, _)| *name == field);
        found.map(|(_, text)| text.as_str())
    }

    /// What the submitter wrote, if the reader may have it, with what they allow by now.
    ///
    /// # Errors
    /// [`AppError::Internal`] if it cannot be read.
    pub fn content(&self) -> Result<Option<FeedbackContent>, AppError> {
        let original = self.get(BodyField::Original).map(serde_json::from_str);
        let original: Option<FeedbackContent> =
            original.transpose().map_err(|_| AppError::Internal)?;
        Ok(original.map(|content| content.under(self.chosen)))
    }

    /// The text of a field; "" if there is none.
    pub fn text(&self, field: BodyField) -> String {
        self.get(field).unwrap_or_default().to_owned()
    }
}

/// One sealed text of each of many cases, opened after one query: as far as row security lets the
/// reader have it. A text that does not open is left out and logged, so that one broken row does
/// not take a list from those who work with it.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn texts_of_many(
    tx: &mut PgConnection,
    vault: &Vault,
    asked: &[(CaseId, BodyField)],
) -> Result<Vec<(CaseId, Bodies)>, AppError> {
    let (cases, fields): (Vec<_>, Vec<_>) = asked.iter().copied().unzip();
    let rows = sqlx::query!(
        r#"select b.case_id as "case_id: CaseId", b.field as "field: BodyField", b.sealed,
            k.kek_version, k.wrapped
        from unnest($1::uuid[], $2::text[]) as asked (case_id, field)
            join case_body b on b.case_id = asked.case_id and b.field = asked.field
            join case_key k on k.case_id = asked.case_id"#,
        &cases as &[CaseId],
        &fields as &[BodyField]
    )
    .fetch_all(tx)
    .await?;
    let open = |case_id, field, sealed: &[u8], wrapped: &WrappedKey| {
        let record = CaseRecord::new(case_id, vault.unwrap(case_id, wrapped)?);
        let text = record.open_text(record.body(field), sealed)?;
        let texts = vec![(field, text)];
        let bodies = Bodies {
            texts,
            chosen: None,
        };
        Ok::<_, AppError>((case_id, bodies))
    };
    let opened = rows.into_iter().filter_map(|row| {
        let wrapped = WrappedKey {
            kek_version: row.kek_version,
            bytes: row.wrapped,
        };
        open(row.case_id, row.field, &row.sealed, &wrapped)
            .inspect_err(|_| tracing::error!(case_id = %row.case_id, "a text does not open"))
            .ok()
    });
    Ok(opened.collect())
}

impl CaseRecord {
    /// Reads the texts of these fields.
    ///
    /// # Errors
    /// [`AppError::Internal`] if one does not open.
    pub async fn bodies(
        &self,
        tx: &mut PgConnection,
        fields: &[BodyField],
    ) -> Result<Bodies, AppError> {
        let rows = sqlx::query!(
            r#"select field as "field: BodyField", sealed from case_body
            where case_id = $1 and field = any($2)"#,
            self.case_id as CaseId,
            fields as &[BodyField]
        )
        .fetch_all(&mut *tx)
        .await?;
        let open = |field, sealed: &[u8]| Ok((field, self.open_text(self.body(field), sealed)?));
        let opened = rows.iter().map(|row| open(row.field, &row.sealed));
        let texts = opened.collect::<Result<Vec<_>, AppError>>()?;
        let has_words = texts.iter().any(|(field, _)| *field == BodyField::Original);
        let chosen = match has_words {
            true => self.chosen(tx).await?,
            false => None,
        };
        Ok(Bodies { texts, chosen })
    }

    /// Writes the text of a field in place of what was there.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub async fn write_body(
        &self,
        tx: &mut PgConnection,
        field: BodyField,
        text: &str,
    ) -> Result<(), AppError> {
        sqlx::query!(
            "insert into case_body (case_id, field, sealed) values ($1, $2, $3)
            on conflict (case_id, field) do update set sealed = $3",
            self.case_id as CaseId,
            field as BodyField,
            self.sealed_body(field, text)
        )
        .execute(tx)
        .await?;
        Ok(())
    }

    /// A text as it is stored.
    pub fn sealed_body(&self, field: BodyField, text: &str) -> Vec<u8> {
        self.seal_text(self.body(field), text)
    }

    fn body(&self, field: BodyField) -> SealContext {
        SealContext {
            table: "case_body",
            row: self.case_id.0,
            field: field.code(),
        }
    }
}
