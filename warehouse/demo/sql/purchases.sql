-- When people buy and when they only look, before any campaign or experiment had its effect.

-- Purchases by the customer's own clock. The first comes at registration or some weeks later; the gaps between further ones
-- are exponential with the customer's rate, and after each of them the customer leaves with the customer's own chance.
CREATE TEMP TABLE base_purchases AS
WITH lives AS (
  SELECT c.user_id, c.kind, c.rate, c.start, s.closing, s.opening,
    (CASE WHEN draw('at once', user_id) < 0.55 THEN 900 + 20000 * draw('minutes', user_id)
     ELSE 7 * 86400 * 6.5 * waiting('first', user_id) + 900 END)::BIGINT AS first_wait,
    greatest(1, least(1e6, ceil(ln(1 - draw('leaves', user_id)) / ln(1 - dropout))))::BIGINT AS leaves_after,
    rate * (s.closing - c.start) / (7 * 86400) AS expected
  FROM customers c JOIN spans s USING (kind)
  WHERE buys
),
numbered AS (
  SELECT *, unnest(range(1 + least(leaves_after, ceil(expected + 6 * sqrt(expected) + 6)::BIGINT))) AS n FROM lives
),
gaps AS (
  SELECT user_id, kind, start, opening, closing, leaves_after, n,
    -- Some hardly ever buy: thirty years are as good as never, and can be summed.
    CASE n WHEN 0 THEN first_wait ELSE ceil(least(1e9, 7 * 86400 * waiting('gap', user_id, n) / rate))::BIGINT END AS gap
  FROM numbered
),
points AS (
  SELECT *, start + (sum(gap) OVER (PARTITION BY user_id ORDER BY n))::BIGINT AS point FROM gaps
)
SELECT user_id, kind, n, n = leaves_after AS last_ever, point, opening, closing FROM points WHERE point < closing;

-- How long people keep coming: until their last purchase if that drove them away, else to the end.
CREATE TEMP TABLE lifetimes AS
SELECT c.user_id, c.kind, greatest(c.start, s.opening) AS since,
  coalesce(max(b.point) FILTER (WHERE last_ever), s.closing) AS until, s.closing, c.rate
FROM customers c JOIN spans s USING (kind) LEFT JOIN base_purchases b USING (user_id)
GROUP BY c.user_id, c.kind, c.start, s.opening, s.closing, c.rate;

-- A point of the clock on the calendar.
CREATE TEMP MACRO moment(day, point, opened, width) AS (day + to_seconds(second_of((point - opened) / width)))::TIMESTAMP;

CREATE TEMP TABLE purchases AS
WITH dated AS (
  SELECT user_id, b.kind, n, moment(c.day, point, c.opened, c.width) AS ordered_at
  FROM base_purchases b ASOF JOIN clocks c ON b.kind = c.kind AND b.point >= c.opened
  WHERE point >= opening
),
bought AS (
  SELECT user_id, kind, n, greatest(ordered_at, registered_at + INTERVAL 3 MINUTE) AS ordered_at,
    -- Most pay within minutes, a few think it over.
    (8 + 100 * waiting('pays in', user_id, n)
      + CASE WHEN draw('hesitates', user_id, n) < 0.05 THEN 12000 * draw('for', user_id, n) ELSE 0 END)::BIGINT AS wait,
    draw('pays', user_id, n) < 0.93 AS willing
  FROM dated JOIN customers USING (user_id, kind)
)
SELECT user_id, kind, n, ordered_at,
  CASE WHEN willing AND ordered_at + to_seconds(wait) < getvariable('closing')
    -- Nobody could pay in the outage.
    AND (ordered_at + to_seconds(wait) NOT BETWEEN getvariable('outage_from') AND getvariable('outage_to'))
    AND (ordered_at NOT BETWEEN getvariable('outage_from') AND getvariable('outage_to'))
    THEN ordered_at + to_seconds(wait) END AS paid_at,
  NULL::BIGINT AS touch_id, false AS in_experiment
FROM bought
-- A session leads up to its order: what was ordered in the first hour would lack its beginning.
WHERE ordered_at >= getvariable('opening') + INTERVAL 1 HOUR AND ordered_at < getvariable('closing');

-- Visits without a purchase: at registration, now and then, and before a purchase to look at what is then bought.
-- They are thickest at the beginning; those who left still look in, seldom.
CREATE TEMP TABLE visits AS
WITH looks AS (
  SELECT user_id, kind, since, until, closing,
    about(greatest(0, (0.08 + 0.40 * sqrt(rate)) * (until - since) / (7 * 86400)), 'looks', user_id) AS often,
    about(0.02 * (closing - greatest(until, since)) / (7 * 86400), 'looks late', user_id) AS late
  FROM lifetimes
),
numbered AS (SELECT *, unnest(range(often + late)) AS n FROM looks),
points AS (
  SELECT user_id, kind, n,
    CASE WHEN n < often THEN since + floor((until - since) * pow(draw('look', user_id, n), 1.15))::BIGINT
    ELSE greatest(until, since) + floor((closing - greatest(until, since)) * draw('look', user_id, n))::BIGINT END AS point
  FROM numbered
),
all_visits AS (
  SELECT user_id, p.kind, n, moment(c.day, point, c.opened, c.width) AS started_at, NULL::BIGINT AS before_n
  FROM points p ASOF JOIN clocks c ON p.kind = c.kind AND p.point >= c.opened
  UNION ALL
  SELECT user_id, kind, 100000, registered_at, NULL FROM customers WHERE registered_at >= getvariable('opening')
  UNION ALL
  SELECT user_id, kind, 200000 + n,
    date_trunc('second', ordered_at - to_seconds(1800 + 100000 * waiting('research', user_id, n))), n
  FROM purchases WHERE draw('researches', user_id, n) < 0.45
)
SELECT v.user_id, v.kind, v.n, v.started_at, v.before_n
FROM all_visits v JOIN customers c USING (user_id)
WHERE v.started_at >= greatest(c.registered_at, getvariable('opening')::TIMESTAMP);
