-- When all files were checked last, and not only the recent ones.
alter table invariant_check add column completed_at timestamptz;
