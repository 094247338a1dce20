-- The days, and the clocks by which people register, buy and browse.

-- Festivals: a ramp, with a peak on the day that gives the name. `lift` multiplies a plain day.
CREATE TEMP TABLE festivals AS
WITH years AS (SELECT unnest(range(year(getvariable('founding')), year(getvariable('as_of')) + 1)) AS y)
SELECT y || '年' || name AS festival, name, first_day, last_day, peak_day, ramp, peak
FROM years,
LATERAL (VALUES
  ('年货节', make_date(y, 1, 10), make_date(y, 1, 25), make_date(y, 1, 18), 1.35, 1.7),
  ('618大促', make_date(y, 6, 1), make_date(y, 6, 20), make_date(y, 6, 18), 1.4, 2.6),
  ('双11', make_date(y, 10, 31), make_date(y, 11, 11), make_date(y, 11, 11), 1.6, 3.2),
  ('双12', make_date(y, 12, 1), make_date(y, 12, 12), make_date(y, 12, 12), 1.25, 2.0)
) AS f(name, first_day, last_day, peak_day, ramp, peak);

CREATE TEMP TABLE days AS
SELECT
  d::DATE AS day,
  date_trunc('week', d)::DATE AS week,
  -- Mondays are slow, weekends busy; the months around the Spring Festival and in high summer are quiet.
  ([0.92, 0.94, 0.96, 0.98, 1.03, 1.12, 1.10])[isodow(d)]
  * ([1.00, 0.86, 0.98, 0.98, 1.02, 1.02, 0.92, 0.90, 1.02, 1.06, 1.12, 1.06])[month(d)]
  * CASE day(d) WHEN 10 THEN 1.18 WHEN 11 THEN 1.08 WHEN 15 THEN 1.22 WHEN 16 THEN 1.08 WHEN 25 THEN 1.12 ELSE 1 END
    AS plain,
  coalesce(max(CASE WHEN d = f.peak_day THEN peak ELSE ramp END), 1) AS lift
FROM generate_series(getvariable('founding'), getvariable('as_of'), INTERVAL 1 DAY) AS t(d)
LEFT JOIN festivals f ON d BETWEEN f.first_day AND f.last_day
GROUP BY d;

-- How the five kinds differ. `lines`: how many different products an order has beyond the first, on average; `pieces`:
-- the chance of more than one of each; `promotion`: the part off in a promotion; `coupons`: the chance to use one that fits;
-- `narrow`: how often they stay in their favourite category; `new_pull`: how much rather they take a new product;
-- `cheap_pull`: how strongly they go for low prices; then the platforms that they buy on.
CREATE TEMP TABLE kinds AS
FROM (VALUES
  (1, 'price',   1.1, 0.25, 0.45, 0.22, 0.85, 0.35, 1.0, 0.9,  [0.08, 0.06, 0.74, 0.08, 0.04]),
  (2, 'novelty', 0.6, 0.50, 0.05, 0.07, 0.15, 0.40, 9.0, -0.1, [0.08, 0.05, 0.04, 0.76, 0.07]),
  (3, 'loyalty', 0.3, 0.35, 0.10, 0.05, 0.20, 0.90, 0.6, 0.0,  [0.09, 0.07, 0.03, 0.05, 0.76]),
  (4, 'season',  4.0, 1.70, 0.25, 0.12, 0.45, 0.20, 0.8, 0.1,  [0.78, 0.07, 0.05, 0.06, 0.04]),
  (5, 'lapse',   0.8, 0.15, 0.05, 0.07, 0.25, 0.55, 1.0, -0.5, [0.08, 0.76, 0.05, 0.07, 0.04])
) AS k(kind, name, festival, lines, pieces, promotion, coupons, narrow, new_pull, cheap_pull, platforms);

-- A clock for each kind, and clock 0 for registrations. It runs faster on busy days: events that come evenly by the clock
-- come in seasons by the calendar. A week of the clock is a calendar week on average.
CREATE TEMP TABLE clocks AS
WITH speeds AS (
  SELECT kind, day, round(1e6 * plain * greatest(0.2, 1 + festival * (lift - 1)))::BIGINT AS speed FROM days, kinds
  UNION ALL
  SELECT 0, day, round(1e6 * plain * (1 + 0.6 * (lift - 1)) * exp(0.25 / 365 * (day - getvariable('founding'))))::BIGINT
  FROM days
),
widths AS (
  SELECT kind, day, (86400 * speed * count(*) OVER k // sum(speed) OVER k)::BIGINT AS width
  FROM speeds WINDOW k AS (PARTITION BY kind)
)
SELECT kind, day, width, (sum(width) OVER (PARTITION BY kind ORDER BY day) - width)::BIGINT AS opened
FROM widths;

CREATE TEMP TABLE spans AS
SELECT kind, min(opened) FILTER (WHERE day = getvariable('opening')) AS opening, max(opened + width) AS closing
FROM clocks GROUP BY kind;

-- The second of the day before which a given part of the day's doings lies, from how busy the hours are.
SET VARIABLE seconds = (
  WITH hours AS (
    SELECT h - 1 AS hour, w, sum(w) OVER (ORDER BY h) - w AS done, sum(w) OVER () AS total
    FROM (SELECT unnest([18, 9, 5, 3, 3, 4, 9, 19, 32, 46, 56, 54, 56, 50, 47, 48, 48, 46, 48, 64, 86, 96, 80, 46]) AS w,
                 unnest(range(1, 25)) AS h)
  )
  SELECT list((3600 * (hour + (i * total / 240 - done) / w))::INTEGER ORDER BY i)
  FROM range(241) AS t(i) JOIN hours ON i * total / 240 >= done AND (i * total / 240 < done + w OR i = 240 AND hour = 23)
);
CREATE TEMP MACRO second_of(part) AS
  least(86399, getvariable('seconds')[1 + floor(240 * part)::INTEGER]
    + floor((240 * part - floor(240 * part))
      * (getvariable('seconds')[least(241, 2 + floor(240 * part)::INTEGER)]
         - getvariable('seconds')[1 + floor(240 * part)::INTEGER])))::BIGINT;

-- Two accidents: payments failed for three hours, and one evening's events were lost.
SET VARIABLE outage_from = getvariable('as_of')::TIMESTAMP - INTERVAL 41 DAY + INTERVAL 19 HOUR;
SET VARIABLE outage_to = getvariable('outage_from') + INTERVAL 3 HOUR;
SET VARIABLE gap_from = getvariable('as_of')::TIMESTAMP - INTERVAL 24 DAY + INTERVAL 18 HOUR;
SET VARIABLE gap_to = getvariable('gap_from') + INTERVAL 5 HOUR;
