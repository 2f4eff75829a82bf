-- What is known of keys beside the keys themselves. Types and attributes as in 0001.

--@ tenant silent owner=signin: from where a key was used last; the use itself is an entry, once for each address and while
create table key_use (
  tenant_id int not null,
  key_id uuid not null,
  address text not null,
  told_at int not null,
  used_at int not null,
  primary key (tenant_id, key_id, address)
);

--@ tenant owner=signin: keys that were ended, so that a refusal can say so; the secret stays a hash
create table key_ended (
  tenant_id int not null,
  token_hash bytes not null,
  key_id uuid not null,
  user_id uuid not null,
  owner_id uuid not null,
  name text not null,
  ended_at int not null,
  primary key (tenant_id, token_hash)
);
create index key_ended_at on key_ended (tenant_id, ended_at);
create index api_key_owner on api_key (tenant_id, owner_id);
