-- 最近24个月每月的用户数
WITH registered AS (
  SELECT CAST(date_trunc('month', CAST(registered_at AS DATE)) AS DATE) AS month, count(*) AS users
  FROM users
  WHERE registered_at >= DATE '2024-07-01' AND registered_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
months AS (
  SELECT CAST(DATE '2024-07-01' + to_months(n) AS DATE) AS month FROM range(24) AS t(n)
)
SELECT m.month,
  (SELECT count(*) FROM users WHERE registered_at < DATE '2024-07-01')
    + sum(coalesce(r.users, 0)) OVER (ORDER BY m.month) AS users
FROM months m
LEFT JOIN registered r ON r.month = m.month
ORDER BY 1;
