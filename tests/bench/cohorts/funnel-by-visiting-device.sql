-- The same by the device of the first view; of two in one moment the first by name.
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
),
devices AS (
  SELECT user_id, min(device_os) AS device FROM events JOIN viewed USING (user_id)
  WHERE event_type = 'view' AND event_at = viewed.at GROUP BY user_id
)
SELECT device, 1 AS step, count(*) AS users FROM viewed JOIN devices USING (user_id) GROUP BY device
UNION ALL SELECT device, 2 AS step, count(*) AS users FROM carted JOIN devices USING (user_id) GROUP BY device
UNION ALL SELECT device, 3 AS step, count(*) AS users FROM ordered JOIN devices USING (user_id) GROUP BY device
UNION ALL SELECT device, 4 AS step, count(*) AS users FROM paid JOIN devices USING (user_id) GROUP BY device
ORDER BY device, step
