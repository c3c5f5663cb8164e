//! How many cases each view of the inbox holds.

use super::ask::Ask;
use crate::{casework::inbox::view::COUNTED, error::AppError};
use sqlx::PgConnection;

/// How many cases each view holds, counted up to [`COUNTED`].
pub(super) async fn count_views(tx: &mut PgConnection, ask: &Ask) -> Result<Vec<i64>, AppError> {
    let row = sqlx::query!(
        r#"with own as not materialized (
            select status, due_on, paused_on, proposal, reply_owed, unread from feedback_case
            where ($1::smallint is null or assigned_unit_id = $1)
                and ($2::uuid is null or created_by = $2)
        ), open as not materialized (
            select * from own where status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan',
                'da_phan_loai', 'da_chuyen_xu_ly', 'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet')
        )
        select
            (select count(*) from (select from open limit $5) x) as "open!",
            (select count(*) from (
                select from own where status = 'cho_tiep_nhan' limit $5
            ) x) as "submitted!",
            (select count(*) from (
                select from own where status = 'cho_bo_sung' limit $5
            ) x) as "awaiting_info!",
            (select count(*) from (
                select from own where status in ('da_tiep_nhan', 'da_phan_loai') limit $5
            ) x) as "unassigned!",
            (select count(*) from (
                select from own where status in ('da_chuyen_xu_ly', 'dang_xac_minh', 'dang_xu_ly') limit $5
            ) x) as "in_hand!",
            (select count(*) from (
                select from own where status = 'cho_phe_duyet' limit $5
            ) x) as "awaiting!",
            (select count(*) from (
                select from open where due_on < $3 and paused_on is null limit $5
            ) x) as "overdue!",
            (select count(*) from (
                select from open where due_on >= $3 and due_on <= $4 and paused_on is null limit $5
            ) x) as "soon!",
            (select count(*) from (
                select from own where proposal is not null limit $5
            ) x) as "proposals!",
            (select count(*) from (
                select from own where status = 'da_tra_loi' limit $5
            ) x) as "answered!",
            (select count(*) from (select from own where reply_owed limit $5) x) as "reply_owed!",
            (select count(*) from (select from own where unread limit $5) x) as "unread!",
            (select count(*) from (select from own limit $5) x) as "all!""#,
        ask.own_unit,
        ask.own_entries,
        ask.today,
        ask.soon,
        COUNTED
    )
    .fetch_one(tx)
    .await?;
    Ok(vec![
        row.open,
        row.submitted,
        row.awaiting_info,
        row.unassigned,
        row.in_hand,
        row.awaiting,
        row.overdue,
        row.soon,
        row.proposals,
        row.answered,
        row.reply_owed,
        row.unread,
        row.all,
    ])
}
