-- What the logs and the archive keep beside the book: how far its heads were handed out, and searches that people saved.

--@ tenant silent owner=logs: how far the signed heads were handed out, each way, and why not further; the heads are in book_head
create table head_handout (
  tenant_id int not null,
  way text not null,
  place text not null,
  size int not null,
  at int not null,
  failures int not null,
  failing_since int not null,
  next_at int not null,
  why text not null,
  detail text not null,
  primary key (tenant_id, way)
);

--@ tenant owner=logs: filters of logs and archive that somebody gave a name; shared ones are offered to all who may open the page
create table saved_search (
  tenant_id int not null,
  id uuid not null,
  owner_id uuid not null,
  page text not null,
  name text not null,
  query text not null,
  shared int not null,
  made_at int not null,
  primary key (tenant_id, id)
);
create index saved_search_own on saved_search (tenant_id, page, owner_id);
create index saved_search_shared on saved_search (tenant_id, page, shared);
