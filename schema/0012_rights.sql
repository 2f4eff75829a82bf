-- Which rights a group of administrators has been asked about. A right that a later release brings is not among them yet.

--@ tenant owner=settings: a right that this program knew when the group was made, or that arrived since
create table right_known (
  tenant_id int not null,
  group_id uuid not null,
  key text not null,
  primary key (tenant_id, group_id, key)
);
