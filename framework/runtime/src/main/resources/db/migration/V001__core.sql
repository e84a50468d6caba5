-- The core tables. Never changed once released: what comes later is a script with the next number.
-- Times are milliseconds since 1970 in UTC, statuses their words, JSON is text.
-- No foreign keys: rows are made in one transaction with what they point at and never deleted, and checking each would cost the hot path.

CREATE TABLE migrations (
    version INTEGER NOT NULL PRIMARY KEY,
    name ${word} NOT NULL,
    applied_at BIGINT NOT NULL
)${table};

CREATE TABLE projects (
    id ${id},
    name ${name} NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
)${table};

CREATE TABLE tasks (
    id ${id},
    project_id BIGINT,
    name ${name} NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
)${table};

CREATE TABLE requesters (
    id ${id},
    name ${name} NOT NULL,
    provider_type ${word} NOT NULL,
    credentials ${text} NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (name, provider_type)
)${table};

CREATE TABLE task_runs (
    id ${id},
    task_id BIGINT NOT NULL,
    requester_id BIGINT NOT NULL,
    blueprint_type ${word} NOT NULL,
    architect_type ${word} NOT NULL,
    provider_type ${word} NOT NULL,
    config ${text} NOT NULL,
    created_at BIGINT NOT NULL,
    completed_at BIGINT
)${table};
CREATE INDEX task_runs_by_task ON task_runs (task_id);

CREATE TABLE assignments (
    id ${id},
    task_run_id BIGINT NOT NULL,
    shared ${text} NOT NULL,
    unit_data ${text} NOT NULL
)${table};

-- agent_id and worker_id: who has the unit or had it last.
CREATE TABLE units (
    id ${id},
    task_run_id BIGINT NOT NULL,
    assignment_id BIGINT NOT NULL,
    unit_index INTEGER NOT NULL,
    status ${word} NOT NULL,
    agent_id BIGINT,
    worker_id BIGINT,
    flags ${text}
)${table};
CREATE INDEX units_by_task_run ON units (task_run_id);

CREATE TABLE workers (
    id ${id},
    name ${name} NOT NULL,
    provider_type ${word} NOT NULL,
    created_at BIGINT NOT NULL,
    last_agent_id BIGINT,
    UNIQUE (name, provider_type)
)${table};

-- A worker's agents are a chain: from workers.last_agent_id along previous_agent_id. An index on worker_id would be written to at a
-- random place by every registration, which halves how many there can be.
-- init_data is null where the page is given the assignment's shared data.
CREATE TABLE agents (
    id ${id},
    secret ${word} NOT NULL,
    unit_id BIGINT NOT NULL,
    worker_id BIGINT NOT NULL,
    previous_agent_id BIGINT,
    task_run_id BIGINT NOT NULL,
    registration_id ${key} NOT NULL,
    status ${word} NOT NULL,
    init_data ${text},
    final_submission ${text},
    files ${text},
    submitted_at BIGINT,
    late SMALLINT,
    metadata ${text},
    task_start BIGINT NOT NULL,
    task_end BIGINT
)${table};
CREATE INDEX agents_by_task_run ON agents (task_run_id);

CREATE TABLE onboarding_agents (
    id ${id},
    secret ${word} NOT NULL,
    worker_id BIGINT NOT NULL,
    task_run_id BIGINT NOT NULL,
    onboarding_type ${name} NOT NULL,
    registration_id ${key} NOT NULL,
    status ${word} NOT NULL,
    init_data ${text},
    final_submission ${text},
    submitted_at BIGINT,
    task_start BIGINT NOT NULL,
    task_end BIGINT
)${table};
CREATE INDEX onboarding_agents_by_worker ON onboarding_agents (worker_id);
CREATE INDEX onboarding_agents_by_task_run ON onboarding_agents (task_run_id);

CREATE TABLE qualifications (
    id ${id},
    name ${name} NOT NULL UNIQUE,
    description ${text},
    created_at BIGINT NOT NULL
)${table};

CREATE TABLE granted_qualifications (
    worker_id BIGINT NOT NULL,
    qualification_id BIGINT NOT NULL,
    value INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    update_date BIGINT NOT NULL,
    PRIMARY KEY (worker_id, qualification_id)
)${table};
CREATE INDEX granted_qualifications_by_qualification ON granted_qualifications (qualification_id);

CREATE TABLE unit_reviews (
    id ${id},
    unit_id BIGINT NOT NULL,
    worker_id BIGINT NOT NULL,
    status ${word} NOT NULL,
    note ${text},
    bonus DOUBLE PRECISION,
    reviewer ${name} NOT NULL,
    created_at BIGINT NOT NULL
)${table};
CREATE INDEX unit_reviews_by_unit ON unit_reviews (unit_id);

CREATE TABLE imported_data (
    id ${id},
    source_file ${name} NOT NULL,
    labels ${text} NOT NULL,
    table_name ${word} NOT NULL,
    original_id BIGINT NOT NULL,
    local_id BIGINT NOT NULL,
    imported_at BIGINT NOT NULL
)${table};

CREATE TABLE provider_data (
    provider_type ${word} NOT NULL,
    table_name ${word} NOT NULL,
    item_key ${key} NOT NULL,
    value ${text} NOT NULL,
    PRIMARY KEY (provider_type, table_name, item_key)
)${table};
