-- 最近30天各平台的GMV、订单数和支付人数
WITH ordered AS (
  SELECT platform, sum(pay_amount) AS gmv, count(*) AS orders
  FROM orders
  WHERE ordered_at >= DATE '2026-06-30' - 29 AND ordered_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
paid AS (
  SELECT platform, count(DISTINCT user_id) AS buyers
  FROM orders
  WHERE paid_at >= DATE '2026-06-30' - 29 AND paid_at < DATE '2026-06-30' + 1
  GROUP BY 1
)
SELECT coalesce(o.platform, p.platform) AS platform,
  coalesce(o.gmv, 0) AS gmv, coalesce(o.orders, 0) AS orders, coalesce(p.buyers, 0) AS buyers
FROM ordered o
FULL JOIN paid p ON p.platform = o.platform
ORDER BY 1;
