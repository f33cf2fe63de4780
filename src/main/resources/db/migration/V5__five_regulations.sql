-- What the regulations of the other four companies ask beyond those of the first.

ALTER TABLE work_order ADD COLUMN assigned_department VARCHAR(60);
ALTER TABLE work_order ADD COLUMN confidential BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE work_order ADD COLUMN platform_reply TEXT;
ALTER TABLE work_order ADD COLUMN platform_replied_at DATETIME(3);
ALTER TABLE work_order ADD COLUMN delay_cause VARCHAR(20);
ALTER TABLE work_order ADD COLUMN responsible_side VARCHAR(400);
CREATE INDEX work_order_by_external ON work_order (company, external_number, id);

ALTER TABLE time_limit ADD COLUMN inquire_by VARCHAR(120);

ALTER TABLE extension_request ADD COLUMN told_at DATETIME(3);

-- A draw by weeks begins a new block every Monday (YC-14).
ALTER TABLE callback_block ADD COLUMN week_of DATE;
ALTER TABLE callback_attempt ADD COLUMN unreached_cause VARCHAR(40);
