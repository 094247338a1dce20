-- 最近30天活跃5天以上的用户有多少？
WITH active_days AS (
  SELECT DISTINCT user_id, CAST(event_at AS DATE) AS day
  FROM events
  WHERE event_at >= DATE '2026-06-30' - 29 AND event_at < DATE '2026-06-30' + 1
),
often AS (
  SELECT user_id FROM active_days GROUP BY user_id HAVING count(*) >= 5
)
SELECT count(*) AS users FROM often;
