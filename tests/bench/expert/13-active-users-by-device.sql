-- 最近30天各设备的活跃用户数
WITH active AS (
  SELECT user_id
  FROM events
  WHERE event_at >= DATE '2026-06-30' - 29 AND event_at < DATE '2026-06-30' + 1
  GROUP BY user_id
)
SELECT u.device_os, count(*) AS active_users
FROM active a
JOIN users u ON u.user_id = a.user_id
GROUP BY 1
ORDER BY 1;
