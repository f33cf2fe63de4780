-- An outage from its report to its end, with the duties that the tables give. Moments are UTC.

CREATE TABLE outage (
  id BIGINT NOT NULL AUTO_INCREMENT,
  number VARCHAR(32) NOT NULL,
  company VARCHAR(40) NOT NULL,
  idempotency_key VARCHAR(120),
  request_digest VARCHAR(64),
  process_instance_id VARCHAR(64),
  -- DRAFT, APPROVAL, ANNOUNCED, RUNNING, RESTORED, CANCELLED, REFUSED
  status VARCHAR(20) NOT NULL,
  effect VARCHAR(20) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  origin VARCHAR(20) NOT NULL,
  area TEXT NOT NULL,
  -- codes parted by a space: of the organisation's districts, of the directory
  districts VARCHAR(1000) NOT NULL,
  places TEXT NOT NULL,
  start_at DATETIME(3) NOT NULL,
  end_at DATETIME(3) NOT NULL,
  affected_population INT,
  population_proposed INT,
  -- TYPED, DIRECTORY, CORRECTED
  population_source VARCHAR(20),
  valves TEXT NOT NULL,
  main_road BOOLEAN NOT NULL,
  key_customers TEXT NOT NULL,
  reason TEXT NOT NULL,
  measures TEXT,
  reporter VARCHAR(100) NOT NULL,
  reporter_article VARCHAR(80) NOT NULL DEFAULT '',
  -- by when what was begun is to be reported, and who is told when it is not
  report_due_at DATETIME(3),
  report_escalate_to VARCHAR(120) NOT NULL DEFAULT '',
  reported_at DATETIME(3) NOT NULL,
  reported_by VARCHAR(64) NOT NULL,
  -- null until the public may know it
  published_at DATETIME(3),
  changed_at DATETIME(3),
  change_note TEXT,
  restored_at DATETIME(3),
  -- null while it is planned or running
  finished_at DATETIME(3),
  revision INT NOT NULL,
  end_alerted_at DATETIME(3),
  next_alert_at DATETIME(3),
  closed_at DATETIME(3),
  CONSTRAINT outage_pk PRIMARY KEY (id),
  CONSTRAINT outage_number UNIQUE (number),
  CONSTRAINT outage_idempotency UNIQUE (company, idempotency_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX outage_by_company ON outage (company, id);
CREATE INDEX outage_by_end ON outage (finished_at, published_at);
CREATE INDEX outage_current ON outage (company, finished_at);

CREATE TABLE outage_duty (
  id BIGINT NOT NULL AUTO_INCREMENT,
  outage_number VARCHAR(32) NOT NULL,
  duty_key VARCHAR(64) NOT NULL,
  revision INT NOT NULL,
  -- tells again what was told before
  retelling BOOLEAN NOT NULL DEFAULT FALSE,
  action VARCHAR(60) NOT NULL,
  label VARCHAR(200) NOT NULL,
  group_ids VARCHAR(400) NOT NULL,
  channel VARCHAR(20) NOT NULL,
  contacts VARCHAR(20) NOT NULL,
  lead_time VARCHAR(20) NOT NULL,
  within_limit VARCHAR(20) NOT NULL,
  warn_before VARCHAR(20) NOT NULL,
  escalate_to VARCHAR(120) NOT NULL,
  waits_for VARCHAR(400) NOT NULL,
  approval BOOLEAN NOT NULL,
  publishes BOOLEAN NOT NULL,
  tell_again BOOLEAN NOT NULL,
  article VARCHAR(80) NOT NULL,
  basis VARCHAR(300) NOT NULL,
  -- WAITING, OPEN, DONE, WAIVED
  status VARCHAR(20) NOT NULL,
  opened_at DATETIME(3),
  due_at DATETIME(3),
  warn_at DATETIME(3),
  warned_at DATETIME(3),
  escalated_at DATETIME(3),
  breached BOOLEAN NOT NULL,
  done_at DATETIME(3),
  done_by VARCHAR(64),
  note VARCHAR(4000),
  CONSTRAINT outage_duty_pk PRIMARY KEY (id),
  CONSTRAINT outage_duty_key UNIQUE (outage_number, duty_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Whom a duty phones one by one. A caller's name and number stay with the order.
CREATE TABLE outage_contact (
  id BIGINT NOT NULL AUTO_INCREMENT,
  outage_number VARCHAR(32) NOT NULL,
  duty_key VARCHAR(64) NOT NULL,
  code VARCHAR(130) NOT NULL,
  name VARCHAR(400) NOT NULL,
  person VARCHAR(200),
  phone VARCHAR(40),
  order_number VARCHAR(32),
  -- OPEN, REACHED, GIVEN_UP
  status VARCHAR(20) NOT NULL,
  CONSTRAINT outage_contact_pk PRIMARY KEY (id),
  CONSTRAINT outage_contact_once UNIQUE (outage_number, duty_key, code)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE outage_contact_attempt (
  id BIGINT NOT NULL AUTO_INCREMENT,
  outage_number VARCHAR(32) NOT NULL,
  duty_key VARCHAR(64) NOT NULL,
  code VARCHAR(130) NOT NULL,
  attempted_at DATETIME(3) NOT NULL,
  attempted_by VARCHAR(64) NOT NULL,
  reached BOOLEAN NOT NULL,
  spoke_with VARCHAR(200),
  note VARCHAR(2000),
  CONSTRAINT outage_contact_attempt_pk PRIMARY KEY (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX outage_contact_attempt_by_duty ON outage_contact_attempt (outage_number, duty_key, id);

CREATE TABLE outage_event (
  id BIGINT NOT NULL AUTO_INCREMENT,
  outage_number VARCHAR(32) NOT NULL,
  happened_at DATETIME(3) NOT NULL,
  acted_by VARCHAR(64) NOT NULL,
  verb VARCHAR(40) NOT NULL,
  note TEXT,
  article VARCHAR(80),
  CONSTRAINT outage_event_pk PRIMARY KEY (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX outage_event_by_outage ON outage_event (outage_number, id);

-- Calls that were answered with a known outage: counted; their callers are told of its end.
CREATE TABLE outage_call (
  order_number VARCHAR(32) NOT NULL,
  outage_number VARCHAR(32) NOT NULL,
  company VARCHAR(40) NOT NULL,
  called_at DATETIME(3) NOT NULL,
  CONSTRAINT outage_call_pk PRIMARY KEY (order_number)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX outage_call_by_outage ON outage_call (outage_number, called_at);

-- What the network's dispatch centre tells the agents (YF-19).
CREATE TABLE network_anomaly (
  id BIGINT NOT NULL AUTO_INCREMENT,
  number VARCHAR(32) NOT NULL,
  company VARCHAR(40) NOT NULL,
  place VARCHAR(600) NOT NULL,
  situation VARCHAR(4000) NOT NULL,
  expected_at DATETIME(3),
  reported_at DATETIME(3) NOT NULL,
  reported_by VARCHAR(64) NOT NULL,
  noted_at DATETIME(3),
  noted_by VARCHAR(64),
  note VARCHAR(2000),
  CONSTRAINT network_anomaly_pk PRIMARY KEY (id),
  CONSTRAINT network_anomaly_number UNIQUE (number)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX network_anomaly_by_company ON network_anomaly (company, id);

-- What of an outage a task is about: one of its duties.
ALTER TABLE work_task ADD COLUMN part VARCHAR(64);
ALTER TABLE work_order ADD COLUMN outage_number VARCHAR(32);
