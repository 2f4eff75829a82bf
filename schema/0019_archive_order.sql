-- Ways through the archive's list in the order of its columns. Names stand as Swedes sort, å before ä.

create index interaction_length on interaction (tenant_id, (ended_at - started_at), started_at desc, id desc);
create index interaction_named on interaction (tenant_id, replace(replace(agent_name, 'Å', 'Ã'), 'å', 'ã'), started_at desc, id desc);
