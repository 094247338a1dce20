-- 最近90天新客和老客的销售额对比
WITH spent AS (
  SELECT user_id, sum(pay_amount) AS sales
  FROM orders
  WHERE paid_at >= DATE '2026-06-30' - 89 AND paid_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
earlier AS (
  SELECT DISTINCT user_id FROM orders WHERE paid_at < DATE '2026-06-30' - 89
),
split AS (
  SELECT coalesce(sum(CASE WHEN e.user_id IS NULL THEN s.sales END), 0) AS new_sales,
    coalesce(sum(CASE WHEN e.user_id IS NOT NULL THEN s.sales END), 0) AS returning_sales
  FROM spent s
  LEFT JOIN earlier e ON e.user_id = s.user_id
)
SELECT '新客' AS customers, new_sales AS sales, new_sales - returning_sales AS difference,
  CAST(new_sales - returning_sales AS DOUBLE) / nullif(CAST(returning_sales AS DOUBLE), 0) AS growth
FROM split
UNION ALL
SELECT '老客', returning_sales, NULL, NULL FROM split;
