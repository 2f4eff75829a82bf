-- What a file of users would do, counted when it is checked.

--@ tenant silent owner=users: a preview's counts; goes with the file
create table user_import_effect (
  tenant_id int not null,
  import_id uuid not null,
  made int not null,
  edited int not null,
  unchanged int not null,
  passed_over text not null,
  primary key (tenant_id, import_id)
);
