-- 最近30天从浏览到支付的转化漏斗
WITH viewed AS (
  SELECT user_id, min(event_at) AS reached_at
  FROM events
  WHERE event_type = 'view' AND event_at >= DATE '2026-06-30' - 29 AND event_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
carted AS (
  SELECT s.user_id, min(s.event_at) AS reached_at
  FROM events s
  JOIN viewed v ON v.user_id = s.user_id AND s.event_at >= v.reached_at
  WHERE s.event_type = 'cart' AND s.event_at >= DATE '2026-06-30' - 29 AND s.event_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
ordered AS (
  SELECT s.user_id, min(s.event_at) AS reached_at
  FROM events s
  JOIN carted c ON c.user_id = s.user_id AND s.event_at >= c.reached_at
  WHERE s.event_type = 'order' AND s.event_at >= DATE '2026-06-30' - 29 AND s.event_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
paid AS (
  SELECT s.user_id, min(s.event_at) AS reached_at
  FROM events s
  JOIN ordered o ON o.user_id = s.user_id AND s.event_at >= o.reached_at
  WHERE s.event_type = 'pay' AND s.event_at >= DATE '2026-06-30' - 29 AND s.event_at < DATE '2026-06-30' + 1
  GROUP BY 1
),
counted AS (
  SELECT 1 AS nth, '浏览' AS step, count(*) AS users FROM viewed
  UNION ALL
  SELECT 2, '加购', count(*) FROM carted
  UNION ALL
  SELECT 3, '下单', count(*) FROM ordered
  UNION ALL
  SELECT 4, '支付', count(*) FROM paid
)
SELECT step, users,
  CAST(users AS DOUBLE) / nullif(first_value(users) OVER (ORDER BY nth), 0) AS share_of_first,
  CAST(users AS DOUBLE) / nullif(lag(users) OVER (ORDER BY nth), 0) AS share_of_previous
FROM counted
ORDER BY nth;
