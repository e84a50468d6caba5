-- Units by which their worker is judged (screening, gold): made with the agent, so that a process that was killed is known to owe an answer.
-- item_key names the item of the data, expect its right answers; outcome is null until it is judged.
CREATE TABLE judgements (
    agent_id BIGINT NOT NULL PRIMARY KEY,
    worker_id BIGINT NOT NULL,
    task_run_id BIGINT NOT NULL,
    kind ${word} NOT NULL,
    item_key ${word},
    expect ${text},
    outcome ${word},
    created_at BIGINT NOT NULL,
    judged_at BIGINT
)${table};
CREATE INDEX judgements_by_worker ON judgements (worker_id);
CREATE INDEX judgements_by_task_run ON judgements (task_run_id);

-- Why workers got no unit: how often, when last, and the rule and values of the last time.
CREATE TABLE refusals (
    task_run_id BIGINT NOT NULL,
    worker_id BIGINT NOT NULL,
    reason ${word} NOT NULL,
    refusal_count BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    details ${text} NOT NULL,
    PRIMARY KEY (task_run_id, worker_id, reason)
)${table};
CREATE INDEX refusals_by_worker ON refusals (worker_id);
