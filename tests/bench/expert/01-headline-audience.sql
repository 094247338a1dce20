-- 最近7天活跃但未下单的95后女性有哪些？
SELECT u.user_id, u.nickname, u.gender, date_sub('year', u.birth_date, DATE '2026-06-30') AS age, u.city, u.member_level
FROM users u
WHERE u.gender = '女'
  AND u.birth_date >= DATE '1995-01-01' AND u.birth_date < DATE '2000-01-01'
  AND EXISTS (
    SELECT 1 FROM events e
    WHERE e.user_id = u.user_id AND e.event_at >= DATE '2026-06-30' - 6 AND e.event_at < DATE '2026-06-30' + 1
  )
  AND NOT EXISTS (
    SELECT 1 FROM orders o
    WHERE o.user_id = u.user_id AND o.ordered_at >= DATE '2026-06-30' - 6 AND o.ordered_at < DATE '2026-06-30' + 1
  )
ORDER BY u.user_id;
