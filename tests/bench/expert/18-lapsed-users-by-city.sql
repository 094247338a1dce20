-- 各城市的流失用户有多少？
WITH lapsed AS (
  SELECT user_id
  FROM orders
  WHERE paid_at < DATE '2026-06-30' + 1
  GROUP BY user_id
  HAVING max(paid_at) < DATE '2026-06-30' - 29
)
SELECT u.city, count(*) AS users
FROM lapsed l
JOIN users u ON u.user_id = l.user_id
GROUP BY 1
ORDER BY 1;
