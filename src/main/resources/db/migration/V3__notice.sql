-- Who is told what, by which channel: one row per fact, queued with the order's own change.
-- CANCELLED is a status of this table only: such a notice was never sent and is never shown.
CREATE TABLE notice (
  id              BIGINT        NOT NULL AUTO_INCREMENT,
  notice_key      VARCHAR(190)  NOT NULL,
  company         VARCHAR(64)   NOT NULL,
  order_number    VARCHAR(64)   NOT NULL,
  round           INT           NOT NULL,
  purpose         VARCHAR(20)   NOT NULL,
  channel         VARCHAR(20)   NOT NULL,
  receiver_name   VARCHAR(100)  NOT NULL,
  address         VARCHAR(254)  NULL,
  subject         VARCHAR(200)  NOT NULL,
  body            VARCHAR(4000) NOT NULL,
  status          VARCHAR(20)   NOT NULL,
  attempts        INT           NOT NULL DEFAULT 0,
  created_at      DATETIME(3)  NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  next_attempt_at DATETIME(3)  NULL,
  claimed_by      VARCHAR(64)   NULL,
  claimed_until   DATETIME(3)  NULL,
  finished_at     DATETIME(3)  NULL,
  done_by         VARCHAR(100)  NULL,
  note            VARCHAR(1000) NULL,
  PRIMARY KEY (id),
  CONSTRAINT notice_key_once UNIQUE (notice_key)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The channel stands in it so that the rows of a channel without a worker cost the others nothing.
CREATE INDEX notice_due ON notice (status, channel, next_attempt_at);
CREATE INDEX notice_order ON notice (order_number);

-- Each try and what came of it; only ever added to, never with a name, a number or an address.
CREATE TABLE notice_attempt (
  id           BIGINT       NOT NULL AUTO_INCREMENT,
  notice_id    BIGINT       NOT NULL,
  attempted_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  outcome      VARCHAR(20)  NOT NULL,
  detail       VARCHAR(200) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT notice_attempt_of FOREIGN KEY (notice_id) REFERENCES notice (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX notice_attempt_notice ON notice_attempt (notice_id);
