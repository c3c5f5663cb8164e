\set r random(1, 9000000000000000000)
begin;
insert into feedback_case (case_id, number, kind, reasons, channel, status, secrecy, is_lead, concerned_unit_id, received_on, due_on, due_rule, calendar_version) values (md5((:r::bigint)::text)::uuid, 'PA' || lpad((:r::bigint % 100)::text, 2, '0') || '-' || upper(substr(md5((:r::bigint)::text), 1, 6)) || '-' || upper(substr(md5((:r::bigint)::text), 7, 1)), 'hanh_vi', array['HV_CHAM_TRE'], 'online', 'cho_tiep_nhan', 'giu_bi_mat', false, 7, '2026-11-23', '2026-12-07', 'xu_ly_hanh_vi', 1);
insert into case_key (case_id, kek_version, wrapped) values (md5((:r::bigint)::text)::uuid, 1, decode(repeat('ab', 74), 'hex'));
insert into case_body (case_id, field, sealed) values (md5((:r::bigint)::text)::uuid, 'original', decode(repeat('ab', 1066), 'hex'));
insert into case_receipt (case_id, key_version, code_hmac) values (md5((:r::bigint)::text)::uuid, 1, sha256((:r::bigint)::text::bytea));
insert into case_event (case_id, at, kind, data) values (md5((:r::bigint)::text)::uuid, now(), 'gui', '{}');
insert into submission (key_hmac, content_hmac, case_id, at, slip, expires_at) values (sha256(('k' || (:r::bigint)::text)::bytea), sha256(('c' || (:r::bigint)::text)::bytea), md5((:r::bigint)::text)::uuid, now(), decode(repeat('ab', 554), 'hex'), now() + interval '15 minutes');
insert into case_identity (case_id, key_version, sealed) values (md5((:r::bigint)::text)::uuid, 1, decode(repeat('ab', 330), 'hex'));
commit;
