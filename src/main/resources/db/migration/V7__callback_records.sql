-- The weekly table of callbacks reads a company's week of the draw, and who was phoned in a week (YC-14).
CREATE INDEX callback_place_by_time ON callback_place (company, taken_at);
CREATE INDEX callback_attempt_by_time ON callback_attempt (attempted_at);
