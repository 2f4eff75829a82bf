-- Queues, profiles and the words a customer chooses for its own trade. Types and attributes as in 0001.

--@ tenant owner=profiles: skills, pause reasons, enquiry categories and their topics; parent is a topic's category
create table vocabulary (
  tenant_id int not null,
  id uuid not null,
  kind text not null,
  parent uuid not null,
  name text not null,
  folded text not null,
  primary key (tenant_id, id)
);
create unique index vocabulary_folded on vocabulary (tenant_id, kind, parent, folded);

--@ tenant owner=profiles: a medium plus a skill
create table queue (
  tenant_id int not null,
  id uuid not null,
  name text not null,
  folded text not null,
  medium text not null,
  skill_id uuid not null,
  primary key (tenant_id, id)
);
create unique index queue_folded on queue (tenant_id, folded);
create index queue_skill on queue (tenant_id, skill_id);

--@ tenant owner=profiles: a set of skills; the holder is a group, a user, or zero for a template
create table profile (
  tenant_id int not null,
  id uuid not null,
  kind text not null,
  holder uuid not null,
  name text not null,
  folded text not null,
  primary key (tenant_id, id)
);
create unique index profile_folded on profile (tenant_id, holder, folded);

--@ tenant owner=profiles: the level, 1 to 9, of a skill in a profile
create table profile_skill (
  tenant_id int not null,
  profile_id uuid not null,
  skill_id uuid not null,
  level int not null,
  primary key (tenant_id, profile_id, skill_id)
);
create index profile_skill_skill on profile_skill (tenant_id, skill_id);

--@ tenant silent owner=users: a file of users between upload and import; each user it makes is an entry of its own
create table user_import (
  tenant_id int not null,
  id uuid not null,
  owner_id uuid not null,
  file_name text not null,
  columns text not null,
  row_count int not null,
  fault_count int not null,
  job_id uuid,
  made_at int not null,
  primary key (tenant_id, id)
);
create index user_import_owner on user_import (tenant_id, owner_id, made_at);

--@ tenant silent owner=users: the lines of such a file, some hundred to a part, with what is wrong with them
create table user_import_part (
  tenant_id int not null,
  import_id uuid not null,
  part int not null,
  lines text not null,
  faults text not null,
  primary key (tenant_id, import_id, part)
);
