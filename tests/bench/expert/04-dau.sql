-- 最近90天每天的活跃用户数
WITH active AS (
  SELECT CAST(event_at AS DATE) AS day, count(DISTINCT user_id) AS users
  FROM events
  WHERE event_at >= DATE '2026-06-30' - 89 AND event_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
days AS (
  SELECT DATE '2026-06-30' - CAST(n AS INTEGER) AS day FROM range(90) AS t(n)
)
SELECT d.day, coalesce(a.users, 0) AS active_users
FROM days d
LEFT JOIN active a ON a.day = d.day
ORDER BY 1;
