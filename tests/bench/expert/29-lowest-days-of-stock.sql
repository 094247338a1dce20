-- 库存周转天数最低的20个商品
WITH stock AS (
  SELECT product_id, sum(on_hand) AS units
  FROM inventory
  WHERE snapshot_date = (SELECT max(snapshot_date) FROM inventory WHERE snapshot_date <= DATE '2026-06-30')
  GROUP BY 1
),
sold AS (
  SELECT i.product_id, sum(i.quantity) AS units
  FROM order_items i
  JOIN orders o ON o.order_id = i.order_id
  WHERE o.paid_at >= DATE '2026-06-30' - 29 AND o.paid_at < DATE '2026-06-30' + 1
  GROUP BY 1
)
SELECT p.product_name, s.units / nullif(coalesce(n.units, 0) / CAST(30 AS DOUBLE), 0) AS days_of_stock
FROM products p
LEFT JOIN stock s ON s.product_id = p.product_id
LEFT JOIN sold n ON n.product_id = p.product_id
WHERE s.product_id IS NOT NULL OR n.product_id IS NOT NULL
ORDER BY days_of_stock NULLS LAST, p.product_name
LIMIT 20;
