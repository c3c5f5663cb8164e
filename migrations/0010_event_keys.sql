-- One key for each particular of an event (src/case/event.rs). Earlier versions and the demo data wrote others, and the
-- demo took 4 for the best rating where the public form takes 1.

-- The demo wrote its rating just before the closing event, at the same moment; a submitter rates afterwards.
with demo_rating as (
    select rating.event_id, rating.case_id, 5 - (rating.data->>'muc')::smallint as mark
    from case_event rating
    where rating.kind = 'danh_gia' and jsonb_typeof(rating.data->'muc') = 'number'
        and exists (select from case_event assigned
            where assigned.case_id = rating.case_id and assigned.kind = 'giao_xu_ly' and assigned.data ? 'unit_id')
        and exists (select from case_event closed
            where closed.case_id = rating.case_id and closed.kind = 'ket_thuc' and closed.at = rating.at
                and closed.event_id > rating.event_id)
), turned as (
    update case_event event set data = jsonb_build_object('muc', demo_rating.mark)
    from demo_rating where event.event_id = demo_rating.event_id
)
update feedback_case set satisfaction = demo_rating.mark
from demo_rating where feedback_case.case_id = demo_rating.case_id;

update case_event set data = data - 'unit_id' || jsonb_build_object('don_vi', data->'unit_id')
where kind = 'giao_xu_ly' and data ? 'unit_id';

update case_event set data = data - 'finding' || jsonb_build_object('ket_luan', data->'finding')
where kind = 'ket_luan' and data ? 'finding';

update case_event set data = data - 'reason' || jsonb_build_object('ly_do', data->'reason')
where kind in ('de_xuat_tu_choi', 'duyet_tu_choi') and data ? 'reason';

update case_event
set data = data - 'external_body_id' - 'body'
    || jsonb_build_object('co_quan', (coalesce(data->>'external_body_id', data->>'body'))::smallint)
where kind in ('de_xuat_chuyen', 'duyet_chuyen') and (data ? 'external_body_id' or data ? 'body');

-- the time of a call is the submitter's and is sealed with the words
update case_event set data = data - 'luc_goi' where kind = 'nhap' and data ? 'luc_goi';

update case_event set data = data - 'tin' - 'huong' where kind = 'bo_sung' and (data ? 'tin' or data ? 'huong');

update case_event
set data = data - 'tin' || jsonb_build_object('huong', case when staff_id is null then 'in' else 'out' end)
where kind = 'nhan_tin' and (data ? 'tin' or not data ? 'huong' or data->>'huong' = 'den');
