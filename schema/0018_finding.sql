-- What the logs are found by: the entries of one request.

create index entry_request on entry (tenant_id, request_id, idx);
