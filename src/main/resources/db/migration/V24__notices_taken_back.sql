-- What is taken back while it is being sent keeps its moment until the answer, or that there was none, is on the record.
UPDATE notice SET next_attempt_at = NULL WHERE status = 'CANCELLED' AND claimed_until IS NULL;
