-- 最近26周每周的转化率
WITH active AS (
  SELECT CAST(date_trunc('week', CAST(event_at AS DATE)) AS DATE) AS week, count(DISTINCT user_id) AS users
  FROM events
  WHERE event_at >= DATE '2026-06-30' - 181 AND event_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
buyers AS (
  SELECT CAST(date_trunc('week', CAST(paid_at AS DATE)) AS DATE) AS week, count(DISTINCT user_id) AS users
  FROM orders
  WHERE paid_at >= DATE '2026-06-30' - 181 AND paid_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
weeks AS (
  SELECT DATE '2025-12-29' + 7 * CAST(n AS INTEGER) AS week FROM range(27) AS t(n)
)
SELECT w.week, coalesce(b.users, 0) / CAST(a.users AS DOUBLE) AS conversion_rate
FROM weeks w
LEFT JOIN active a ON a.week = w.week
LEFT JOIN buyers b ON b.week = w.week
ORDER BY 1;
