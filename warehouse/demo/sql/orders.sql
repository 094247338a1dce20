-- The orders, and the users, whose member level comes from what they paid.
CREATE TEMP TABLE totals AS
SELECT order_id, sum(gross - discount)::BIGINT AS due, sum(discount)::BIGINT AS discount, sum(quantity)::BIGINT AS units,
  count(*)::INTEGER AS many, max(launched_on) AS newest
FROM paid_lines JOIN assortment USING (product_id) GROUP BY order_id;

INSERT INTO users
WITH spent AS (
  SELECT user_id, sum(due)::BIGINT AS cents FROM totals JOIN numbered USING (order_id) WHERE paid_at IS NOT NULL GROUP BY user_id
)
SELECT user_id,
  (['爱笑的', '早起的', '追风的', '安静的', '贪吃的', '迷路的', '认真的', '快乐的', '佛系的', '元气的', '慢半拍的', '南方的'])
    [1 + dice(12, 'nick', user_id)]
  || (['小熊', '橘猫', '柚子', '海盐', '山雀', '豆包', '麻薯', '云朵', '松鼠', '年糕', '小鹿', '半夏', '拾光', '阿梨'])
    [1 + dice(14, 'nickname', user_id)]
  || lpad(dice(10000, 'nick number', user_id)::VARCHAR, 4, '0'),
  -- No operator gives out numbers that begin with 154; the factor has no divisor in common with 10^8, so none comes twice.
  '154' || lpad(((user_id * 61803399 + getvariable('seed') % 100000000) % 100000000)::VARCHAR, 8, '0'),
  gender, birth_date, province, city, tier,
  CASE WHEN cents >= 1000000 THEN '钻石' WHEN cents >= 350000 OR draw('gift', user_id) < 0.015 THEN '金卡'
    WHEN cents >= 100000 OR draw('gift', user_id) < 0.04 THEN '银卡' ELSE '普通' END,
  device_os, register_channel, registered_at
FROM customers LEFT JOIN spent USING (user_id)
ORDER BY user_id;

INSERT INTO orders
WITH festival AS (
  SELECT day, campaign_id FROM days JOIN campaigns ON campaign_type = '大促' AND day BETWEEN start_date AND end_date
),
smaller AS (
  SELECT day, min(campaign_id) FILTER (WHERE campaign_type = '会员日') AS member_day,
    min(campaign_id) FILTER (WHERE campaign_type = '新品') AS new_season
  FROM days JOIN campaigns ON campaign_type IN ('会员日', '新品') AND day BETWEEN start_date AND end_date
  GROUP BY day
),
shipped AS (
  SELECT n.*, due, discount, units, coupon_id,
    CASE WHEN draw('platform', order_id) < platforms[1] THEN 1
      WHEN draw('platform', order_id) < platforms[1] + platforms[2] THEN 2
      WHEN draw('platform', order_id) < platforms[1] + platforms[2] + platforms[3] THEN 3
      WHEN draw('platform', order_id) < platforms[1] + platforms[2] + platforms[3] + platforms[4] THEN 4
      ELSE 5 END AS platform_no,
    -- Eight in a hundred go to another place than home: that of some other user.
    CASE WHEN draw('elsewhere', order_id) < 0.08 THEN 1 + dice(getvariable('users'), 'to', order_id) ELSE n.user_id END
      AS at_home_of,
    CASE
      WHEN touch_id IS NOT NULL THEN t.campaign_id
      WHEN draw('takes part', order_id) < 0.85 AND f.campaign_id IS NOT NULL THEN f.campaign_id
      WHEN i.campaign_id IS NOT NULL THEN i.campaign_id
      WHEN draw('takes part', order_id) < 0.5 AND member_day IS NOT NULL THEN member_day
      WHEN n.kind = 2 AND draw('takes part', order_id) < 0.4 THEN new_season
    END AS part_of
  FROM numbered n JOIN totals USING (order_id) LEFT JOIN issued i USING (order_id)
  LEFT JOIN touches t ON t.message_id = touch_id
  LEFT JOIN festival f ON f.day = ordered_at::DATE LEFT JOIN smaller s ON s.day = ordered_at::DATE
)
SELECT order_id, o.user_id, ordered_at, paid_at,
  CASE
    WHEN paid_at IS NULL THEN
      CASE WHEN ordered_at > getvariable('closing') - INTERVAL 1 DAY THEN '待付款' ELSE '已取消' END
    WHEN paid_at > getvariable('closing') - to_hours(4 + dice(30, 'ships', order_id)) THEN '已付款'
    WHEN paid_at > getvariable('closing') - to_hours(60 + dice(160, 'arrives', order_id)) THEN '已发货'
    ELSE '已完成' END,
  (['天猫', '京东', '拼多多', '抖音', '小程序'])[platform_no],
  u.province, u.city,
  CASE WHEN paid_at IS NOT NULL THEN
    CASE WHEN platform_no IN (1, 2) THEN (['支付宝', '支付宝', '支付宝', '花呗', '花呗', '银行卡'])
      [1 + dice(6, 'method', order_id)]
    WHEN platform_no = 5 THEN '微信支付'
    ELSE (['微信支付', '微信支付', '微信支付', '支付宝', '支付宝', '银行卡'])
      [1 + dice(6, 'method', order_id)] END END,
  yuan(discount), yuan(due),
  CASE WHEN paid_at IS NULL THEN 0 ELSE yuan(round(due * ([0.05, 0.06, 0.025, 0.055, 0.006])[platform_no])) END,
  CASE WHEN paid_at IS NULL THEN 0 ELSE yuan(320 + 60 * units
    + CASE WHEN u.province IN ('新疆', '西藏', '青海', '内蒙古', '海南') THEN 700 ELSE dice(180, 'freight', order_id) END) END,
  coupon_id, part_of
FROM shipped o JOIN customers u ON u.user_id = at_home_of
ORDER BY order_id;

INSERT INTO order_items
SELECT order_id, line_no, l.product_id, quantity, yuan(price_cents), yuan(discount), yuan(gross - discount), p.unit_cost
FROM paid_lines l JOIN products p ON p.product_id = l.product_id
ORDER BY order_id, line_no;
