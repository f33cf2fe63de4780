-- 名录：停水等事项关系到的区域、小区、企业、物业、社区和重要用户（YF-16a、YF-16d、YF-17a）
CREATE TABLE place (
  company VARCHAR(40) NOT NULL,
  code VARCHAR(40) NOT NULL,
  name VARCHAR(200) NOT NULL,
  kind VARCHAR(20) NOT NULL,
  district VARCHAR(40),
  population INT NOT NULL,
  contact VARCHAR(100),
  phone VARCHAR(30),
  address VARCHAR(400),
  active BOOLEAN NOT NULL,
  CONSTRAINT place_pk PRIMARY KEY (company, code)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE INDEX place_by_kind ON place (company, kind, code);
CREATE INDEX place_by_district ON place (company, district);
