WITH bought AS (
  SELECT
    user_id,
    date_diff('day', CAST(max(paid_at) AS DATE), DATE '2026-06-30') AS recency,
    count(*) AS frequency,
    sum(pay_amount) AS monetary
  FROM orders
  WHERE paid_at < DATE '2026-07-01'
  GROUP BY user_id
), scored AS (
  SELECT
    *,
    1 + 5 * (rank() OVER (ORDER BY recency DESC) - 1) // count(*) OVER () AS r,
    1 + 5 * (rank() OVER (ORDER BY frequency) - 1) // count(*) OVER () AS f,
    1 + 5 * (rank() OVER (ORDER BY monetary) - 1) // count(*) OVER () AS m
  FROM bought
), levelled AS (
  SELECT *, r > avg(r) OVER () AS rh, f > avg(f) OVER () AS fh, m > avg(m) OVER () AS mh FROM scored
)
SELECT
  CASE WHEN mh THEN '重要' ELSE '一般' END
    || CASE WHEN rh AND fh THEN '价值' WHEN rh THEN '发展' WHEN fh THEN '保持' ELSE '挽留' END || '客户' AS segment,
  count(*) AS people,
  sum(monetary) AS amount,
  avg(recency) AS recency,
  avg(frequency) AS frequency
FROM levelled
GROUP BY segment
