-- 最近90天买了美妆没买母婴的用户有多少？
WITH bought AS (
  SELECT o.user_id
  FROM orders o
  JOIN order_items i ON i.order_id = o.order_id
  JOIN products p ON p.product_id = i.product_id
  WHERE o.paid_at >= DATE '2026-06-30' - 89 AND o.paid_at < DATE '2026-06-30' + 1
    AND p.category IN ('美妆', '母婴')
  GROUP BY 1
  HAVING min(p.category = '美妆')
)
SELECT count(*) AS users FROM bought;
