-- 最近7天加购美妆未下单的用户有哪些？
SELECT u.user_id, u.nickname, u.gender, date_sub('year', u.birth_date, DATE '2026-06-30') AS age, u.city, u.member_level
FROM users u
WHERE u.user_id IN (
    SELECT e.user_id
    FROM events e
    JOIN products p ON p.product_id = e.product_id
    WHERE e.event_type = 'cart' AND p.category = '美妆'
      AND e.event_at >= DATE '2026-06-30' - 6 AND e.event_at < DATE '2026-06-30' + 1
  )
  AND u.user_id NOT IN (
    SELECT o.user_id
    FROM orders o
    JOIN order_items i ON i.order_id = o.order_id
    JOIN products p ON p.product_id = i.product_id
    WHERE p.category = '美妆' AND o.ordered_at >= DATE '2026-06-30' - 6 AND o.ordered_at < DATE '2026-06-30' + 1
  )
ORDER BY u.user_id;
