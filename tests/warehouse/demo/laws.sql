-- What must not be: each query gives the rows that break the law named above it.

---- References that the schema leaves undeclared

-- an event's user
FROM events ANTI JOIN users USING (user_id);

-- an event's product
FROM events ANTI JOIN products USING (product_id) WHERE product_id IS NOT NULL;

-- an order's coupon
FROM orders ANTI JOIN coupons USING (coupon_id, user_id) WHERE coupon_id IS NOT NULL;

-- a refund's line
FROM refunds ANTI JOIN order_items USING (order_id, line_no, product_id);

-- a refund's user
FROM refunds ANTI JOIN orders USING (order_id, user_id);

-- a message's order
FROM messages ANTI JOIN orders USING (order_id, user_id) WHERE order_id IS NOT NULL;

-- a review's line
FROM reviews ANTI JOIN order_items USING (order_id, product_id);

-- a review's user
FROM reviews ANTI JOIN orders USING (order_id, user_id);

---- References that it declares, checked apart from the engine's word

-- an order's user
FROM orders ANTI JOIN users USING (user_id);

-- an order's campaign
FROM orders ANTI JOIN campaigns USING (campaign_id) WHERE campaign_id IS NOT NULL;

-- an order without lines
FROM orders ANTI JOIN order_items USING (order_id);

-- a line's order
FROM order_items ANTI JOIN orders USING (order_id);

-- a line's product
FROM order_items ANTI JOIN products USING (product_id);

-- a message's user and campaign
FROM messages m WHERE m.user_id NOT IN (SELECT user_id
FROM users) OR m.campaign_id NOT IN (SELECT campaign_id FROM campaigns);

-- a coupon's user and campaign
FROM coupons c WHERE c.user_id NOT IN (SELECT user_id
FROM users) OR c.campaign_id NOT IN (SELECT campaign_id FROM campaigns);

-- an ad's product
FROM ads_daily ANTI JOIN products USING (product_id);

-- a snapshot's product
FROM inventory ANTI JOIN products USING (product_id);

-- a participant's experiment
FROM experiment_users ANTI JOIN experiments USING (experiment_id);

-- a participant's user
FROM experiment_users ANTI JOIN users USING (user_id);

---- Equations

-- a line's amount
FROM order_items WHERE line_amount <> quantity * unit_price - discount_amount;

-- a line's signs
FROM order_items WHERE quantity < 1 OR unit_price <= 0 OR discount_amount < 0 OR line_amount < 0;

-- an order's amounts
FROM orders JOIN (SELECT order_id, sum(line_amount) AS amount, sum(discount_amount) AS off
FROM order_items GROUP BY order_id) USING (order_id)
WHERE pay_amount <> amount OR discount_amount <> off;

-- line numbers from 1 on
FROM (SELECT order_id, min(line_no) AS low, max(line_no) AS high, count(*) AS n FROM order_items
GROUP BY order_id) WHERE low <> 1 OR high <> n;

-- one line a product
FROM (SELECT count(*) AS n FROM order_items GROUP BY order_id, product_id) WHERE n > 1;

-- costs of unpaid orders
FROM orders WHERE paid_at IS NULL AND (platform_fee <> 0 OR logistics_cost <> 0);

-- costs of paid orders
FROM orders WHERE paid_at IS NOT NULL AND (platform_fee <= 0 OR logistics_cost <= 0);

-- the way of payment
FROM orders WHERE (paid_at IS NULL) <> (pay_method IS NULL);

-- status and payment
FROM orders WHERE (paid_at IS NULL) <> (status IN ('待付款', '已取消'));

-- a line's cost
FROM order_items i JOIN products p USING (product_id) WHERE i.unit_cost <> p.unit_cost;

-- no more given back than bought
FROM refunds r JOIN order_items i USING (order_id, line_no)
WHERE r.quantity > i.quantity OR r.quantity < 1 OR r.refund_amount > i.line_amount OR r.refund_amount < 0;

-- one refund a line
FROM (SELECT count(*) AS n FROM refunds GROUP BY order_id, line_no) WHERE n > 1;

-- a used coupon's order
FROM coupons LEFT JOIN orders USING (coupon_id)
WHERE (used_at IS NULL) <> (order_id IS NULL) OR used_at <> ordered_at OR paid_at IS NULL AND order_id IS NOT
  NULL;

-- a coupon used once
FROM (SELECT count(*) AS n FROM orders WHERE coupon_id IS NOT NULL GROUP BY coupon_id) WHERE n > 1;

-- a coupon's threshold
FROM orders o JOIN coupons c USING (coupon_id)
WHERE pay_amount + c.discount_amount < threshold_amount OR o.discount_amount < c.discount_amount;

-- an order in its campaign's days
FROM orders JOIN campaigns USING (campaign_id)
WHERE ordered_at < start_date OR ordered_at >= end_date + INTERVAL 1 DAY;

-- a coupon campaign ends when its coupons expire
FROM coupons JOIN campaigns USING (campaign_id)
WHERE campaign_type = '优惠券' AND expires_at <> end_date + INTERVAL 1 DAY - INTERVAL 1 SECOND;

-- ads' counts
FROM ads_daily
WHERE clicks > impressions OR orders > clicks OR new_users > clicks OR spend < 0 OR (orders = 0) <> (revenue =
  0);

-- stock below nothing
FROM inventory WHERE on_hand < 0 OR in_transit < 0;

---- Orders of times

-- registered before anything
FROM users u JOIN (SELECT user_id, min(event_at) AS first FROM events
GROUP BY user_id) USING (user_id) WHERE first < registered_at;

-- ordered after registering
FROM orders JOIN users USING (user_id) WHERE ordered_at <= registered_at;

-- visited before ordering
FROM (SELECT arg_min(event_at, event_id) FILTER (WHERE event_type = 'order') AS ordered,
  min(event_id) FILTER (WHERE event_type = 'order') AS n,
  min(event_id) FILTER (WHERE event_type NOT IN ('order', 'pay')) AS earlier FROM events GROUP BY session_id)
WHERE n < coalesce(earlier, n + 1) AND NOT (ordered >= gap_to() AND ordered < gap_to() + INTERVAL 1 HOUR);

-- no order in the first hour, so that no session lacks its beginning
FROM orders WHERE ordered_at < getvariable('as_of') + 1 - INTERVAL 26 MONTH + INTERVAL 1 HOUR;

-- paid after ordering
FROM orders WHERE paid_at <= ordered_at;

-- refunded after paying
FROM refunds JOIN orders USING (order_id) WHERE paid_at IS NULL OR refunded_at <= paid_at;

-- reviewed after paying
FROM reviews JOIN orders USING (order_id) WHERE paid_at IS NULL OR reviewed_at <= paid_at;

-- a message's times
FROM messages
WHERE opened_at < sent_at OR clicked_at < opened_at OR unsubscribed_at < opened_at OR opened_at IS NULL AND
  (clicked_at IS NOT NULL OR unsubscribed_at IS NOT NULL) OR clicked_at IS NULL AND order_id IS NOT NULL;

-- a message's order after its click
FROM messages JOIN orders USING (order_id) WHERE paid_at IS NULL OR paid_at < clicked_at;

-- written to after registering
FROM messages JOIN users USING (user_id) WHERE sent_at < registered_at;

-- left alone after unsubscribing
FROM messages m JOIN messages n USING (user_id) WHERE n.sent_at > m.unsubscribed_at;

-- sent in the campaign
FROM messages JOIN campaigns USING (campaign_id)
WHERE sent_at < start_date OR sent_at >= end_date + INTERVAL 1 DAY;

-- a coupon's times
FROM coupons WHERE expires_at <= issued_at OR used_at < issued_at OR used_at > expires_at;

-- a coupon after registering
FROM coupons JOIN users USING (user_id) WHERE issued_at < registered_at;

-- assigned while it ran
FROM experiment_users JOIN experiments USING (experiment_id) JOIN users USING (user_id)
WHERE assigned_at < start_date OR assigned_at >= end_date + INTERVAL 1 DAY OR assigned_at < registered_at;

-- sold before the launch
FROM (SELECT product_id, min(ordered_at) AS first FROM orders JOIN order_items USING (order_id) GROUP BY product_id)
JOIN products USING (product_id) WHERE first < launched_on;

-- seen before the launch
FROM events JOIN products USING (product_id) WHERE event_at < launched_on;

-- stocked before the launch
FROM inventory JOIN products USING (product_id) WHERE snapshot_date < launched_on;

-- unpaid orders wait for a day, then are cancelled
FROM orders
WHERE paid_at IS NULL AND (status = '待付款') <> (ordered_at > getvariable('as_of'));

-- from 16 to 65 years old when registering
FROM users WHERE birth_date + INTERVAL 16 YEAR > registered_at OR birth_date + INTERVAL 66 YEAR < registered_at;

---- The click-stream

-- events in order of time
FROM (SELECT event_at, lag(event_at) OVER (ORDER BY event_id) AS before FROM events)
WHERE event_at < before;

-- events numbered as stored
FROM (SELECT event_id, rowid AS place FROM events) WHERE event_id <> place + 1;

-- one user a session
FROM (SELECT count(DISTINCT user_id) AS n FROM events GROUP BY session_id) WHERE n > 1;

-- a visit begins a session
FROM (SELECT arg_min(event_type, event_id) AS first, min(event_at) AS began, any_value(user_id) AS user_id,
  count(*) FILTER (WHERE event_type = 'visit') AS visits
FROM events GROUP BY session_id) s
WHERE visits > 1 OR first <> 'visit' AND NOT (began >= gap_to() AND began < gap_to() + INTERVAL 1 HOUR)
  AND NOT (first = 'pay' AND EXISTS (FROM orders o WHERE o.user_id = s.user_id AND paid_at = began
    AND ordered_at >= gap_from() AND ordered_at < gap_to()));

-- an order's event
FROM (SELECT user_id, ordered_at FROM orders
WHERE NOT (ordered_at >= gap_from() AND ordered_at < gap_to()) EXCEPT ALL SELECT user_id, event_at
FROM events WHERE event_type = 'order');

-- an event's order
FROM (SELECT user_id, event_at FROM events WHERE event_type = 'order' EXCEPT ALL
SELECT user_id, ordered_at FROM orders);

-- a payment's event
FROM (SELECT user_id, paid_at FROM orders
WHERE paid_at IS NOT NULL AND NOT (paid_at >= gap_from() AND paid_at < gap_to()) EXCEPT ALL
SELECT user_id, event_at FROM events WHERE event_type = 'pay');

-- an event's payment
FROM (SELECT user_id, event_at FROM events WHERE event_type = 'pay' EXCEPT ALL
SELECT user_id, paid_at FROM orders);

-- pages and what is done there
FROM events
WHERE page NOT IN (CASE event_type WHEN 'visit' THEN '首页' WHEN 'search' THEN '搜索结果' WHEN 'order' THEN '结算页' WHEN
  'pay' THEN '支付成功' ELSE '商品详情' END, CASE event_type WHEN 'cart' THEN '购物车' WHEN 'view' THEN '新品频道' ELSE '' END,
  CASE event_type WHEN 'view' THEN '活动页' ELSE '' END);

-- keywords of searches
FROM events WHERE (event_type = 'search') <> (search_keyword IS NOT NULL);

-- products of a product's page
FROM events
WHERE (page = '商品详情' OR event_type IN ('cart', 'order', 'pay')) <> (product_id IS NOT NULL);

-- time spent
FROM events WHERE stay_seconds NOT BETWEEN 1 AND 1800;

---- People and places

-- phones of nobody
FROM users WHERE NOT regexp_full_match(phone, '154[0-9]{8}');

-- phones given twice
FROM (SELECT count(*) AS n FROM users GROUP BY phone) WHERE n > 1;

-- a city in two provinces
FROM (SELECT count(DISTINCT (province, city_tier)) AS n FROM users GROUP BY city) WHERE n > 1;

-- a place nobody lives in
FROM orders ANTI JOIN users USING (province, city);
