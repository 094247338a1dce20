-- 最近24个月每月的流失用户数
WITH gaps AS (
  SELECT CAST(paid_at AS DATE) + 30 AS lapsed_on,
    CAST(lead(paid_at) OVER (PARTITION BY user_id ORDER BY paid_at) AS DATE) AS back_on
  FROM orders
  WHERE paid_at IS NOT NULL
),
changes AS (
  SELECT lapsed_on AS day, 1 AS users FROM gaps WHERE back_on IS NULL OR back_on > lapsed_on
  UNION ALL
  SELECT back_on, -1 FROM gaps WHERE back_on > lapsed_on
),
daily AS (
  SELECT day, sum(users) AS users FROM changes GROUP BY 1
),
months AS (
  SELECT CAST(DATE '2024-07-01' + to_months(n) AS DATE) AS month FROM range(24) AS t(n)
)
SELECT m.month, coalesce(sum(d.users), 0) AS lapsed_users
FROM months m
LEFT JOIN daily d ON d.day < m.month + INTERVAL 1 MONTH
GROUP BY 1
ORDER BY 1;
