-- What became of the lines of an import between two counts, so that one that was killed counts each line as what it was.

--@ tenant large silent delete owner=users: a line of an import that made or edited a user and is in no count yet; goes when it is counted, or with the file
create table user_import_fate (
  tenant_id int not null,
  import_id uuid not null,
  line int not null,
  fate text not null,
  primary key (tenant_id, import_id, line)
);
