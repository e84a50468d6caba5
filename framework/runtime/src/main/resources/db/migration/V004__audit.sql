-- What was done to task runs while they went on, by whom.
CREATE TABLE audit (
    id ${id},
    task_run_id BIGINT NOT NULL,
    who ${name} NOT NULL,
    action ${word} NOT NULL,
    details ${text} NOT NULL,
    created_at BIGINT NOT NULL
)${table};
CREATE INDEX audit_by_task_run ON audit (task_run_id);
