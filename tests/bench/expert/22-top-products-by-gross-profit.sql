-- 本季至今毛利最高的10个商品
WITH earned AS (
  SELECT i.product_id, sum(i.line_amount - i.quantity * i.unit_cost) AS gross_profit
  FROM order_items i
  JOIN orders o ON o.order_id = i.order_id
  WHERE o.paid_at >= DATE '2026-04-01' AND o.paid_at < DATE '2026-06-30' + 1
  GROUP BY 1
)
SELECT p.product_name, e.gross_profit
FROM earned e
JOIN products p ON p.product_id = e.product_id
ORDER BY e.gross_profit DESC, p.product_name
LIMIT 10;
