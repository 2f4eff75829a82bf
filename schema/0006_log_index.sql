-- Lists and searches of the logs. One row of facets an entry, written with it; and an index in blocks, made after commit from
-- those rows and from the entries' words (decisions/0135). Attribute `packed`: `body` is packed already, no engine need try.

drop table facet;
drop table log_word_hit;
drop table log_word;

--@ tenant large delete owner=ledger: the keys of all an entry can be found by; it goes with the entry's words, and it decides
create table entry_facet (
  tenant_id int not null,
  idx int not null,
  keys bytes not null,
  primary key (tenant_id, idx)
);

--@ tenant silent owner=logs: the blocks of the index: entries of one log from start on, within size indexes of the book
create table log_block (
  tenant_id int not null,
  block int not null,
  log int not null,
  start int not null,
  size int not null,
  state text not null,
  primary key (tenant_id, block)
);
create index log_block_start on log_block (tenant_id, log, state, start);

--@ tenant large delete silent packed owner=logs: the pages of a block, in order: facets, grams, texts. Made anew at will
create table log_page (
  tenant_id int not null,
  block int not null,
  kind int not null,
  first int not null,
  body bytes not null,
  primary key (tenant_id, block, kind, first)
);
