-- 最近3个月各品牌的退款率
WITH sold AS (
  SELECT p.brand, sum(i.line_amount) AS amount
  FROM order_items i
  JOIN orders o ON o.order_id = i.order_id
  JOIN products p ON p.product_id = i.product_id
  WHERE o.paid_at >= DATE '2026-03-31' AND o.paid_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
returned AS (
  SELECT p.brand, sum(r.refund_amount) AS amount
  FROM refunds r
  JOIN products p ON p.product_id = r.product_id
  WHERE r.refunded_at >= DATE '2026-03-31' AND r.refunded_at < DATE '2026-06-30' + 1
  GROUP BY 1
)
SELECT coalesce(s.brand, r.brand) AS brand,
  CAST(coalesce(r.amount, 0) AS DOUBLE) / nullif(CAST(coalesce(s.amount, 0) AS DOUBLE), 0) AS refund_rate
FROM sold s
FULL JOIN returned r ON r.brand = s.brand
ORDER BY 1;
