-- What players say was heard, and what people decided about files that were set aside.

--@ tenant large silent owner=archive: what a player says was heard in an opening; gathered into one entry when the play ends
create table heard (
  tenant_id int not null,
  opening_id uuid not null,
  n uuid not null,
  content_id uuid not null,
  from_ms int not null,
  to_ms int not null,
  at int not null,
  told int not null,
  primary key (tenant_id, opening_id, n)
);
create index heard_untold on heard (tenant_id, told, at);
create index opening_interaction on opening (tenant_id, interaction_id);

--@ tenant large owner=archive: what became of a file that was set aside: taken again, or discarded
create table aside_decision (
  tenant_id int not null,
  aside_id uuid not null,
  decision text not null,
  at int not null,
  by_name text not null,
  primary key (tenant_id, aside_id)
);
