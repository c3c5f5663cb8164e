//! The demo's staff: made-up people with passwords of the program's own, who need no second person.

use crate::{
    accounts::ssr::{password, terminal},
    case::{StaffId, UnitId},
    directory,
    identity::ssr::opener,
    platform::{clock::random_id, database::Db, password::Password},
    rights::{Permission, Role},
};
use anyhow::Context as _;
use time::OffsetDateTime;
use uuid::Uuid;

/// A member of staff to add.
pub struct NewStaff<'a> {
    /// Sign-in name: a-z, 0-9, dot, hyphen.
    pub username: &'a str,
    /// Display name.
    pub name: &'a str,
    /// One or more.
    pub roles: &'a [Role],
    /// Code of their unit, e.g. `vp-so`.
    pub unit: &'a str,
}

/// A demo sign-in with its password, shown once.
pub(super) struct SignIn {
    pub username: &'static str,
    pub password: String,
    pub roles: &'static str,
}

/// Username, name, role, unit. The names are invented.
const DEMO: &[(&str, &str, Role, &str)] = &[
    ("tongdai1", "Lê Thị Mẫu", Role::Hotline, "vp-so"),
    ("motcua1", "Trần Văn Ví Dụ", Role::OneStop, "mot-cua"),
    ("vanphong1", "Nguyễn Thị Minh Họa", Role::Office, "vp-so"),
    ("vanphong2", "Phạm Văn Thử", Role::Office, "vp-so"),
    ("chanhvp", "Võ Thị Thí Điểm", Role::OfficeHead, "vp-so"),
    (
        "thanhtra1",
        "Đặng Văn Khảo Sát",
        Role::Inspector,
        "thanh-tra",
    ),
    ("gd-vpdkdd", "Huỳnh Văn Mẫu", Role::UnitHead, "vpdkdd"),
    ("cv-vpdkdd", "Bùi Thị Ví Dụ", Role::Handler, "vpdkdd"),
    (
        "truong-cn-nk",
        "Lâm Văn Thử",
        Role::UnitHead,
        "cn-ninh-kieu",
    ),
    ("giamdoc", "Hồ Thị Minh Họa", Role::Leader, "vp-so"),
    ("phogiamdoc", "Dương Văn Thí Điểm", Role::Leader, "vp-so"),
    ("tiepdan1", "Mai Thị Ví Dụ", Role::Reception, "vp-so"),
    ("kiemtoan", "Ngô Thị Kiểm Thử", Role::Auditor, "vp-so"),
    (
        "baovedulieu",
        "Trịnh Văn Mẫu",
        Role::DataProtection,
        "vp-so",
    ),
    ("quantri", "Đỗ Văn Cấu Hình", Role::Administrator, "vp-so"),
];

/// Adds the missing demo staff, each with a random password. If they are the first, nobody has to
/// set up a second proof.
pub(super) async fn add_all(owner: &Db, now: OffsetDateTime) -> anyhow::Result<Vec<SignIn>> {
    let mut sign_ins = Vec::new();
    let anybody = sqlx::query_scalar!(r#"select exists (select from staff) as "anybody!""#);
    if !anybody.fetch_one(owner.pool()).await? {
        // nobody real is here: trying out stays one password
        terminal::require_second_factor(owner, false).await?;
    }
    for (username, name, role, unit) in DEMO {
        let there = sqlx::query_scalar!(
            r#"select exists (select from staff where username = $1) as "there!""#,
            username
        );
        if there.fetch_one(owner.pool()).await? {
            continue;
        }
        let password = password::random();
        add_staff(
            owner,
            &NewStaff {
                username,
                name,
                roles: &[*role],
                unit,
            },
            &password,
            now,
        )
        .await?;
        sign_ins.push(SignIn {
            username,
            password,
            roles: role.label(),
        });
    }
    Ok(sign_ins)
}

/// Adds a member of staff with a password, over an owner's connection; a leader is admitted to
/// openings of identities at once.
///
/// # Errors
/// If the name is taken or malformed, or the unit is unknown.
pub async fn add_staff(
    owner: &Db,
    staff: &NewStaff<'_>,
    secret: &str,
    now: OffsetDateTime,
) -> anyhow::Result<Uuid> {
    let typed = Password::new(secret);
    let hash = typed.form().await?;
    let mut tx = owner.pool().begin().await?;
    let unit = directory::ssr::unit_of(&mut tx, staff.unit)
        .await?
        .with_context(|| format!("no unit has the code {}", staff.unit))?;
    let staff_id = Uuid::from_u128(random_id());
    sqlx::query!(
        "insert into staff (staff_id, username, display_name, unit_id, password_hash, created_at)
        values ($1, $2, $3, $4, $5, $6)",
        staff_id,
        staff.username,
        staff.name,
        unit as UnitId,
        hash,
        now
    )
    .execute(&mut *tx)
    .await?;
    for role in staff.roles {
        sqlx::query!(
            "insert into staff_role (staff_id, role) values ($1, $2) on conflict do nothing",
            staff_id,
            role.code()
        )
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    let takes_part = [Permission::RequestIdentity, Permission::ApproveIdentity];
    if takes_part
        .iter()
        .any(|right| staff.roles.iter().any(|role| role.grants(*right)))
    {
        opener::admit(owner, StaffId(staff_id.as_u128()), &typed, now).await?;
    }
    Ok(staff_id)
}
