-- 管理员装入的法定节假日，各节点共用
CREATE TABLE holiday_year (
  of_year INT NOT NULL,
  content MEDIUMTEXT NOT NULL,
  CONSTRAINT holiday_year_pk PRIMARY KEY (of_year)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
