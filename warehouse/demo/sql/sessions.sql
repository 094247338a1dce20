-- Sessions: one for each purchase, one for each visit without.
CREATE TEMP TYPE device AS ENUM ('iOS', 'Android', '鸿蒙', 'PC');
CREATE TEMP TYPE doing AS ENUM ('visit', 'way', 'view', 'favorite', 'share', 'cart', 'order', 'pay');
CREATE TEMP TYPE channel AS ENUM ('自然流量', '搜索广告', '信息流广告', '直播', '社群裂变', '达人合作', '站内推送');

CREATE TEMP TABLE arrivals AS
WITH both_kinds AS (
  SELECT user_id, n, ordered_at AS came_at, order_id, NULL::BIGINT AS about_order, false AS touched, paid_at, many, newest
  FROM numbered JOIN totals USING (order_id)
  UNION ALL
  -- Nobody looks at what is not out yet.
  SELECT v.user_id, v.n, started_at, NULL, CASE WHEN started_at >= newest THEN o.order_id END,
    v.n BETWEEN 300000 AND 399999, NULL, 0, NULL
  FROM visits v
  LEFT JOIN numbered o ON o.user_id = v.user_id AND o.n = v.before_n
  LEFT JOIN totals t ON t.order_id = o.order_id
),
placed AS (SELECT row_number() OVER (ORDER BY came_at, user_id, n) AS session_id, * FROM both_kinds)
-- Three in ten of those who only look leave at once.
SELECT *, order_id IS NULL AND about_order IS NULL AND draw('bounces', session_id) < 0.3 AS bounced FROM placed;

-- How a session gets to a product: none of these, search, the page of new products, a campaign's page. `usual` is the share of
-- the sessions that do not bounce, `sells` how much better than search it sells; the page of new products sells 40% better.
CREATE TEMP TABLE ways AS
FROM (VALUES (0, 38, 75), (1, 32, 100), (2, 14, 140), (3, 16, 110)) AS w(way, usual, sells);

-- Of purchases the part `usual * sells`, of visits what is then left, so that the usual shares and the ratios come out for all.
CREATE TEMP TABLE ways_taken AS
WITH rate AS (
  SELECT count(order_id) / count(*) / (SELECT sum(usual * sells) / 10000 FROM ways) AS buys FROM arrivals WHERE NOT bounced
),
parts AS (
  SELECT true AS buying, way, usual * sells AS part FROM ways
  UNION ALL
  SELECT false, way, round(100 * usual * (1 - least(0.7, buys) * sells / 100))::BIGINT FROM ways, rate
)
SELECT buying, sum(part) FILTER (WHERE way < 1) / sum(part) AS search_from,
  sum(part) FILTER (WHERE way < 2) / sum(part) AS new_from, sum(part) FILTER (WHERE way < 3) / sum(part) AS campaign_from
FROM parts GROUP BY buying;

CREATE TEMP TABLE sessions AS
WITH drawn AS (
  SELECT a.*, u.kind, u.favourite, u.spot, u.registered_at, u.device_os AS own_device, k.narrow,
    CASE WHEN bounced OR draw('way', session_id) < search_from THEN 0 WHEN draw('way', session_id) < new_from THEN 1
      WHEN draw('way', session_id) < campaign_from THEN 2 ELSE 3 END::TINYINT AS way
  FROM arrivals a JOIN customers u USING (user_id) JOIN kinds k ON k.kind = u.kind
  JOIN ways_taken ON buying = (order_id IS NOT NULL)
)
SELECT session_id, user_id, came_at, order_id, about_order, paid_at, many, spot,
  -- Before this nothing of the session can have happened: the user was not there, or the product was not out.
  greatest(registered_at, newest::TIMESTAMP) AS earliest,
  CASE way WHEN 2 THEN 2 ELSE kind END::TINYINT AS shelf_kind,
  CASE WHEN draw('stays here', session_id) < narrow THEN favourite ELSE 0 END::TINYINT AS stretch,
  way,
  (12 + dice(50, 'pace', session_id))::SMALLINT AS pace,
  CASE WHEN bounced THEN 0 WHEN order_id IS NOT NULL THEN (draw('views', session_id) < 0.4)::INTEGER
    ELSE 1 + dice(3, 'views', session_id) * (draw('more views', session_id) < 0.6)::INTEGER END::TINYINT AS views,
  (NOT bounced AND draw('favourites', session_id) < 0.13)::TINYINT AS favourites,
  (NOT bounced AND draw('shares', session_id) < 0.06)::TINYINT AS shares,
  (NOT bounced AND draw('carts', session_id) < CASE WHEN about_order IS NULL THEN 0.16 ELSE 0.45 END)::TINYINT AS carts,
  (CASE WHEN draw('this device', session_id) < 0.88 THEN own_device
    ELSE (['iOS', 'Android', '鸿蒙', 'PC'])[1 + dice(4, 'other device', session_id)] END)::device AS device_os,
  (CASE WHEN touched THEN '站内推送' ELSE
    (['自然流量', '自然流量', '自然流量', '自然流量', '搜索广告', '搜索广告', '信息流广告', '信息流广告', '直播', '社群裂变', '达人合作',
      '站内推送'])[1 + dice(12, 'source', session_id)] END)::channel AS source_channel
FROM drawn;

-- Some seconds less than the pace, by one cheap hash, as it is needed for every event.
CREATE TEMP MACRO jitter(pace, session_id, step) AS (hash(session_id, step) % pace::UBIGINT)::BIGINT;

-- What is searched for: the words of the catalogue, by product.
SET VARIABLE subcategories = (SELECT list(subcategory ORDER BY product_id) FROM assortment);
SET VARIABLE brands = (SELECT list(brand ORDER BY product_id) FROM assortment);
