-- 最近12个月每月的活跃用户数
WITH active AS (
  SELECT CAST(date_trunc('month', CAST(event_at AS DATE)) AS DATE) AS month, count(DISTINCT user_id) AS users
  FROM events
  WHERE event_at >= DATE '2025-07-01' AND event_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
months AS (
  SELECT CAST(DATE '2025-07-01' + to_months(n) AS DATE) AS month FROM range(12) AS t(n)
)
SELECT m.month, coalesce(a.users, 0) AS active_users
FROM months m
LEFT JOIN active a ON a.month = m.month
ORDER BY 1;
