-- The language of whoever ordered: what came of each letter is kept in it.
alter table bulk_order add column language text collate "C" not null default 'en';
