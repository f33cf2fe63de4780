-- A page of a long list of tasks is read in the order of Tasklist's lists, from the index alone.
CREATE INDEX HOTLINE_IDX_TASK_URGENT
  ON ACT_RU_TASK (PRIORITY_ DESC, DUE_DATE_, ID_, ASSIGNEE_, SUSPENSION_STATE_, TENANT_ID_);
