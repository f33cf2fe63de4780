-- A page of a long list of tasks is read in the order of Tasklist's lists.
CREATE INDEX HOTLINE_IDX_TASK_URGENT ON ACT_RU_TASK (PRIORITY_ DESC, DUE_DATE_, ASSIGNEE_);
