-- What passed between a page and the task's code: a list of {update_id, from_worker, sent_at, data}, the time in seconds since 1970.
CREATE TABLE live_updates (
    agent_id BIGINT NOT NULL PRIMARY KEY,
    updates ${text} NOT NULL
)${table};
