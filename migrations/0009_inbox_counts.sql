-- The inbox counts its views on every load. All that counting and row security look at stands in this index, so that no case itself is
-- read: among a million cases the open ones lie scattered over the table, and a page each was most of the inbox's time.
create index feedback_case_counts on feedback_case (status, due_on, case_id)
    include (secrecy, assigned_unit_id, created_by, paused_on, proposal)
    where status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai', 'da_chuyen_xu_ly', 'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet');
