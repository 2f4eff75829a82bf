-- Substring search in the logs. Made after commit by a reader of the log; what it lacks is still found, only slower.

--@ tenant large silent owner=logs: each different text of a log's entries, folded; made after commit
create table log_word (
  tenant_id int not null,
  log int not null,
  value text not null,
  key int not null,
  primary key (tenant_id, log, value)
);

--@ tenant large delete silent owner=logs: the entries that hold a text
create table log_word_hit (
  tenant_id int not null,
  key int not null,
  idx int not null,
  primary key (tenant_id, key, idx)
);
