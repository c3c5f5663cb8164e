-- A submitter need not say which reason of the list it is: the officer who classifies the case does.
alter table feedback_case drop constraint feedback_case_reasons_check;
alter table feedback_case add constraint feedback_case_reasons_check check (cardinality(reasons) <= 20);
