-- What is in each order, and what it costs.
CREATE TEMP TABLE numbered AS
SELECT row_number() OVER (ORDER BY ordered_at, user_id, n) AS order_id, p.* EXCLUDE (kind), k.*,
  date_trunc('week', ordered_at)::DATE AS week,
  u.favourite, u.spot, u.province AS home_province, u.city AS home_city, u.registered_at
FROM purchases p JOIN customers u USING (user_id) JOIN kinds k ON k.kind = u.kind;

CREATE TEMP TABLE order_lines AS
WITH draws AS (
  SELECT order_id, user_id, kind, week, spot, pieces, unnest(range(1 + least(7,
      floor(ln(1 - draw('lines', order_id)) / ln(lines / (1 + lines)))::BIGINT))) AS line,
    narrow, favourite
  FROM numbered
),
spots AS (
  SELECT d.*, CASE WHEN draw('stays', order_id, line) < narrow THEN favourite ELSE 0 END AS stretch FROM draws d
),
points AS (
  SELECT order_id, p.kind, p.week,
    low + floor((high - low) * spot(draw('takes', order_id, line), spot, stretch))::BIGINT AS point
  FROM spots p JOIN stretches s ON s.kind = p.kind AND s.week = p.week AND s.category_no = p.stretch
),
picks AS (
  SELECT order_id, p.kind, p.week, s.product_id
  FROM points p ASOF JOIN shelf s ON p.kind = s.kind AND p.week = s.week AND p.point >= s.low
),
baskets AS (
  SELECT order_id, week, product_id FROM picks
  UNION
  SELECT order_id, week, companion FROM picks JOIN pairs USING (product_id)
  WHERE draw('together', order_id) < chance AND (pairs.kind IS NULL OR pairs.kind = picks.kind)
)
SELECT order_id, row_number() OVER (PARTITION BY order_id ORDER BY product_id)::INTEGER AS line_no, product_id, price_cents,
  (1 + (draw('pieces', order_id, product_id) < pieces)::INTEGER
    + (draw('pieces', order_id, product_id) < 0.3 * pieces)::INTEGER) AS quantity
FROM baskets JOIN prices USING (product_id, week) JOIN numbered USING (order_id);

-- Promotions take a part off the lines: nearly always in a festival, else for those who wait for them.
CREATE TEMP TABLE priced_lines AS
WITH promoted AS (
  SELECT order_id,
    CASE WHEN draw('promoted', order_id) < CASE WHEN lift > 1 THEN 0.9 WHEN kind = 1 THEN 0.8 ELSE 0.2 END
      THEN round(100 * promotion * (0.7 + 0.6 * draw('part off', order_id)))::BIGINT ELSE 0 END AS percent
  FROM numbered JOIN days ON day = ordered_at::DATE
)
SELECT l.*, quantity * price_cents AS gross, quantity * price_cents * percent // 100 AS promotion
FROM order_lines l JOIN promoted USING (order_id);

-- The campaign whose coupons can be used on a day.
CREATE TEMP TABLE coupon_days AS
SELECT d.day, min_by(campaign_id, CASE campaign_type WHEN '大促' THEN 0 ELSE 1 END) AS campaign_id
FROM days d JOIN campaigns c ON campaign_type IN ('大促', '优惠券') AND d.day BETWEEN start_date AND end_date
WHERE d.day >= getvariable('opening')
GROUP BY d.day;

-- Coupons that orders used: for half of the recalled, and by each kind's habit.
CREATE TEMP TABLE redeemed AS
WITH due AS (SELECT order_id, sum(gross - promotion)::BIGINT AS due FROM priced_lines GROUP BY order_id),
fitting AS (
  SELECT order_id, n.user_id, ordered_at, registered_at,
    CASE WHEN touch_id IS NULL THEN d.campaign_id ELSE t.campaign_id END AS campaign_id,
    CASE WHEN due >= 50000 AND draw('biggest', order_id) < 0.6 THEN 500
      WHEN due >= 30000 AND draw('biggest', order_id) < 0.9 THEN 300 WHEN due >= 20000 THEN 200 WHEN due >= 10000 THEN 100
      END AS threshold
  FROM numbered n JOIN due USING (order_id)
  LEFT JOIN coupon_days d ON d.day = ordered_at::DATE
  LEFT JOIN touches t ON t.message_id = touch_id
  WHERE paid_at IS NOT NULL AND draw('coupon', order_id) < CASE WHEN touch_id IS NULL THEN 0.6 * coupons ELSE 0.5 END
)
SELECT order_id, user_id, f.campaign_id, threshold, ordered_at AS used_at,
  -- Taken some hours before, while the campaign ran.
  greatest(c.start_date::TIMESTAMP, registered_at, least(c.end_date + INTERVAL 20 HOUR,
    date_trunc('second', ordered_at - to_seconds(60 + 50000 * waiting('taken', order_id))))) AS issued_at,
  c.start_date + INTERVAL 24 DAY - INTERVAL 1 SECOND AS expires_at
FROM fitting f JOIN campaigns c ON c.campaign_id = f.campaign_id
WHERE threshold IS NOT NULL AND registered_at <= c.end_date + INTERVAL 20 HOUR;

CREATE TEMP TABLE issued AS
WITH unused AS (
  SELECT user_id, campaign_id,
    ([100, 200, 300, 300, 500])[1 + dice(5, 'threshold', user_id, campaign_id)] AS threshold,
    greatest(start_date, getvariable('opening')) + to_seconds(dice(3 * 86400, 'taken', user_id, campaign_id)) AS issued_at,
    start_date + INTERVAL 24 DAY - INTERVAL 1 SECOND AS expires_at
  FROM campaigns c JOIN (VALUES ('优惠券', 0.06), ('大促', 0.10), ('召回', 0.03)) AS r(campaign_type, reach) USING (campaign_type),
    customers
  WHERE draw('has coupon', user_id, campaign_id) < reach AND registered_at < start_date
)
SELECT row_number() OVER (ORDER BY issued_at, user_id, campaign_id, order_id) AS coupon_id, *,
  CASE threshold WHEN 100 THEN 10 WHEN 200 THEN 30 WHEN 300 THEN 50 ELSE 100 END AS off
FROM (
  SELECT order_id, user_id, campaign_id, threshold, issued_at, expires_at, used_at FROM redeemed
  UNION ALL
  SELECT NULL, user_id, campaign_id, threshold, issued_at, expires_at, NULL FROM unused
  WHERE issued_at < least(getvariable('closing'), expires_at)
);

-- The coupon's amount is shared over the lines by what they cost; each line gets the rounded sum so far less what the lines
-- before got, so that the parts add up to the cent.
CREATE TEMP TABLE paid_lines AS
WITH running AS (
  SELECT l.*, coalesce(100 * off, 0) AS off_cents, gross - promotion AS due,
    sum(gross - promotion) OVER (PARTITION BY order_id ORDER BY line_no) AS so_far,
    sum(gross - promotion) OVER (PARTITION BY order_id) AS total
  FROM priced_lines l LEFT JOIN issued USING (order_id)
)
SELECT order_id, line_no, product_id, quantity, price_cents, gross,
  (promotion + off_cents * so_far // total - off_cents * (so_far - due) // total)::BIGINT AS discount
FROM running;
