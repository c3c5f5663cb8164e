-- The newest step of the office or the leader that can still be taken back: who took it, which action, its event, the row of the case before
-- it, and who has opened the case since. Codes, ids and moments only. It follows the case, so row security is the case's own.
alter table feedback_case add column last_step jsonb;
