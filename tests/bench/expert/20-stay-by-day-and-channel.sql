-- 最近30天每天各流量渠道的人均停留时长
WITH stayed AS (
  SELECT CAST(event_at AS DATE) AS day, source_channel, sum(stay_seconds) AS seconds, count(DISTINCT user_id) AS users
  FROM events
  WHERE event_at >= DATE '2026-06-30' - 29 AND event_at < DATE '2026-06-30' + 1
  GROUP BY 1, 2
),
days AS (
  SELECT DATE '2026-06-30' - CAST(n AS INTEGER) AS day FROM range(30) AS t(n)
)
SELECT d.day, c.source_channel, CAST(s.seconds AS DOUBLE) / s.users AS seconds_per_user
FROM days d
CROSS JOIN (SELECT DISTINCT source_channel FROM stayed) c
LEFT JOIN stayed s ON s.day = d.day AND s.source_channel = c.source_channel
ORDER BY 1, 2;
