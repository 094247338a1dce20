-- 今年各活动类型的领券数和核销率
WITH issued AS (
  SELECT campaign_id, count(*) AS coupons, count(used_at) AS used
  FROM coupons
  WHERE issued_at >= DATE '2026-01-01' AND issued_at < DATE '2026-06-30' + 1
  GROUP BY 1
)
SELECT c.campaign_type, sum(i.coupons) AS coupons, CAST(sum(i.used) AS DOUBLE) / sum(i.coupons) AS redemption_rate
FROM issued i
JOIN campaigns c ON c.campaign_id = i.campaign_id
GROUP BY 1
ORDER BY 1;
