-- 今年每月的复购率
WITH bought AS (
  SELECT CAST(date_trunc('month', CAST(paid_at AS DATE)) AS DATE) AS month, user_id, count(*) AS orders
  FROM orders
  WHERE paid_at >= DATE '2026-01-01' AND paid_at < DATE '2026-06-30' + 1
  GROUP BY 1, 2
),
rates AS (
  SELECT month, avg(CASE WHEN orders >= 2 THEN 1 ELSE 0 END) AS repurchase_rate
  FROM bought
  GROUP BY 1
),
months AS (
  SELECT CAST(DATE '2026-01-01' + to_months(n) AS DATE) AS month FROM range(6) AS t(n)
)
SELECT m.month, r.repurchase_rate
FROM months m
LEFT JOIN rates r ON r.month = m.month
ORDER BY 1;
