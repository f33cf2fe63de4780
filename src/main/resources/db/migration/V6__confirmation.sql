-- The customer's link to the 《工单完成确认单》 of an order: one for each order, never changed (WX-1.4d).
CREATE TABLE confirmation (
  order_number VARCHAR(32) NOT NULL,
  token VARCHAR(24) NOT NULL,
  issued_at DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  CONSTRAINT confirmation_pk PRIMARY KEY (order_number),
  CONSTRAINT confirmation_token UNIQUE (token)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
