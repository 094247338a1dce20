-- Three experiments, each with those who came while it ran. The lot alone deals the groups, whatever their members do, so
-- that chance shows in each; one has an effect, one has none, one has a broken split.
CREATE TEMP TABLE trials AS
SELECT n AS experiment_id, name, getvariable('as_of') - begun AS start_date, getvariable('as_of') - ended AS end_date
FROM (VALUES (1, '满减券面额', 184, 137), (2, '详情页尺寸对比', 132, 57), (3, '搜索排序新算法', 55, 14))
  AS e(n, name, begun, ended);

CREATE TEMP TABLE assignments AS
WITH arrivals AS (
  SELECT user_id, started_at AS came_at FROM visits
  UNION ALL
  SELECT user_id, ordered_at - INTERVAL 90 SECOND FROM purchases
),
assigned AS (
  SELECT experiment_id, start_date, end_date, user_id, min(came_at) AS assigned_at
  FROM trials JOIN arrivals ON came_at >= start_date AND came_at < end_date + 1
  GROUP BY ALL
),
judged AS (
  SELECT experiment_id, a.user_id, assigned_at, end_date, count(p.paid_at) > 0 AS converted
  FROM assigned a LEFT JOIN purchases p ON p.user_id = a.user_id AND p.paid_at >= assigned_at AND p.paid_at < end_date + 1
  GROUP BY ALL
)
SELECT *, CASE experiment_id
    WHEN 1 THEN ['control', 'A', 'B'][1 + dice(3, 'arm', user_id, experiment_id)]
    WHEN 2 THEN ['control', 'treatment'][1 + dice(2, 'arm', user_id, experiment_id)]
    -- Half and half was wanted; the new ranking lost some of its visitors.
    ELSE CASE WHEN draw('arm', user_id, experiment_id) < 0.54 THEN 'control' ELSE 'treatment' END
  END AS variant
FROM judged;

-- The detail page's effect: of the treated who would only have looked, so many buy on one of their visits that 12 in 100
-- more convert, as expected over both groups; the lot tells who.
CREATE TEMP TABLE winnable AS
SELECT v.user_id, v.kind, v.n, v.started_at, variant
FROM assignments a JOIN visits v ON v.user_id = a.user_id AND v.started_at >= assigned_at AND v.started_at < end_date
WHERE experiment_id = 2 AND NOT converted
  AND v.started_at NOT BETWEEN getvariable('outage_from') - INTERVAL 1 HOUR AND getvariable('outage_to')
QUALIFY row_number() OVER (PARTITION BY v.user_id ORDER BY draw('won on', v.user_id, v.n), v.n) = 1;

CREATE TEMP TABLE won AS
SELECT user_id, kind, n, started_at
FROM winnable
WHERE variant = 'treatment' AND draw('won', user_id, 2)
  < (SELECT 0.12 * count(*) FROM assignments WHERE experiment_id = 2 AND converted) / (SELECT count(*) FROM winnable);

INSERT INTO purchases
SELECT user_id, kind, 400000, started_at + to_seconds(150 + dice(300, 'won', user_id)) AS o,
  o + to_seconds(10 + dice(120, 'won', user_id, 1)), NULL, true
FROM won;

DELETE FROM visits v USING won w WHERE v.user_id = w.user_id AND v.n = w.n;
