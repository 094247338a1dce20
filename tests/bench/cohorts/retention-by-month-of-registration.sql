-- Of those who registered in each month of a year those with any event in each month after.
WITH members AS (
  SELECT user_id, CAST(date_trunc('month', CAST(registered_at AS DATE)) AS DATE) AS cohort
  FROM users WHERE registered_at >= DATE '2025-07-01' AND registered_at < DATE '2026-07-01'
),
months AS (
  SELECT DISTINCT user_id, CAST(date_trunc('month', CAST(event_at AS DATE)) AS DATE) AS month
  FROM events WHERE event_at >= DATE '2025-07-01'
)
SELECT cohort, -1 AS n, count(*) AS people FROM members GROUP BY cohort
UNION ALL
SELECT cohort, date_diff('month', cohort, month) AS n, count(*)
FROM members JOIN months USING (user_id) WHERE month >= cohort GROUP BY cohort, n
ORDER BY cohort, n
