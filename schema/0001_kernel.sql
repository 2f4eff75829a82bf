-- One text for both engines. Types: int (64 bits), text, bytes, uuid. A line `--@` before a table says what it is:
--   tenant   has tenant_id: row security on PostgreSQL, and every statement must name the tenant
--   global   before or above tenants; says why
--   reach    rows are limited by reach: statements must join it, or be a named system reader
--   large    grows without bound: no statement may scan it
--   insert   rows are only ever inserted        delete   rows are inserted and deleted, never updated
--   silent   changes without an entry; says why
--   owner=X  only domain X's events write it

--@ global owner=tenants: finds the tenant before one is known
create table tenant_directory (
  number int not null,
  host text,
  primary key (number)
);
create unique index tenant_directory_host on tenant_directory (host);

--@ global owner=settings: values above all tenants, written by the operator's events
create table system_setting (
  key text not null,
  value text not null,
  mode text not null,
  primary key (key)
);

--@ tenant owner=tenants
create table tenants (
  tenant_id int not null,
  name text not null,
  language text not null,
  zone text not null,
  host text,
  state text not null,
  made_at int not null,
  primary key (tenant_id)
);

--@ tenant owner=ledger: the edge of the tree; moved by each commit
create table book (
  tenant_id int not null,
  id uuid not null,
  size int not null,
  last_at int not null,
  frontier bytes not null,
  primary key (tenant_id)
);

--@ tenant large insert reach owner=ledger: one line of the book
create table entry (
  tenant_id int not null,
  idx int not null,
  at int not null,
  log int not null,
  name text not null,
  version int not null,
  actor_kind text not null,
  actor_id uuid not null,
  on_behalf uuid,
  subject_kind text not null,
  subject_id uuid not null,
  group_id uuid,
  queue_id uuid,
  request_id uuid not null,
  stepped_back int not null,
  parts bytes not null,
  leaf bytes not null,
  primary key (tenant_id, idx)
);
create index entry_at on entry (tenant_id, at);

--@ tenant large delete owner=ledger: the words of an entry, each part with its salt; what is erased is this row
create table entry_part (
  tenant_id int not null,
  idx int not null,
  part int not null,
  salt bytes not null,
  body text not null,
  primary key (tenant_id, idx, part)
);

--@ tenant large delete owner=ledger: what an entry can be found by; goes with its part
create table facet (
  tenant_id int not null,
  key int not null,
  idx int not null,
  primary key (tenant_id, key, idx)
);

--@ tenant large insert owner=ledger: nodes at levels 8, 16, 24 of the tree: the roots of complete tiles (C2SP tlog-tiles)
create table book_node (
  tenant_id int not null,
  level int not null,
  n int not null,
  hash bytes not null,
  primary key (tenant_id, level, n)
);

--@ tenant insert silent owner=logs: signed heads, one at most each second; an entry for each would call for the next
create table book_head (
  tenant_id int not null,
  size int not null,
  at int not null,
  note text not null,
  primary key (tenant_id, size)
);

--@ tenant owner=logs: signing keys; the private part wrapped by the master key
create table book_key (
  tenant_id int not null,
  version int not null,
  public_key bytes not null,
  wrapped bytes not null,
  made_at int not null,
  rotation text,
  primary key (tenant_id, version)
);

--@ global silent owner=kernel: which node signs heads and runs jobs; must move when a node dies
create table lease (
  name text not null,
  node uuid not null,
  until int not null,
  primary key (name)
);

--@ tenant owner=users
create table user_groups (
  tenant_id int not null,
  id uuid not null,
  name text not null,
  folded text not null,
  kind text not null,
  made_at int not null,
  primary key (tenant_id, id)
);
create unique index user_groups_folded on user_groups (tenant_id, folded);

--@ tenant large reach owner=users
create table users (
  tenant_id int not null,
  id uuid not null,
  kind text not null,
  group_id uuid not null,
  user_name text not null,
  user_name_folded text not null,
  name text not null,
  sort_key text not null,
  mail text,
  mail_folded text,
  mobile text,
  external_id text,
  number int,
  keywords text not null,
  language text,
  theme text,
  state text not null,
  suspended_from int,
  suspended_until int,
  search text not null,
  made_at int not null,
  changed_at int not null,
  primary key (tenant_id, id)
);
create unique index users_user_name on users (tenant_id, user_name_folded);
create unique index users_mail on users (tenant_id, mail_folded);
create unique index users_number on users (tenant_id, number);
create unique index users_external_id on users (tenant_id, external_id);
create index users_sort on users (tenant_id, sort_key, id);
create index users_group on users (tenant_id, group_id, sort_key, id);

--@ tenant silent owner=signin: when somebody last came in; the sign-in itself is an entry
create table user_activity (
  tenant_id int not null,
  user_id uuid not null,
  last_sign_in int,
  primary key (tenant_id, user_id)
);

--@ tenant silent owner=signin: failures in a row and the wait they cost; key is a hash of user or typed name, and device
create table sign_in_wait (
  tenant_id int not null,
  key bytes not null,
  failures int not null,
  until int not null,
  changed_at int not null,
  primary key (tenant_id, key)
);
create index sign_in_wait_changed on sign_in_wait (tenant_id, changed_at);

--@ tenant owner=signin
create table password (
  tenant_id int not null,
  user_id uuid not null,
  hash text not null,
  must_change int not null,
  set_at int not null,
  primary key (tenant_id, user_id)
);

--@ tenant owner=signin: set-up and reset links, stored hashed, used once
create table password_link (
  tenant_id int not null,
  token_hash bytes not null,
  user_id uuid not null,
  purpose text not null,
  made_at int not null,
  until int not null,
  primary key (tenant_id, token_hash)
);
create index password_link_user on password_link (tenant_id, user_id);

--@ tenant owner=signin: a sign-in that lasts; seen_at moves without an entry
create table session (
  tenant_id int not null,
  id uuid not null,
  token_hash bytes not null,
  previous_hash bytes,
  previous_until int not null,
  user_id uuid not null,
  made_at int not null,
  seen_at int not null,
  stage text not null,
  method text not null,
  rights_mark bytes not null,
  address text not null,
  country text not null,
  network text not null,
  browser text not null,
  system text not null,
  primary key (tenant_id, id)
);
create unique index session_token on session (tenant_id, token_hash);
create index session_previous on session (tenant_id, previous_hash);
create index session_by_user on session (tenant_id, user_id);

--@ tenant owner=signin: keys of service users for the API, stored hashed
create table api_key (
  tenant_id int not null,
  id uuid not null,
  token_hash bytes not null,
  user_id uuid not null,
  owner_id uuid not null,
  name text not null,
  scope text not null,
  made_at int not null,
  until int not null,
  primary key (tenant_id, id)
);
create unique index api_key_token on api_key (tenant_id, token_hash);
create index api_key_user on api_key (tenant_id, user_id);

--@ tenant owner=settings: level is tenant, group or user; holder is the group's or user's id, zero for the tenant
create table setting_value (
  tenant_id int not null,
  level text not null,
  holder uuid not null,
  key text not null,
  value text not null,
  mode text not null,
  primary key (tenant_id, level, holder, key)
);
create index setting_value_key on setting_value (tenant_id, key);

--@ tenant owner=reach: a named set of groups and queues, or everything
create table reach_definition (
  tenant_id int not null,
  id uuid not null,
  name text not null,
  folded text not null,
  everything int not null,
  primary key (tenant_id, id)
);
create unique index reach_definition_folded on reach_definition (tenant_id, folded);

--@ tenant owner=reach
create table reach_part (
  tenant_id int not null,
  reach_id uuid not null,
  kind text not null,
  scope_id uuid not null,
  primary key (tenant_id, reach_id, kind, scope_id)
);

--@ tenant owner=reach: whom a definition is given to; holder is a group or a user
create table reach_given (
  tenant_id int not null,
  holder uuid not null,
  reach_id uuid not null,
  primary key (tenant_id, holder, reach_id)
);

--@ tenant silent owner=reach: definitions resolved, made anew with each change of them; kind is all, group or queue
create table reach (
  tenant_id int not null,
  holder uuid not null,
  kind text not null,
  scope_id uuid not null,
  primary key (tenant_id, holder, kind, scope_id)
);

--@ tenant silent owner=kernel: all long work; what it did is in its own entries
create table job (
  tenant_id int not null,
  id uuid not null,
  kind text not null,
  owner_id uuid not null,
  state text not null,
  done int not null,
  total int not null,
  resume text not null,
  result text not null,
  stop int not null,
  node uuid,
  node_until int not null,
  made_at int not null,
  changed_at int not null,
  primary key (tenant_id, id)
);
create index job_state on job (tenant_id, state, made_at);

--@ tenant silent owner=kernel: what a creation answered, so that asking again with the same key creates nothing twice
create table idempotency (
  tenant_id int not null,
  actor_id uuid not null,
  key text not null,
  digest bytes not null,
  status int not null,
  answer text not null,
  made_at int not null,
  primary key (tenant_id, actor_id, key)
);
create index idempotency_made on idempotency (tenant_id, made_at);

--@ tenant silent owner=kernel: how far each reader of the log has come
create table reader_position (
  tenant_id int not null,
  reader text not null,
  position int not null,
  primary key (tenant_id, reader)
);
