-- Of each month's new customers those who paid an order in the next month.
WITH members AS (
  SELECT user_id, CAST(date_trunc('month', CAST(min(paid_at) AS DATE)) AS DATE) AS cohort
  FROM orders WHERE paid_at IS NOT NULL GROUP BY user_id
)
SELECT cohort, -1 AS n, count(*) AS people FROM members GROUP BY cohort
UNION ALL
SELECT cohort, 1 AS n, count(DISTINCT user_id)
FROM members JOIN orders USING (user_id)
WHERE paid_at >= cohort + INTERVAL 1 MONTH AND paid_at < cohort + INTERVAL 2 MONTH GROUP BY cohort
ORDER BY cohort, n
