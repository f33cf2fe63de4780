-- How long orders and outages are kept, and which must not be touched meanwhile.

ALTER TABLE work_order ADD COLUMN anonymised_at DATETIME(3);
ALTER TABLE work_order ADD COLUMN held_at DATETIME(3);
ALTER TABLE work_order ADD COLUMN held_by VARCHAR(64);
ALTER TABLE work_order ADD COLUMN hold_reason TEXT;
CREATE INDEX work_order_by_closing ON work_order (closed_at, id, anonymised_at);

ALTER TABLE outage ADD COLUMN anonymised_at DATETIME(3);
ALTER TABLE outage ADD COLUMN held_at DATETIME(3);
ALTER TABLE outage ADD COLUMN held_by VARCHAR(64);
ALTER TABLE outage ADD COLUMN hold_reason TEXT;
CREATE INDEX outage_by_closing ON outage (closed_at, id, anonymised_at);

-- The draw proves its 5 % for good: a place remembers that it was phoned when the order is gone.
ALTER TABLE callback_place ADD COLUMN was_phoned BOOLEAN NOT NULL DEFAULT FALSE;

-- One node at a time, once a night.
CREATE TABLE nightly_work (
  name VARCHAR(40) NOT NULL,
  claimed_by VARCHAR(64) NOT NULL,
  claimed_until DATETIME(3) NOT NULL,
  finished_on DATE,
  CONSTRAINT nightly_work_pk PRIMARY KEY (name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO nightly_work (name, claimed_by, claimed_until) VALUES ('retention', '', '2000-01-01 00:00:00');
