-- Who was made by a file and has been handed no link yet.

--@ tenant large silent delete owner=users: a user that an import made, until a link is handed out; goes with the file
create table user_import_made (
  tenant_id int not null,
  import_id uuid not null,
  user_id uuid not null,
  primary key (tenant_id, import_id, user_id)
);
