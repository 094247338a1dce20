-- Messages with the orders that they led to, coupons, experiments, and ads.

-- A message led to the first order paid within three days of its click.
INSERT INTO messages
WITH paid AS (SELECT user_id, paid_at, order_id FROM numbered WHERE paid_at IS NOT NULL),
led AS (
  SELECT message_id, o.order_id
  FROM touches t ASOF JOIN paid o ON t.user_id = o.user_id AND t.clicked <= o.paid_at
  WHERE o.paid_at < t.clicked + INTERVAL 3 DAY
)
SELECT message_id, campaign_id, user_id, channel, sent_at, opened, clicked, unsubscribed, order_id
FROM touches LEFT JOIN led USING (message_id)
ORDER BY message_id;

INSERT INTO coupons
SELECT coupon_id, campaign_id, user_id, threshold, off, issued_at, expires_at, used_at
FROM issued
ORDER BY coupon_id;

INSERT INTO experiments SELECT experiment_id, name, start_date, end_date FROM trials ORDER BY experiment_id;

INSERT INTO experiment_users
SELECT experiment_id, user_id, variant, assigned_at FROM assignments ORDER BY experiment_id, user_id;

-- Ads. What a yuan brings falls as more is spent: revenue = first * ceiling * (1 - exp(-spend / ceiling)), where `first` is
-- what the first yuan brings and `ceiling` is told in plain days' spends.
CREATE TEMP TABLE ad_platforms AS
FROM (VALUES
  (1, '短视频广告', 6.5, 0.7, 0.9, 0.018, 150), (2, '搜索广告', 4.5, 4.0, 1.8, 0.042, 190),
  (3, '信息流广告', 3.6, 1.2, 1.1, 0.013, 130), (4, '种草社区', 5.4, 2.0, 1.3, 0.024, 170)
) AS a(platform_no, ad_platform, first, ceiling, click_price, click_rate, user_price);

INSERT INTO ads_daily
WITH worths AS (
  -- What a product should bring in a day: a user is worth about one and a half yuan a day.
  SELECT product_id, role, list_cents / 100 AS price, 1.5 * getvariable('users') * weight / sum(weight) OVER () AS worth
  FROM (SELECT *, round(share * popularity * list_cents)::BIGINT AS weight FROM assortment)
),
spends AS (
  SELECT day, product_id, role, price, a.*, platform_no * 10000 + product_id AS ad, day - DATE '2000-01-01' AS n,
    worth * CASE role WHEN 'loser' THEN 0.3 ELSE 0.05 END / 4 AS plain_spend,
    -- Budgets are set by the week and swing widely.
    lift * exp(0.75 * bell('budget', ad, week - DATE '2000-01-03')) * (0.8 + 0.4 * draw('ad day', ad, n)) AS times
  FROM days, ad_platforms a, worths
  WHERE day >= getvariable('opening') AND role IN ('advertised', 'loser')
),
answered AS (
  SELECT *, round(100 * plain_spend * times)::BIGINT AS spend_cents,
    plain_spend * first * ceiling * (1 - exp(-times / ceiling)) * (0.85 + 0.3 * draw('answer', ad, n))
      * CASE role WHEN 'loser' THEN 0.6 ELSE 1 END AS worth
  FROM spends
),
counted AS (
  SELECT *, about(spend_cents / 100 / click_price, 'clicks', ad, n) AS clicks,
    least(clicks, about(worth / (0.88 * price), 'sold', ad, n)) AS sold
  FROM answered
)
SELECT day, ad_platform, product_id, clicks + about(spend_cents / 100 / click_price / click_rate, 'impressions', ad, n),
  clicks, yuan(spend_cents), least(clicks, about(spend_cents / 100 / user_price, 'new users', ad, n)), sold,
  yuan(round(88 * price * sold))
FROM counted
ORDER BY ALL;
