-- Of each month's new customers those who paid an order in each month after; n is -1 for how many they are.
WITH members AS (
  SELECT user_id, CAST(date_trunc('month', CAST(min(paid_at) AS DATE)) AS DATE) AS cohort
  FROM orders WHERE paid_at IS NOT NULL GROUP BY user_id
),
months AS (
  SELECT DISTINCT user_id, CAST(date_trunc('month', CAST(paid_at AS DATE)) AS DATE) AS month
  FROM orders WHERE paid_at IS NOT NULL
)
SELECT cohort, -1 AS n, count(*) AS people FROM members GROUP BY cohort
UNION ALL
SELECT cohort, date_diff('month', cohort, month) AS n, count(*)
FROM members JOIN months USING (user_id) GROUP BY cohort, n
ORDER BY cohort, n
