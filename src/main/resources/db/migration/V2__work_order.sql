-- Moments are UTC. One row per fact; nothing here is ever read through the engine's tables.
-- What people type is measured in characters, which H2 counts twice when they are rare (𠮷): its
-- columns are twice as wide as the limit.

CREATE TABLE work_order (
  id BIGINT NOT NULL AUTO_INCREMENT,
  number VARCHAR(32) NOT NULL,
  company VARCHAR(40) NOT NULL,
  idempotency_key VARCHAR(120),
  request_digest VARCHAR(64),
  process_instance_id VARCHAR(64),
  status VARCHAR(20) NOT NULL,
  channel VARCHAR(20) NOT NULL,
  category VARCHAR(40),
  subcategory VARCHAR(60),
  level VARCHAR(20),
  emergency BOOLEAN NOT NULL,
  department VARCHAR(60),
  supervisor VARCHAR(80),
  description TEXT NOT NULL,
  received_at DATETIME(3) NOT NULL,
  recorded_at DATETIME(3) NOT NULL,
  recorded_by VARCHAR(64) NOT NULL,
  caller_name VARCHAR(200),
  caller_phone VARCHAR(40) NOT NULL,
  phone_digits VARCHAR(20) NOT NULL,
  address VARCHAR(600),
  building_key VARCHAR(190),
  district VARCHAR(120),
  wants_callback BOOLEAN NOT NULL,
  facts TEXT NOT NULL,
  external_platform VARCHAR(120),
  external_number VARCHAR(200),
  external_due_at DATETIME(3),
  guidance TEXT,
  answer TEXT,
  missing VARCHAR(200),
  needs_gis BOOLEAN NOT NULL,
  gis_reference VARCHAR(200),
  instruction TEXT,
  worker VARCHAR(200),
  agreed_time DATETIME(3),
  result TEXT,
  measures TEXT,
  parts TEXT,
  cost VARCHAR(40),
  settled_on DATE,
  round INT NOT NULL,
  dispatched_round INT NOT NULL,
  urged INT NOT NULL,
  callback_medium VARCHAR(20),
  callback_due_at DATETIME(3),
  satisfaction VARCHAR(20),
  calendar_warning VARCHAR(300),
  next_alert_at DATETIME(3),
  closed_at DATETIME(3),
  version INT NOT NULL,
  CONSTRAINT work_order_pk PRIMARY KEY (id),
  CONSTRAINT work_order_number UNIQUE (number),
  CONSTRAINT work_order_idempotency UNIQUE (company, idempotency_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX work_order_by_company ON work_order (company, id);
CREATE INDEX work_order_by_status ON work_order (company, status, id);
CREATE INDEX work_order_by_department ON work_order (company, department, id);
CREATE INDEX work_order_by_received ON work_order (company, received_at, id);
CREATE INDEX work_order_by_phone ON work_order (company, phone_digits, id);
CREATE INDEX work_order_by_building ON work_order (company, building_key, id);

CREATE TABLE work_order_number (
  company VARCHAR(40) NOT NULL,
  on_date DATE NOT NULL,
  last_number INT NOT NULL,
  CONSTRAINT work_order_number_pk PRIMARY KEY (company, on_date)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE work_order_link (
  number VARCHAR(32) NOT NULL,
  linked VARCHAR(32) NOT NULL,
  reason VARCHAR(40) NOT NULL,
  CONSTRAINT work_order_link_pk PRIMARY KEY (number, linked)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX work_order_link_back ON work_order_link (linked);

CREATE TABLE work_order_event (
  id BIGINT NOT NULL AUTO_INCREMENT,
  order_number VARCHAR(32) NOT NULL,
  happened_at DATETIME(3) NOT NULL,
  acted_by VARCHAR(64) NOT NULL,
  verb VARCHAR(40) NOT NULL,
  note TEXT,
  article VARCHAR(80),
  CONSTRAINT work_order_event_pk PRIMARY KEY (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX work_order_event_by_order ON work_order_event (order_number, id);

CREATE TABLE time_limit (
  id BIGINT NOT NULL AUTO_INCREMENT,
  order_number VARCHAR(32) NOT NULL,
  milestone VARCHAR(20) NOT NULL,
  round INT NOT NULL,
  limit_text VARCHAR(20) NOT NULL,
  starts_with VARCHAR(20) NOT NULL,
  who VARCHAR(80),
  warn_before VARCHAR(20),
  warn_to VARCHAR(120),
  escalate_to VARCHAR(120),
  office_close VARCHAR(5),
  article VARCHAR(80) NOT NULL,
  basis VARCHAR(200) NOT NULL,
  started_at DATETIME(3),
  due_at DATETIME(3),
  original_due_at DATETIME(3),
  extended_until DATETIME(3),
  warn_at DATETIME(3),
  warned_at DATETIME(3),
  met_at DATETIME(3),
  breached BOOLEAN NOT NULL,
  escalated_at DATETIME(3),
  void_at DATETIME(3),
  CONSTRAINT time_limit_pk PRIMARY KEY (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX time_limit_by_order ON time_limit (order_number, id);

-- Who must act next: a row for each open step; it stays as the record of who did it.
CREATE TABLE work_task (
  id BIGINT NOT NULL AUTO_INCREMENT,
  task_id VARCHAR(64) NOT NULL,
  order_number VARCHAR(32) NOT NULL,
  company VARCHAR(40) NOT NULL,
  task VARCHAR(60) NOT NULL,
  name VARCHAR(100) NOT NULL,
  group_id VARCHAR(100) NOT NULL,
  also_group_id VARCHAR(100),
  assignee VARCHAR(64),
  due_at DATETIME(3),
  article VARCHAR(80),
  opened_at DATETIME(3) NOT NULL,
  closed_at DATETIME(3),
  closed_by VARCHAR(64),
  is_open BOOLEAN NOT NULL,
  CONSTRAINT work_task_pk PRIMARY KEY (id),
  CONSTRAINT work_task_task UNIQUE (task_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX work_task_by_order ON work_task (order_number, is_open);
CREATE INDEX work_task_by_group ON work_task (group_id, is_open, id);
CREATE INDEX work_task_by_also_group ON work_task (also_group_id, is_open, id);
CREATE INDEX work_task_by_assignee ON work_task (assignee, is_open, id);
CREATE INDEX work_task_by_company ON work_task (company, is_open, id);

CREATE TABLE extension_request (
  id BIGINT NOT NULL AUTO_INCREMENT,
  order_number VARCHAR(32) NOT NULL,
  requested_at DATETIME(3) NOT NULL,
  requested_by VARCHAR(64) NOT NULL,
  until_at DATETIME(3) NOT NULL,
  reason VARCHAR(2000) NOT NULL,
  cause VARCHAR(20),
  decide_by VARCHAR(100) NOT NULL,
  article VARCHAR(80) NOT NULL,
  decided_at DATETIME(3),
  decided_by VARCHAR(64),
  approved BOOLEAN,
  decision_reason VARCHAR(2000),
  lapsed_at DATETIME(3),
  CONSTRAINT extension_request_pk PRIMARY KEY (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX extension_request_by_order ON extension_request (order_number, id);

CREATE TABLE callback_attempt (
  id BIGINT NOT NULL AUTO_INCREMENT,
  order_number VARCHAR(32) NOT NULL,
  round INT NOT NULL,
  medium VARCHAR(20) NOT NULL,
  attempted_at DATETIME(3) NOT NULL,
  attempted_by VARCHAR(64) NOT NULL,
  reached BOOLEAN NOT NULL,
  solved BOOLEAN,
  satisfaction VARCHAR(20),
  answers VARCHAR(2000),
  remarks VARCHAR(4000),
  next_attempt_at DATETIME(3),
  CONSTRAINT callback_attempt_pk PRIMARY KEY (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX callback_attempt_by_order ON callback_attempt (order_number, id);

-- The draw 95/5: a block's phone place is fixed and recorded before its first order is counted.
CREATE TABLE callback_block (
  company VARCHAR(40) NOT NULL,
  block_number INT NOT NULL,
  block_size INT NOT NULL,
  phone_place INT NOT NULL,
  places_taken INT NOT NULL,
  drawn_at DATETIME(3) NOT NULL,
  CONSTRAINT callback_block_pk PRIMARY KEY (company, block_number)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE TABLE callback_place (
  company VARCHAR(40) NOT NULL,
  block_number INT NOT NULL,
  place INT NOT NULL,
  order_number VARCHAR(32) NOT NULL,
  round INT NOT NULL,
  taken_at DATETIME(3) NOT NULL,
  CONSTRAINT callback_place_pk PRIMARY KEY (company, block_number, place)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX callback_place_by_order ON callback_place (order_number);

CREATE TABLE sms_reply (
  id BIGINT NOT NULL AUTO_INCREMENT,
  message_id VARCHAR(240) NOT NULL,
  company VARCHAR(200) NOT NULL,
  phone_digits VARCHAR(20) NOT NULL,
  reply VARCHAR(2000) NOT NULL,
  received_at DATETIME(3) NOT NULL,
  order_number VARCHAR(32),
  satisfaction VARCHAR(20),
  CONSTRAINT sms_reply_pk PRIMARY KEY (id),
  CONSTRAINT sms_reply_message UNIQUE (message_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX sms_reply_by_order ON sms_reply (order_number);

-- Which orders wait for an SMS answer of which phone.
CREATE TABLE sms_question (
  order_number VARCHAR(32) NOT NULL,
  company VARCHAR(40) NOT NULL,
  phone_digits VARCHAR(20) NOT NULL,
  round INT NOT NULL,
  asked_at DATETIME(3) NOT NULL,
  due_at DATETIME(3) NOT NULL,
  CONSTRAINT sms_question_pk PRIMARY KEY (order_number)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX sms_question_by_phone ON sms_question (phone_digits, asked_at);
