-- Whether the books of the channel take a report, and not people's eyes alone: its file lies where the ERP reads.
alter table settlement_report add column posted boolean not null default false;
update settlement_report r set posted = true
where exists (select 1 from outbound_file o
    where o.channel = r.channel and o.kind = 'SETTLEMENT' and o.directory not like '%/info'
      and o.name like format('settlement-%s-%s-%s-%%', r.channel, lower(r.period), r.number));
alter table settlement_report alter column posted drop default;
