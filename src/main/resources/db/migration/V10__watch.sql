-- What is watched while the product runs. Moments are UTC.

-- Whether this node can write and commit: a row of its own for each node.
CREATE TABLE write_probe (
  node VARCHAR(40) NOT NULL,
  written_at DATETIME(3) NOT NULL,
  CONSTRAINT write_probe_pk PRIMARY KEY (node)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Open orders and outages that nobody would act on, while a person is to put them right: whoever
-- inserts the row first starts the task; it goes with the task.
CREATE TABLE order_without_actor (
  number VARCHAR(32) NOT NULL,
  company VARCHAR(40) NOT NULL,
  -- NO_INSTANCE, NO_STEP, FAILED_JOB
  lack VARCHAR(20) NOT NULL,
  found_at DATETIME(3) NOT NULL,
  CONSTRAINT order_without_actor_pk PRIMARY KEY (number)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The watchdog pages through what is open, and the figures count it, without reading what is over.
CREATE INDEX work_order_open ON work_order (closed_at, id, company, department);
CREATE INDEX work_task_open ON work_task (is_open, due_at);
CREATE INDEX outage_open ON outage (closed_at, id);
CREATE INDEX HOTLINE_IDX_JOB_DUE ON ACT_RU_JOB (DUEDATE_);
