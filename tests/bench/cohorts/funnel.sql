-- Viewed, added to cart, ordered, paid, each at or after the one before, over all of the data.
WITH viewed AS (SELECT user_id, min(event_at) AS at FROM events WHERE event_type = 'view' GROUP BY user_id),
carted AS (
  SELECT user_id, min(event_at) AS at FROM events JOIN viewed USING (user_id)
  WHERE event_type = 'cart' AND event_at >= viewed.at GROUP BY user_id
),
ordered AS (
  SELECT user_id, min(event_at) AS at FROM events JOIN carted USING (user_id)
  WHERE event_type = 'order' AND event_at >= carted.at GROUP BY user_id
),
paid AS (
  SELECT user_id, min(event_at) AS at FROM events JOIN ordered USING (user_id)
  WHERE event_type = 'pay' AND event_at >= ordered.at GROUP BY user_id
)
SELECT 1 AS step, count(*) AS users FROM viewed
UNION ALL SELECT 2, count(*) FROM carted
UNION ALL SELECT 3, count(*) FROM ordered
UNION ALL SELECT 4, count(*) FROM paid
ORDER BY step
