-- 上季度各品类的毛利率
SELECT p.category,
  CAST(sum(i.line_amount - i.quantity * i.unit_cost) AS DOUBLE) / nullif(CAST(sum(i.line_amount) AS DOUBLE), 0)
    AS gross_margin
FROM order_items i
JOIN orders o ON o.order_id = i.order_id
JOIN products p ON p.product_id = i.product_id
WHERE o.paid_at >= DATE '2026-01-01' AND o.paid_at < DATE '2026-04-01'
GROUP BY 1
ORDER BY 1;
