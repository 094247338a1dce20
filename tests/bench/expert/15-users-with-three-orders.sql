-- 最近90天下单3次以上的用户有哪些？
WITH often AS (
  SELECT user_id, count(*) AS orders
  FROM orders
  WHERE ordered_at >= DATE '2026-06-30' - 89 AND ordered_at < DATE '2026-06-30' + 1
  GROUP BY user_id
  HAVING count(*) >= 3
)
SELECT u.user_id, u.nickname, u.gender, date_sub('year', u.birth_date, DATE '2026-06-30') AS age, u.city,
  u.member_level, o.orders
FROM often o
JOIN users u ON u.user_id = o.user_id
ORDER BY u.user_id;
