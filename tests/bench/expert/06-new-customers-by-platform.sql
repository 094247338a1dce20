-- 最近90天各平台的新客数
WITH first_paid AS (
  SELECT user_id, min(paid_at) AS paid_at
  FROM orders
  WHERE paid_at IS NOT NULL
  GROUP BY user_id
  HAVING min(paid_at) >= DATE '2026-06-30' - 89 AND min(paid_at) < DATE '2026-06-30' + 1
),
ranked AS (
  SELECT o.platform, row_number() OVER (PARTITION BY o.user_id ORDER BY o.order_id) AS nth
  FROM orders o
  JOIN first_paid f ON f.user_id = o.user_id AND f.paid_at = o.paid_at
)
SELECT platform, count(*) AS new_customers
FROM ranked
WHERE nth = 1
GROUP BY 1
ORDER BY 1;
