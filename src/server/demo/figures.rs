//! What the made-up department has published: by the steps of the product, as two of its people.

use super::staff::SignIn;
use crate::{
    accounts::ssr::{authority::Authority, terminal},
    directory::ssr,
    platform::{database::Db, password::Password},
    rights::Permission,
    statistics::ssr::publishing::steps::{self, By},
};
use anyhow::{Context as _, ensure};
use time::OffsetDateTime;

/// Who drafts, and who approves.
const AUTHOR: &str = "vanphong1";
const APPROVER: &str = "giamdoc";
/// Officials of a unit; of the two smallest branches too few to be told by themselves.
const OFFICIALS: i16 = 12;
const SMALL: [(&str, i16); 2] = [("cn-phong-dien", 4), ("cn-vinh-thanh", 3)];

/// Publishes every month that is ripe. Does nothing if the two were there before: nobody knows
/// their passwords.
///
/// # Errors
/// If a step is refused.
pub(super) async fn publish(
    owner: &Db,
    sign_ins: &[SignIn],
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    let password = |username: &str| {
        let mut known = sign_ins.iter();
        known
            .find(|sign_in| sign_in.username == username)
            .map(|sign_in| sign_in.password.as_str())
    };
    let Some((author, approver)) = password(AUTHOR).zip(password(APPROVER)) else {
        return Ok(());
    };
    say_officials(owner).await?;
    let author = authority(owner, (AUTHOR, author), Permission::DraftFigures, now).await?;
    let approver = authority(owner, (APPROVER, approver), Permission::ApproveFigures, now).await?;
    let built = steps::build(owner, By::Staff(&author), now).await?;
    let offences = steps::audit(owner, By::Staff(&author), now).await?;
    ensure!(offences.is_empty(), "made-up figures betray something");
    for code in built {
        steps::publish(owner, &approver, &code, now)
            .await
            .with_context(|| format!("{code} could not be published"))?;
    }
    Ok(())
}

async fn say_officials(owner: &Db) -> anyhow::Result<()> {
    let mut connection = owner.pool().acquire().await?;
    for unit in ssr::units(&mut connection).await? {
        let small = SMALL.iter().find(|(code, _)| *code == unit.code);
        let officials = small.map_or(OFFICIALS, |(_, officials)| *officials);
        ssr::set_officials(&mut connection, &unit.code, officials).await?;
    }
    Ok(())
}

async fn authority(
    owner: &Db,
    (username, password): (&str, &str),
    permission: Permission,
    now: OffsetDateTime,
) -> anyhow::Result<Authority> {
    let staff = terminal::present(owner, username, &Password::new(password), now).await?;
    Ok(Authority::of(staff, permission)?)
}
