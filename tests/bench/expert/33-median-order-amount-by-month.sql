-- 最近12个月每月支付订单金额的中位数
WITH paid AS (
  SELECT CAST(date_trunc('month', CAST(paid_at AS DATE)) AS DATE) AS month,
    median(CAST(pay_amount AS DOUBLE)) AS median_amount -- a median of DECIMALs is rounded to their scale
  FROM orders
  WHERE paid_at >= DATE '2025-07-01' AND paid_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
months AS (
  SELECT CAST(DATE '2025-07-01' + to_months(n) AS DATE) AS month FROM range(12) AS t(n)
)
SELECT m.month, p.median_amount
FROM months m
LEFT JOIN paid p ON p.month = m.month
ORDER BY 1;
