-- What Home shows without walking through the log: counts by the hour, and ways to the newest and the suspended users.

--@ tenant large silent owner=logs: how often something happened in an hour, by the group of then; zero for all groups together.
-- Counted after commit by a reader of the log; it can be counted anew from it.
create table hour_count (
  tenant_id int not null,
  name text not null,
  group_id uuid not null,
  hour int not null,
  n int not null,
  primary key (tenant_id, name, group_id, hour)
);
create index hour_count_hour on hour_count (tenant_id, hour);

create index users_made on users (tenant_id, made_at);
create index users_suspended on users (tenant_id, suspended_until) where suspended_from is not null;
