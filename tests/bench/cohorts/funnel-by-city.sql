-- The same by the users' city.
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
SELECT city, 1 AS step, count(*) AS users FROM viewed JOIN users USING (user_id) GROUP BY city
UNION ALL SELECT city, 2 AS step, count(*) AS users FROM carted JOIN users USING (user_id) GROUP BY city
UNION ALL SELECT city, 3 AS step, count(*) AS users FROM ordered JOIN users USING (user_id) GROUP BY city
UNION ALL SELECT city, 4 AS step, count(*) AS users FROM paid JOIN users USING (user_id) GROUP BY city
ORDER BY city, step
