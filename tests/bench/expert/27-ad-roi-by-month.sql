-- 今年每月各广告平台的ROI
WITH spent AS (
  SELECT CAST(date_trunc('month', stat_date) AS DATE) AS month, ad_platform,
    sum(revenue) AS revenue, sum(spend) AS spend
  FROM ads_daily
  WHERE stat_date >= DATE '2026-01-01' AND stat_date <= DATE '2026-06-30'
  GROUP BY 1, 2
),
months AS (
  SELECT CAST(DATE '2026-01-01' + to_months(n) AS DATE) AS month FROM range(6) AS t(n)
)
SELECT m.month, p.ad_platform, CAST(s.revenue AS DOUBLE) / nullif(CAST(s.spend AS DOUBLE), 0) AS roi
FROM months m
CROSS JOIN (SELECT DISTINCT ad_platform FROM spent) p
LEFT JOIN spent s ON s.month = m.month AND s.ad_platform = p.ad_platform
ORDER BY 1, 2;
