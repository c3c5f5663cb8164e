-- The directory: everything organisational, effective-dated (`valid_from` inclusive, `valid_to` exclusive).

create table agency (
    agency_id boolean primary key default true check (agency_id),
    name text not null,
    short_name text not null,
    address text not null,
    hotline text not null,
    email text not null,
    hours text not null
);

create table unit (
    unit_id smallint generated always as identity primary key,
    code text not null unique check (code ~ '^[a-z0-9-]{2,40}$'),
    name text not null,
    kind text not null check (kind in ('so', 'van_phong', 'phong', 'thanh_tra', 'vpdkdd', 'chi_nhanh', 'mot_cua', 'chi_cuc', 'khac')),
    parent_id smallint references unit,
    search_key text not null,
    valid_from date not null default '2000-01-01',
    valid_to date
);

create table ward (
    code text primary key check (code ~ '^[0-9]{5}$'),
    name text not null,
    former_province text not null,
    search_key text not null
);

create table procedure_catalogue (
    code text not null,
    name text not null,
    field text not null,
    time_text text not null,
    certainty text not null,
    valid_from date not null default '2000-01-01',
    valid_to date,
    primary key (code, valid_from)
);

-- A version of the working calendar: deadlines remember which one counted them.
create table calendar_version (
    version smallint primary key,
    adopted_on date not null,
    note text not null
);

create table calendar_day (
    version smallint not null references calendar_version,
    day date not null,
    kind text not null check (kind in ('off', 'working_saturday', 'unconfirmed_off')),
    name text not null,
    provisional boolean not null,
    primary key (version, day)
);

-- Service levels in working days, by key of the recommended table; the rule in force on a day applies.
create table service_level (
    key text not null,
    working_days smallint not null check (working_days between 0 and 366),
    basis text not null,
    valid_from date not null,
    valid_to date,
    primary key (key, valid_from)
);

-- Where a case may be forwarded when the department is not competent.
create table external_body (
    external_body_id smallint generated always as identity primary key,
    name text not null unique
);

-- The notice on the use of personal data that a submitter saw, by version (Law 91/2025/QH15).
create table privacy_notice (
    version smallint primary key,
    effective_from date not null,
    text text not null
);

grant select on agency, unit, ward, procedure_catalogue, calendar_version, calendar_day, service_level, external_body, privacy_notice
    to app_web, app_unseal, app_read;
