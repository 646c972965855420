-- When a line took an offer back: it is not drafted any more; what was drafted before is followed to its end.
alter table draft add column withdrawn_at timestamptz;
