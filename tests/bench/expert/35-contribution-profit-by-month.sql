-- 最近12个月每月的贡献利润
-- By day first: a day of a timestamp is quicker to reckon than its month, and there are few days.
WITH daily AS (
  SELECT CAST(o.paid_at AS DATE) AS day, sum(i.line_amount - i.quantity * i.unit_cost) AS amount
  FROM order_items i
  JOIN orders o ON o.order_id = i.order_id
  WHERE o.paid_at >= DATE '2025-07-01' AND o.paid_at < DATE '2026-06-30' + 1
  GROUP BY 1
  UNION ALL
  SELECT CAST(paid_at AS DATE), -sum(platform_fee + logistics_cost)
  FROM orders
  WHERE paid_at >= DATE '2025-07-01' AND paid_at < DATE '2026-06-30' + 1
  GROUP BY 1
  UNION ALL
  SELECT CAST(refunded_at AS DATE), -sum(refund_amount)
  FROM refunds
  WHERE refunded_at >= DATE '2025-07-01' AND refunded_at < DATE '2026-06-30' + 1
  GROUP BY 1
  UNION ALL
  SELECT stat_date, -sum(spend)
  FROM ads_daily
  WHERE stat_date >= DATE '2025-07-01' AND stat_date <= DATE '2026-06-30'
  GROUP BY 1
),
months AS (
  SELECT CAST(DATE '2025-07-01' + to_months(n) AS DATE) AS month FROM range(12) AS t(n)
)
SELECT m.month, coalesce(sum(d.amount), 0) AS contribution_profit
FROM months m
LEFT JOIN daily d ON date_trunc('month', d.day) = m.month
GROUP BY 1
ORDER BY 1;
