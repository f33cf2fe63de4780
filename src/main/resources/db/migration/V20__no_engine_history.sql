-- The record stands in our own tables; the engine keeps nothing of what is over. An engine that was
-- set up with another level would refuse to start.
UPDATE ACT_GE_PROPERTY SET VALUE_ = '0' WHERE NAME_ = 'historyLevel';
DELETE FROM ACT_HI_ACTINST;
DELETE FROM ACT_HI_TASKINST;
DELETE FROM ACT_HI_PROCINST;
