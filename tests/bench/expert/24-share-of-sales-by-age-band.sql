-- 最近半年各年龄段的销售额占比
WITH spent AS (
  SELECT user_id, sum(pay_amount) AS sales
  FROM orders
  WHERE paid_at >= DATE '2025-12-31' AND paid_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
banded AS (
  SELECT s.sales, date_sub('year', u.birth_date, DATE '2026-06-30') AS age
  FROM spent s
  JOIN users u ON u.user_id = s.user_id
),
bands AS (
  SELECT
    CASE
      WHEN age IS NULL THEN '未知'
      WHEN age < 18 THEN '不满18岁'
      WHEN age < 25 THEN '18-24岁'
      WHEN age < 30 THEN '25-29岁'
      WHEN age < 35 THEN '30-34岁'
      WHEN age < 40 THEN '35-39岁'
      WHEN age < 50 THEN '40-49岁'
      ELSE '50岁及以上'
    END AS age_band,
    min(coalesce(age, 999)) AS youngest,
    sum(sales) AS sales
  FROM banded
  GROUP BY 1
)
SELECT age_band, sales, CAST(sales AS DOUBLE) / nullif(CAST(sum(sales) OVER () AS DOUBLE), 0) AS share
FROM bands
ORDER BY youngest;
