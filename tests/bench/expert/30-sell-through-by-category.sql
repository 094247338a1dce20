-- 最近30天各品类的售罄率
WITH sold AS (
  SELECT i.product_id, sum(i.quantity) AS units
  FROM order_items i
  JOIN orders o ON o.order_id = i.order_id
  WHERE o.paid_at >= DATE '2026-06-30' - 29 AND o.paid_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
stock AS (
  SELECT product_id, sum(on_hand) AS units
  FROM inventory
  WHERE snapshot_date = (SELECT max(snapshot_date) FROM inventory WHERE snapshot_date <= DATE '2026-06-30')
  GROUP BY 1
)
SELECT p.category,
  coalesce(sum(n.units), 0) / nullif(CAST(coalesce(sum(n.units), 0) + sum(s.units) AS DOUBLE), 0) AS sell_through
FROM products p
LEFT JOIN sold n ON n.product_id = p.product_id
LEFT JOIN stock s ON s.product_id = p.product_id
WHERE n.product_id IS NOT NULL OR s.product_id IS NOT NULL
GROUP BY 1
ORDER BY 1;
