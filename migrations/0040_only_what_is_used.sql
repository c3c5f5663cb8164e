-- What nothing leads to, and nothing reads, goes; it comes back with its use.

-- No action gathers a case or joins it to another.
alter table feedback_case drop constraint feedback_case_status_check;
alter table feedback_case add constraint feedback_case_status_check check (status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan',
    'da_phan_loai', 'da_chuyen_xu_ly', 'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet', 'da_tra_loi', 'ket_thuc', 'tu_choi', 'da_chuyen_co_quan',
    'da_huong_dan_kntc', 'da_rut'));

-- No day is counted by these.
delete from service_level where key in ('nhap_he_thong', 'cong_khai');

-- The form offers the names of procedures and nothing more.
alter table procedure_catalogue drop column time_text, drop column certainty;

drop function unit_within(smallint, smallint);
