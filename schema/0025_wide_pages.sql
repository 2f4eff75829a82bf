-- Pages of the logs' index are wide rows. On SQLite a table without rowid keeps whole rows in the inner pages of its tree, four to a
-- page: a look-up goes through ten levels. With rowids, keys stand in an index of their own, and it goes through three
-- (https://www.sqlite.org/withoutrowid.html, section 4; decisions/0271). PostgreSQL keeps rows apart from keys as it is.

--sqlite create table wide_page (tenant_id int not null, block int not null, kind int not null, first int not null,
--sqlite   body blob not null, primary key (tenant_id, block, kind, first)) strict;
--sqlite insert into wide_page (tenant_id, block, kind, first, body)
--sqlite   select tenant_id, block, kind, first, body from log_page order by tenant_id, block, kind, first;
--sqlite drop table log_page;
--sqlite alter table wide_page rename to log_page;
