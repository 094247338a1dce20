-- 今年各品牌销售额同比
WITH this_year AS (
  SELECT i.product_id, sum(i.line_amount) AS sales
  FROM order_items i
  JOIN orders o ON o.order_id = i.order_id
  WHERE o.paid_at >= DATE '2026-01-01' AND o.paid_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
last_year AS (
  SELECT i.product_id, sum(i.line_amount) AS sales
  FROM order_items i
  JOIN orders o ON o.order_id = i.order_id
  WHERE o.paid_at >= DATE '2025-01-01' AND o.paid_at < DATE '2025-06-30' + 1
  GROUP BY 1
),
both_years AS (
  SELECT product_id, sales AS this_sales, 0 AS last_sales FROM this_year
  UNION ALL
  SELECT product_id, 0, sales FROM last_year
),
brands AS (
  SELECT p.brand, sum(b.this_sales) AS sales, sum(b.last_sales) AS base
  FROM both_years b
  JOIN products p ON p.product_id = b.product_id
  GROUP BY 1
)
SELECT brand, sales, base, sales - base AS difference,
  CAST(sales - base AS DOUBLE) / nullif(CAST(base AS DOUBLE), 0) AS growth
FROM brands
ORDER BY sales DESC, brand;
