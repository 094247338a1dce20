-- Campaigns: the four festivals of each year, and what a shop does every month and season.
CREATE TEMP TABLE plans AS
WITH months AS (
  SELECT m::DATE AS m, year(m) || '年' || month(m) || '月' AS said
  FROM generate_series(date_trunc('month', getvariable('opening')), getvariable('as_of'), INTERVAL 1 MONTH) AS t(m)
)
SELECT festival AS name, '大促' AS type, first_day, last_day, 9.0 AS budget, 0.22 AS reach FROM festivals
UNION ALL
-- A coupon campaign ends when its coupons expire.
SELECT said || '满减券', '优惠券', m + 4, m + 27, 0.9, 0.10 FROM months
UNION ALL
SELECT said || '会员日', '会员日', m + 21, m + 23, 0.7, 0.05 FROM months
UNION ALL
SELECT year(m) || '年' || CASE month(m) WHEN 3 THEN '春' WHEN 5 THEN '夏' WHEN 9 THEN '秋' ELSE '冬' END || '季上新', '新品',
  m + 14, m + 27, 2.0, 0.09 FROM months WHERE month(m) IN (3, 5, 9, 12)
UNION ALL
SELECT year(m) || '年' || CASE month(m) WHEN 3 THEN '春' WHEN 7 THEN '夏' ELSE '秋' END || '季老客召回', '召回',
  m + 1, m + 14, 0.8, 0 FROM months WHERE month(m) IN (3, 7, 10);

INSERT INTO campaigns
SELECT row_number() OVER (ORDER BY first_day, name), name, type, first_day, last_day,
  greatest(100, round(budget * getvariable('users') * (0.8 + 0.4 * draw('budget', hash(name) % 1000000)) / 100) * 100)
FROM plans
WHERE first_day >= getvariable('opening') AND first_day <= getvariable('as_of')
   OR type = '大促' AND last_day >= getvariable('opening') AND first_day <= getvariable('as_of')
ORDER BY ALL;
