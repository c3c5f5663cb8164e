-- The public reads releases only. What the first version counted stays as the record that was brought over; nothing counts it
-- on demand any more.
drop function release_closed_months(date);
