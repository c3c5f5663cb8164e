-- The day on which whoever has the case was last reminded of it; null again as soon as the case moves on.
alter table feedback_case add column reminded_on date;
