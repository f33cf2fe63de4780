-- Few orders are linked to another: the others are not looked up among the links.
ALTER TABLE work_order ADD COLUMN linked BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE work_order SET linked = TRUE
WHERE number IN (SELECT number FROM work_order_link) OR number IN (SELECT linked FROM work_order_link);
