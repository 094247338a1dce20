-- A chain of five hotels, from 2024-09-01 through Sunday 2026-03-15: eighty guests, what they book, stay, spend and say.
-- Rows are told by arithmetic, not by chance: the same on every machine.
CREATE TABLE guests (
  guest_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, phone VARCHAR NOT NULL, gender VARCHAR NOT NULL, born DATE,
  home_city VARCHAR NOT NULL, tier VARCHAR NOT NULL, came_by VARCHAR NOT NULL, joined_at TIMESTAMP NOT NULL);
CREATE TABLE hotels (
  hotel_id INTEGER PRIMARY KEY, hotel_name VARCHAR NOT NULL, city VARCHAR NOT NULL, region VARCHAR NOT NULL,
  stars INTEGER NOT NULL, rooms INTEGER NOT NULL);
CREATE TABLE bookings (
  booking_id INTEGER PRIMARY KEY, guest_id INTEGER NOT NULL, hotel_id INTEGER NOT NULL, room_type VARCHAR NOT NULL,
  channel VARCHAR NOT NULL, booked_at TIMESTAMP NOT NULL, check_in DATE NOT NULL, nights INTEGER NOT NULL,
  amount DECIMAL(10,2) NOT NULL, status VARCHAR NOT NULL, cancelled_at TIMESTAMP);
CREATE TABLE charges (
  charge_id INTEGER PRIMARY KEY, booking_id INTEGER NOT NULL, service VARCHAR NOT NULL, amount DECIMAL(10,2) NOT NULL,
  charged_at TIMESTAMP NOT NULL);
CREATE TABLE views (
  view_id INTEGER PRIMARY KEY, guest_id INTEGER NOT NULL, screen VARCHAR NOT NULL, seen_at TIMESTAMP NOT NULL);
CREATE TABLE reviews (
  review_id INTEGER PRIMARY KEY, booking_id INTEGER NOT NULL, score INTEGER NOT NULL, reviewed_at TIMESTAMP NOT NULL);
CREATE TABLE vacancies (counted_on DATE NOT NULL, hotel_id INTEGER NOT NULL, free INTEGER NOT NULL);

INSERT INTO hotels VALUES
  (1, '湖畔酒店', '杭州', '华东', 5, 60), (2, '外滩公寓', '上海', '华东', 4, 40), (3, '古城客栈', '西安', '西北', 3, 24),
  (4, '椰林度假村', '三亚', '华南', 5, 80), (5, '珠江酒店', '广州', '华南', 4, 50);

-- A number from 0 to n - 1 that looks like chance; of a row, and of what is told of it.
CREATE TEMP MACRO pick(i, what, n) AS (md5_number_lower(i || ':' || what) % n)::INTEGER;

INSERT INTO guests
SELECT i, '客人' || i, '1380000' || lpad(i::VARCHAR, 4, '0'), ['女', '男', '女', '男', '未知'][1 + pick(i, 1, 5)],
       CASE WHEN i % 9 = 0 THEN NULL ELSE DATE '1958-03-01' + pick(i, 2, 18000) END,
       ['上海', '杭州', '北京', '成都', '广州', '深圳', '西安'][1 + pick(i, 3, 7)],
       ['普通', '普通', '普通', '银卡', '银卡', '金卡', '白金'][1 + pick(i, 4, 7)],
       ['官网', '前台', '旅行社', '朋友推荐'][1 + pick(i, 5, 4)],
       TIMESTAMP '2024-01-05 09:00:00' + INTERVAL (i * 9) DAY + INTERVAL (pick(i, 6, 600)) MINUTE
FROM generate_series(1, 80) AS t(i);

-- By who had joined, up to three weeks ahead; one in seven is cancelled, one in nineteen never comes.
INSERT INTO bookings
SELECT i, guest_id, hotel_id, room_type, channel, booked_at, (booked_at::DATE + pick(i, 7, 21))::DATE, nights,
       (price * nights)::DECIMAL(10,2),
       CASE WHEN i % 7 = 3 THEN '已取消' WHEN i % 19 = 5 THEN '未到店' ELSE '已入住' END,
       CASE WHEN i % 7 = 3 THEN booked_at + INTERVAL (pick(i, 8, 72)) HOUR END
FROM (
  SELECT i, 1 + pick(i, 9, least(80, (i * 560 // 700 + 239) // 9)) AS guest_id, 1 + pick(i, 10, 5) AS hotel_id,
         ['大床房', '双床房', '套房', '家庭房'][1 + pick(i, 11, 4)] AS room_type,
         ['官网', '电话', '旅行社', '前台', '企业协议'][1 + pick(i, 12, 5)] AS channel,
         1 + pick(i, 13, 4) AS nights, 180 + pick(i, 14, 640) AS price,
         TIMESTAMP '2024-09-01 08:00:00' + INTERVAL (i * 560 // 700) DAY + INTERVAL (pick(i, 15, 840)) MINUTE AS booked_at
  FROM generate_series(1, 700) AS t(i)
);

INSERT INTO charges
SELECT row_number() OVER (ORDER BY booking_id, n), booking_id,
       ['早餐', '水疗', '洗衣', '餐厅', '停车'][1 + pick(booking_id * 3 + n, 16, 5)],
       (20 + pick(booking_id * 3 + n, 17, 380))::DECIMAL(10,2),
       check_in::TIMESTAMP + INTERVAL (7 + pick(booking_id * 3 + n, 18, 15)) HOUR
FROM bookings, generate_series(1, 3) AS t(n)
WHERE status = '已入住' AND n <= booking_id % 4;

INSERT INTO views
SELECT i, 1 + pick(i, 19, least(80, (i * 560 // 3000 + 239) // 9)),
       ['首页', '搜索页', '酒店详情', '预订页', '会员中心'][1 + pick(i, 20, 5)],
       TIMESTAMP '2024-09-01 00:10:00' + INTERVAL (i * 560 // 3000) DAY + INTERVAL (pick(i, 21, 1420)) MINUTE
FROM generate_series(1, 3000) AS t(i);

INSERT INTO reviews
SELECT row_number() OVER (ORDER BY booking_id), booking_id, 1 + pick(booking_id, 22, 5),
       check_in::TIMESTAMP + INTERVAL (nights * 24 + 10) HOUR
FROM bookings WHERE status = '已入住' AND booking_id % 3 = 0;

INSERT INTO vacancies
SELECT DATE '2024-09-01' + d::INTEGER, hotel_id, rooms - pick(d * 5 + hotel_id, 23, rooms // 2)
FROM generate_series(0, 560) AS t(d), hotels;
