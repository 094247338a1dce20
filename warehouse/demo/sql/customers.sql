-- The people: what drives them, which the shop never tells, and what it knows of them.
CREATE TEMP TABLE customers AS
WITH
cities AS (
  SELECT province, city, tier, sum(weight) OVER (ORDER BY province, city) - weight AS low, sum(weight) OVER () AS total
  FROM read_csv(getvariable('folder') || '/places.csv', header = true)
),
tastes AS (
  -- Which categories women, men and the others like most.
  SELECT gender, category_no, sum(w) OVER (PARTITION BY gender ORDER BY category_no) - w AS low
  FROM (VALUES
    ('女', [28, 24, 16, 12, 9, 3, 5, 3]), ('男', [4, 14, 18, 5, 12, 24, 17, 6]), ('未知', [16, 19, 17, 10, 11, 12, 9, 6])
  ) AS t(gender, ws), LATERAL (SELECT unnest(ws) AS w, unnest(range(1, 9)) AS category_no)
),
people AS (
  SELECT user_id, kind_of(user_id) AS kind, weekly_rate(user_id) AS rate, dropout(user_id) AS dropout,
    CASE WHEN draw('gender', user_id) < 0.56 THEN '女' WHEN draw('gender', user_id) < 0.93 THEN '男' ELSE '未知' END
      AS gender,
    draw('favourite', user_id) * 100 AS favourite_point,
    draw('city', user_id) * (SELECT any_value(total) FROM cities) AS city_point,
    floor(draw('registered', user_id) * (SELECT closing FROM spans WHERE kind = 0))::BIGINT AS point
  FROM range(1, getvariable('users') + 1) AS t(user_id)
),
placed AS (
  SELECT p.*, c.province, c.city, c.tier, t.category_no AS favourite
  FROM people p ASOF JOIN cities c ON p.city_point >= c.low
  ASOF JOIN tastes t ON p.gender = t.gender AND p.favourite_point >= t.low
),
registered AS (
  SELECT p.*, d.day, (p.point - d.opened) / d.width AS part
  FROM placed p ASOF JOIN (FROM clocks WHERE kind = 0) d ON p.point >= d.opened
)
SELECT user_id, r.kind, rate, dropout, gender, province, city, tier, favourite, draw('spot', user_id) AS spot,
  draw('buyer', user_id) < 0.8 AS buys,
  (r.day + to_seconds(second_of(part)))::TIMESTAMP AS registered_at,
  -- Where the customer's own clock stands then.
  c.opened + floor(part * c.width)::BIGINT AS start,
  ([ 'iOS', 'Android', '鸿蒙', 'PC' ])[CASE
    WHEN draw('device', user_id) < 0.36 THEN 1 WHEN draw('device', user_id) < 0.76 THEN 2
    WHEN draw('device', user_id) < 0.94 THEN 3 ELSE 4 END] AS device_os,
  ([ '自然流量', '搜索广告', '信息流广告', '直播', '社群裂变', '达人合作' ])[CASE
    WHEN draw('via', user_id) < 0.30 THEN 1 WHEN draw('via', user_id) < 0.48 THEN 2 WHEN draw('via', user_id) < 0.66 THEN 3
    WHEN draw('via', user_id) < 0.80 THEN 4 WHEN draw('via', user_id) < 0.92 THEN 5 ELSE 6 END] AS register_channel,
  -- Some do not tell; most register between 18 and 45, none under 16 or over 65.
  CASE WHEN draw('told', user_id) >= 0.04 THEN
    r.day - 5900 - floor(17800 * pow(draw('age', user_id), 1.3) * (0.45 + 0.55 * draw('older', user_id)))::INTEGER
  END AS birth_date
FROM registered r JOIN clocks c ON c.kind = r.kind AND c.day = r.day;
