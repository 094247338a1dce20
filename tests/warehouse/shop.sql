-- A small shop of known rows, in the canonical schema; `staff` is there to be kept out of.
CREATE TABLE users (user_id BIGINT PRIMARY KEY, nickname VARCHAR NOT NULL, phone VARCHAR NOT NULL,
  gender VARCHAR NOT NULL, birth_date DATE, province VARCHAR NOT NULL, city VARCHAR NOT NULL, city_tier VARCHAR NOT NULL,
  member_level VARCHAR NOT NULL, device_os VARCHAR NOT NULL, register_channel VARCHAR NOT NULL,
  registered_at TIMESTAMP NOT NULL);
CREATE TABLE products (product_id BIGINT PRIMARY KEY, product_name VARCHAR NOT NULL, category VARCHAR NOT NULL,
  list_price DECIMAL(10,2) NOT NULL, launched_on DATE NOT NULL, lead_time_days INTEGER NOT NULL);
CREATE TABLE orders (order_id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL, ordered_at TIMESTAMP NOT NULL,
  paid_at TIMESTAMP, status VARCHAR NOT NULL, platform VARCHAR NOT NULL, city VARCHAR NOT NULL, province VARCHAR NOT NULL,
  pay_method VARCHAR, discount_amount DECIMAL(10,2) NOT NULL, pay_amount DECIMAL(10,2) NOT NULL, coupon_id BIGINT);
CREATE TABLE order_items (order_id BIGINT NOT NULL, line_no INTEGER NOT NULL, product_id BIGINT NOT NULL,
  quantity INTEGER NOT NULL, line_amount DECIMAL(10,2) NOT NULL, PRIMARY KEY (order_id, line_no));
CREATE TABLE refunds (refund_id BIGINT PRIMARY KEY, order_id BIGINT NOT NULL, product_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL, refunded_at TIMESTAMP NOT NULL, refund_amount DECIMAL(10,2) NOT NULL);
CREATE TABLE events (event_id BIGINT NOT NULL, user_id BIGINT NOT NULL, event_at TIMESTAMP NOT NULL,
  event_type VARCHAR NOT NULL);
CREATE TABLE staff (name VARCHAR NOT NULL, salary INTEGER NOT NULL);

INSERT INTO users VALUES
  (1, 'amy_1', '13800000001', '女', '1995-05-01', '浙江', '杭州', '新一线', '金卡', 'iOS', '直播', '2026-01-05 08:00:00'),
  (2, 'bob', '13800000002', '男', '1990-12-31', '上海', '上海', '一线', '普通', 'Android', '搜索广告', '2026-02-01 09:30:00'),
  (3, ' 用户_三 ', '13900000003', '女', NULL, '四川', '成都', '新一线', '银卡', '鸿蒙', '自然流量', '2026-02-11 10:00:00'),
  (4, 'dan4', '13700000004', '未知', '2001-07-15', '浙江', '杭州', '新一线', '普通', 'PC', '直播', '2026-03-09 23:59:59');
INSERT INTO products VALUES
  (10, '口红', '美妆', 99.00, '2025-11-11', 7), (11, '跑鞋', '运动', 399.50, '2026-02-28', 21),
  (12, '坚果', '食品', 45.90, '2024-02-29', 3);
INSERT INTO orders VALUES
  (100, 1, '2026-05-03 10:00:00', '2026-05-03 10:05:00', '已完成', '天猫', '杭州', '浙江', '支付宝', 0, 99.00, NULL),
  (101, 1, '2026-06-10 20:00:00', '2026-06-10 20:01:00', '已完成', '京东', '上海', '上海', '微信支付', 20, 425.40, 7),
  (102, 2, '2026-06-11 09:00:00', NULL, '已取消', '天猫', '上海', '上海', NULL, 0, 45.90, NULL),
  (103, 2, '2026-06-25 00:00:00', '2026-06-25 00:10:00', '已付款', '抖音', '北京', '北京', '花呗', 5.5, 193.50, 8),
  (104, 3, '2026-06-01 12:00:00', '2026-06-02 00:00:00', '已发货', '天猫', '成都', '四川', '银行卡', 0, 45.90, NULL);
INSERT INTO order_items VALUES
  (100, 1, 10, 1, 99.00), (101, 1, 11, 1, 379.50), (101, 2, 12, 1, 45.90), (102, 1, 12, 1, 45.90),
  (103, 1, 10, 2, 193.50), (104, 1, 12, 1, 45.90);
INSERT INTO refunds VALUES (1, 101, 12, 1, '2026-06-15 08:00:00', 45.90);
INSERT INTO events VALUES
  (1, 1, '2026-06-24 10:00:00', 'view'), (2, 1, '2026-06-24 10:02:00', 'cart'), (3, 2, '2026-06-24 23:59:00', 'view'),
  (4, 2, '2026-06-25 00:01:00', 'cart'), (5, 2, '2026-06-25 00:10:00', 'pay'), (6, 3, '2026-06-26 08:00:00', 'view'),
  (7, 4, '2026-06-23 08:00:00', 'view');
INSERT INTO staff VALUES ('boss', 1000000);
