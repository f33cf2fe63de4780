-- A department lists the orders that it handles and those that it supervises, newest first.
CREATE INDEX work_order_by_supervisor ON work_order (company, supervisor, id);
