-- 最近12个月每月的日均DAU
WITH active AS (
  SELECT CAST(event_at AS DATE) AS day, count(DISTINCT user_id) AS users
  FROM events
  WHERE event_at >= DATE '2025-07-01' AND event_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
days AS (
  SELECT DATE '2026-06-30' - CAST(n AS INTEGER) AS day FROM range(365) AS t(n)
)
SELECT CAST(date_trunc('month', d.day) AS DATE) AS month, avg(coalesce(a.users, 0)) AS average_dau
FROM days d
LEFT JOIN active a ON a.day = d.day
GROUP BY 1
ORDER BY 1;
