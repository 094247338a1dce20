-- Of those who registered on each day of a year those with an event on the seventh day after.
WITH members AS (
  SELECT user_id, CAST(registered_at AS DATE) AS cohort
  FROM users WHERE registered_at >= DATE '2025-07-01' AND registered_at < DATE '2026-07-01'
)
SELECT cohort, -1 AS n, count(*) AS people FROM members GROUP BY cohort
UNION ALL
SELECT cohort, 7 AS n, count(DISTINCT user_id)
FROM members JOIN events USING (user_id)
WHERE event_at >= DATE '2025-07-08' AND event_at >= cohort + 7 AND event_at < cohort + 8 GROUP BY cohort
ORDER BY cohort, n
