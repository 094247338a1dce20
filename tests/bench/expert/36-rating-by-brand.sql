-- 最近90天各品牌的平均评分
WITH rated AS (
  SELECT product_id, sum(rating) AS points, count(*) AS reviews
  FROM reviews
  WHERE reviewed_at >= DATE '2026-06-30' - 89 AND reviewed_at < DATE '2026-06-30' + 1
  GROUP BY 1
)
SELECT p.brand, CAST(sum(r.points) AS DOUBLE) / sum(r.reviews) AS rating
FROM rated r
JOIN products p ON p.product_id = r.product_id
GROUP BY 1
ORDER BY 1;
