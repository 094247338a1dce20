-- 最近30天各品类销售额前3的商品
WITH sold AS (
  SELECT i.product_id, sum(i.line_amount) AS sales
  FROM order_items i
  JOIN orders o ON o.order_id = i.order_id
  WHERE o.paid_at >= DATE '2026-06-30' - 29 AND o.paid_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
ranked AS (
  SELECT p.category, p.product_name, s.sales,
    row_number() OVER (PARTITION BY p.category ORDER BY s.sales DESC, p.product_name) AS nth
  FROM sold s
  JOIN products p ON p.product_id = s.product_id
)
SELECT category, product_name, sales
FROM ranked
WHERE nth <= 3
ORDER BY category, nth;
