-- 过去365天消费超过1000元的杭州和上海女性有哪些？
WITH women AS (
  SELECT user_id, nickname, gender, birth_date, city, member_level
  FROM users
  WHERE gender = '女' AND city IN ('杭州', '上海')
),
spent AS (
  SELECT user_id, sum(pay_amount) AS amount
  FROM orders
  WHERE paid_at >= DATE '2026-06-30' - 364 AND paid_at < DATE '2026-06-30' + 1
    AND user_id IN (SELECT user_id FROM women)
  GROUP BY user_id
  HAVING sum(pay_amount) > 1000
)
SELECT w.user_id, w.nickname, w.gender, date_sub('year', w.birth_date, DATE '2026-06-30') AS age, w.city,
  w.member_level, s.amount
FROM women w
JOIN spent s ON s.user_id = w.user_id
ORDER BY w.user_id;
