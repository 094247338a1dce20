-- Of a demo shop, what the example's role 运营-华东 may see.
CREATE TEMP TABLE sent AS
SELECT order_id FROM whole.orders WHERE province IN ('上海', '江苏', '浙江', '安徽', '福建', '江西', '山东');
CREATE TABLE orders AS SELECT * FROM whole.orders WHERE order_id IN (FROM sent);
CREATE TABLE order_items AS SELECT * FROM whole.order_items WHERE order_id IN (FROM sent);
CREATE TABLE refunds AS SELECT * FROM whole.refunds WHERE order_id IN (FROM sent);
CREATE TABLE reviews AS SELECT * FROM whole.reviews WHERE order_id IN (FROM sent);
CREATE TABLE users AS SELECT * FROM whole.users;
CREATE TABLE products AS SELECT * FROM whole.products;
CREATE TABLE campaigns AS SELECT * FROM whole.campaigns;
CREATE TABLE events AS SELECT * FROM whole.events;
CREATE TABLE messages AS SELECT * FROM whole.messages;
CREATE TABLE coupons AS SELECT * FROM whole.coupons;
CREATE TABLE ads_daily AS SELECT * FROM whole.ads_daily;
CREATE TABLE experiments AS SELECT * FROM whole.experiments;
CREATE TABLE experiment_users AS SELECT * FROM whole.experiment_users;
CREATE TABLE inventory AS SELECT * FROM whole.inventory;
