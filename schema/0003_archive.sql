-- The archive: finished interactions and what was recorded of them. What was said stands encrypted in the content store;
-- these rows hold who, when, and the wrapped keys. Destroying a wrapped key erases its content.

--@ tenant owner=archive: the key that wraps the keys of a tenant's contents, itself wrapped by a master key; made on first use
create table content_key (
  tenant_id int not null,
  version int not null,
  wrapped bytes not null,
  search_wrapped bytes not null,
  made_at int not null,
  primary key (tenant_id, version)
);

--@ tenant large reach owner=archive: group_id and queue_id are those of then
create table interaction (
  tenant_id int not null,
  id uuid not null,
  external_id uuid not null,
  digest bytes not null,
  medium text not null,
  direction text,
  started_at int not null,
  ended_at int not null,
  queue_id uuid,
  group_id uuid,
  agent_id uuid,
  agent_name text,
  subject text not null,
  search text not null,
  recorded int not null,
  imported_at int not null,
  primary key (tenant_id, id)
);
create unique index interaction_external on interaction (tenant_id, external_id);
create index interaction_started on interaction (tenant_id, started_at, id);
create index interaction_agent on interaction (tenant_id, agent_id, started_at, id);
create index interaction_group on interaction (tenant_id, group_id, started_at, id);
create index interaction_queue on interaction (tenant_id, queue_id, started_at, id);

--@ tenant large owner=archive: who took part, in the order of the file
create table participant (
  tenant_id int not null,
  interaction_id uuid not null,
  position int not null,
  name text,
  tel text,
  mail text,
  role text not null,
  user_id uuid,
  primary key (tenant_id, interaction_id, position)
);

--@ tenant large owner=archive: one encrypted file; of_id is its interaction, or what was set aside
create table content (
  tenant_id int not null,
  id uuid not null,
  of_id uuid not null,
  position int not null,
  kind text not null,
  name text not null,
  mimetype text not null,
  size int not null,
  length_ms int not null,
  hash bytes not null,
  key_version int not null,
  wrapped bytes not null,
  peaks bytes,
  primary key (tenant_id, id)
);
create index content_of on content (tenant_id, of_id, position);

--@ tenant large delete owner=archive: words of transcripts and chats; key is a keyed hash of the stem, so the words cannot be read back
create table word (
  tenant_id int not null,
  key int not null,
  started_at int not null,
  interaction_id uuid not null,
  primary key (tenant_id, key, started_at, interaction_id)
);
create index word_interaction on word (tenant_id, interaction_id);

--@ tenant large owner=archive: files that were not archived, with the reasons; the files themselves are kept as content
create table set_aside (
  tenant_id int not null,
  id uuid not null,
  digest bytes not null,
  file_name text not null,
  reasons text not null,
  at int not null,
  by_name text not null,
  primary key (tenant_id, id)
);
create unique index set_aside_digest on set_aside (tenant_id, digest);
create index set_aside_at on set_aside (tenant_id, at, id);

--@ tenant large owner=archive: one person's leave to hear one interaction for a short while, in one session
create table opening (
  tenant_id int not null,
  id uuid not null,
  interaction_id uuid not null,
  holder uuid not null,
  session_id uuid not null,
  by_name text not null,
  made_at int not null,
  until int not null,
  primary key (tenant_id, id)
);

--@ tenant large silent owner=archive: bytes that left the server in an opening; gathered into one entry when the play ends
create table delivered (
  tenant_id int not null,
  opening_id uuid not null,
  n uuid not null,
  content_id uuid not null,
  from_byte int not null,
  to_byte int not null,
  at int not null,
  told int not null,
  primary key (tenant_id, opening_id, n)
);
create index delivered_untold on delivered (tenant_id, told, at);
