-- 最近30天连续3天活跃的用户有多少？
WITH active AS (
  SELECT DISTINCT user_id, CAST(event_at AS DATE) AS day
  FROM events
  WHERE event_at >= DATE '2026-06-30' - 29 AND event_at < DATE '2026-06-30' + 1
),
runs AS (
  SELECT user_id, day, lag(day, 2) OVER (PARTITION BY user_id ORDER BY day) AS two_before
  FROM active
)
SELECT count(DISTINCT user_id) AS users
FROM runs
WHERE two_before = day - 2;
