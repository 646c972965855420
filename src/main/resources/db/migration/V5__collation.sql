-- Words are compared byte by byte, whatever the sort order of the database. That of an operating system changes with it
-- (glibc 2.28 sorts hyphens anew): an index made before finds some of its words no more after that, and a unique one takes an
-- order id a second time. Byte by byte is the quickest, too.
do $$
declare
    changed record;
    defined record;
begin
    -- A view holds the types of its columns: all are taken away and come back in the order in which they were made.
    create temporary table views on commit drop as
        select oid, relname, pg_get_viewdef(oid) as definition
        from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'v';
    for defined in select relname from views order by oid desc loop
        execute format('drop view %I', defined.relname);
    end loop;
    for changed in
        select c.relname, string_agg(
            format('alter column %I type %s collate "C"', a.attname, format_type(a.atttypid, a.atttypmod)), ', ') as columns
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> '${flyway:table}'
          and a.attnum > 0 and not a.attisdropped and a.attcollation = 'pg_catalog."default"'::regcollation
        group by c.relname
    loop
        execute format('alter table %I %s', changed.relname, changed.columns);
    end loop;
    for defined in select relname, definition from views order by oid loop
        execute format('create view %I as %s', defined.relname, defined.definition);
    end loop;
end $$;
