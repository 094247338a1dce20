-- 最近60天各星期各小时的订单数
SELECT isodow(ordered_at) AS weekday, hour(ordered_at) AS hour, count(*) AS orders
FROM orders
WHERE ordered_at >= DATE '2026-06-30' - 59 AND ordered_at < DATE '2026-06-30' + 1
GROUP BY 1, 2
ORDER BY 1, 2;
