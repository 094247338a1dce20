-- A shop that holds what the role east may see, and nothing else.
CREATE TABLE users AS SELECT * REPLACE ('***' AS phone, CAST(NULL AS DATE) AS birth_date) FROM whole.users;
CREATE TABLE products AS SELECT * EXCLUDE (unit_cost) FROM whole.products;
CREATE TABLE orders AS SELECT * EXCLUDE (platform_fee) FROM whole.orders WHERE order_id < 9000;
CREATE TABLE order_items AS SELECT * EXCLUDE (unit_cost) FROM whole.order_items WHERE order_id < 9000;
CREATE TABLE refunds AS SELECT * FROM whole.refunds WHERE order_id < 9000;
CREATE TABLE reviews AS SELECT * FROM whole.reviews WHERE order_id < 9000;
CREATE TABLE events AS SELECT * FROM whole.events;
