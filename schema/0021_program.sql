-- What a program's start tells the book is compared with what stands here.

--@ tenant owner=logs: what the program was last started with on each node, and when it said that it stopped; kept in the operator's tenant
create table program_run (
  tenant_id int not null,
  node text not null,
  version text not null,
  options text not null,
  started_at int not null,
  stopped_at int not null,
  primary key (tenant_id, node)
);
