-- 最近12个月各品类每月的销售额
-- By day first: a day of a timestamp is quicker to reckon than its month, and there are few days.
WITH daily AS (
  SELECT CAST(o.paid_at AS DATE) AS day, p.category, sum(i.line_amount) AS sales
  FROM order_items i
  JOIN orders o ON o.order_id = i.order_id
  JOIN products p ON p.product_id = i.product_id
  WHERE o.paid_at >= DATE '2025-07-01' AND o.paid_at < DATE '2026-06-30' + 1
  GROUP BY 1, 2
),
monthly AS (
  SELECT CAST(date_trunc('month', day) AS DATE) AS month, category, sum(sales) AS sales
  FROM daily
  GROUP BY 1, 2
),
months AS (
  SELECT CAST(DATE '2025-07-01' + to_months(n) AS DATE) AS month FROM range(12) AS t(n)
)
SELECT m.month, c.category, coalesce(s.sales, 0) AS sales
FROM months m
CROSS JOIN (SELECT DISTINCT category FROM monthly) c
LEFT JOIN monthly s ON s.month = m.month AND s.category = c.category
ORDER BY 1, 2;
