-- 沉默用户有多少？
SELECT (SELECT count(*) FROM users) - count(*) AS users
FROM (
  SELECT user_id FROM events
  WHERE event_at >= DATE '2026-06-30' - 29 AND event_at < DATE '2026-06-30' + 1
  GROUP BY user_id
) active
JOIN users u ON u.user_id = active.user_id;
