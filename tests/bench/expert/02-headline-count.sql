-- 最近7天活跃但未下单的95后女性有多少？
SELECT count(*) AS users
FROM users
WHERE gender = '女'
  AND birth_date >= DATE '1995-01-01' AND birth_date < DATE '2000-01-01'
  AND user_id IN (
    SELECT user_id FROM events WHERE event_at >= DATE '2026-06-30' - 6 AND event_at < DATE '2026-06-30' + 1
  )
  AND user_id NOT IN (
    SELECT user_id FROM orders WHERE ordered_at >= DATE '2026-06-30' - 6 AND ordered_at < DATE '2026-06-30' + 1
  );
