-- The click-stream from `span_from` to before `span_to`, numbered on from `events_before`. Some months at a time, so that
-- putting them in order of time never needs much memory.
CREATE OR REPLACE TEMP TABLE stream AS
WITH came AS (
  SELECT *, 1 + (way > 0)::INTEGER AS prelude
  FROM sessions
  WHERE came_at >= getvariable('span_from') - INTERVAL 1 DAY AND came_at < getvariable('span_to') + INTERVAL 1 DAY
),
-- A session with a purchase: look at each line's product and perhaps one more, put them into the cart, order, pay.
buying AS (
  SELECT *, prelude + 2 * many + views AS ordering,
    unnest(range(prelude + 2 * many + views + CASE WHEN paid_at IS NULL THEN 1 ELSE 2 END)) AS step
  FROM came WHERE order_id IS NOT NULL
),
buying_steps AS (
  SELECT *,
    CASE WHEN step = 0 THEN 'visit' WHEN step < prelude THEN 'way' WHEN step < prelude + many + views THEN 'view'
      WHEN step < ordering THEN 'cart' WHEN step = ordering THEN 'order' ELSE 'pay' END::doing AS does,
    CASE WHEN step < prelude OR step >= ordering THEN 1 WHEN step < prelude + many THEN step - prelude + 1
      WHEN step >= prelude + many + views THEN step - prelude - many - views + 1 END AS line,
    CASE WHEN step < ordering
      THEN greatest(earliest, came_at - to_seconds((ordering - step) * pace - jitter(pace, session_id, step)))
      WHEN step = ordering THEN came_at ELSE paid_at END AS event_at,
    CASE WHEN step < ordering - 1 THEN pace - jitter(pace, session_id, step + 1) + jitter(pace, session_id, step)
      WHEN step = ordering - 1 THEN pace - jitter(pace, session_id, step)
      WHEN step = ordering AND paid_at IS NOT NULL THEN least(1800, date_diff('second', came_at, paid_at))
      ELSE 5 + dice(60, 'stays', session_id) END AS stay
  FROM buying
),
-- A session without: look, sometimes keep, share or put into the cart what was looked at first.
looking AS (
  SELECT *, prelude + views + favourites + shares + carts AS taken, unnest(range(taken)) AS step
  FROM came WHERE order_id IS NULL
),
looking_steps AS (
  SELECT *,
    CASE WHEN step = 0 THEN 'visit' WHEN step < prelude THEN 'way' WHEN step < prelude + views THEN 'view'
      WHEN step < prelude + views + favourites THEN 'favorite' WHEN step < prelude + views + favourites + shares THEN 'share'
      ELSE 'cart' END::doing AS does,
    CASE WHEN about_order IS NOT NULL AND (step <= prelude OR step >= prelude + views) THEN 1 END AS line,
    came_at + to_seconds(CASE step WHEN 0 THEN 0 ELSE step * pace + jitter(pace, session_id, step) END) AS event_at,
    CASE WHEN step = taken - 1 THEN 3 + dice(120, 'stays', session_id)
      ELSE pace + jitter(pace, session_id, step + 1) - CASE step WHEN 0 THEN 0 ELSE jitter(pace, session_id, step) END END AS stay
  FROM looking
),
both_kinds AS (
  SELECT session_id, user_id, order_id, spot, shelf_kind, stretch, way, device_os, source_channel, step, does, line,
    event_at, stay, prelude FROM buying_steps
  UNION ALL
  SELECT session_id, user_id, about_order, spot, shelf_kind, stretch, way, device_os, source_channel, step, does, line,
    event_at, stay, prelude FROM looking_steps
),
kept AS (
  SELECT *, date_trunc('week', event_at)::DATE AS week,
    -- What is kept, shared, searched for or put into the cart is what is looked at first.
    CASE WHEN does = 'view' THEN step ELSE prelude END AS look
  FROM both_kinds
  WHERE event_at >= getvariable('span_from') AND event_at < getvariable('span_to')
    AND NOT (event_at >= getvariable('gap_from') AND event_at < getvariable('gap_to'))
),
-- Only what these sessions and weeks can need.
lines AS (
  SELECT order_id, line_no, product_id FROM order_items
  WHERE order_id BETWEEN (SELECT min(least(order_id, about_order)) FROM came)
    AND (SELECT max(greatest(order_id, about_order)) FROM came)
),
places AS (
  FROM places_on_shelf WHERE week >= getvariable('span_from')::DATE - 7 AND week < getvariable('span_to')
)
SELECT session_id, user_id, event_at, does, way, device_os, source_channel, stay::INTEGER AS stay,
  coalesce(l.product_id, p.product_id) AS product_id
FROM kept k
LEFT JOIN lines l ON l.order_id = k.order_id AND l.line_no = k.line
LEFT JOIN stretches w ON k.line IS NULL AND w.kind = k.shelf_kind AND w.week = k.week AND w.category_no = k.stretch
LEFT JOIN places p ON p.kind = k.shelf_kind AND p.week = k.week AND p.place = w.first_place + floor(w.places
  * spot(draw('sees', k.session_id, k.look), k.spot, k.stretch))::BIGINT
ORDER BY event_at, session_id, step;

INSERT INTO events
SELECT getvariable('events_before') + rowid + 1, user_id, session_id, event_at,
  CASE does WHEN 'way' THEN CASE way WHEN 1 THEN 'search' ELSE 'view' END ELSE does END,
  CASE does WHEN 'way' THEN (['搜索结果', '新品频道', '活动页'])[way] WHEN 'order' THEN '结算页' WHEN 'pay' THEN '支付成功'
    WHEN 'visit' THEN '首页' WHEN 'cart' THEN CASE session_id % 3 WHEN 0 THEN '购物车' ELSE '商品详情' END ELSE '商品详情' END,
  CASE WHEN does NOT IN ('visit', 'way') THEN product_id END,
  CASE WHEN does = 'way' AND way = 1 THEN
    CASE dice(6, 'words', session_id) WHEN 0 THEN '平价' WHEN 2 THEN getvariable('brands')[product_id - 1000] ELSE '' END
    || getvariable('subcategories')[product_id - 1000] || CASE dice(6, 'words', session_id) WHEN 1 THEN '推荐' ELSE '' END END,
  source_channel, device_os, stay
FROM stream;
