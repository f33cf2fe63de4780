-- 人员与值班：谁收通知（YF-3、YF-9b）
CREATE TABLE person (
  id           VARCHAR(64)  NOT NULL,
  company      VARCHAR(40)  NOT NULL,
  display_name VARCHAR(64)  NOT NULL,
  department   VARCHAR(40),
  is_leader    BOOLEAN      NOT NULL,
  email        VARCHAR(190),
  phone        VARCHAR(30),
  active       BOOLEAN      NOT NULL,
  PRIMARY KEY (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX person_department ON person (company, department);

CREATE TABLE duty (
  id         BIGINT       NOT NULL AUTO_INCREMENT,
  company    VARCHAR(40)  NOT NULL,
  department VARCHAR(40)  NOT NULL,
  person_id  VARCHAR(64)  NOT NULL,
  from_at    DATETIME(3) NOT NULL,
  until_at   DATETIME(3) NULL,
  PRIMARY KEY (id),
  CONSTRAINT duty_person FOREIGN KEY (person_id) REFERENCES person (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX duty_department ON duty (company, department, from_at);
