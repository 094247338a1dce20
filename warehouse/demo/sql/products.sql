-- The products on sale, their prices by the week, and the shelf that customers take from.

-- When each comes and goes: those with a part are on sale all the time; of the others nearly half come within the span of
-- the data, evenly, so that there is always something new.
CREATE TEMP TABLE assortment AS
WITH newcomers AS (
  SELECT product_id,
    (row_number() OVER (ORDER BY draw('launch', product_id), product_id) - 1) / count(*) OVER () AS part
  FROM catalogue
  WHERE product_id NOT IN (SELECT product_id FROM roles) AND draw('newcomer', product_id) < 0.5
)
SELECT c.*, coalesce(role, '') AS role,
  CASE
    WHEN part IS NULL THEN getvariable('opening') - 40 - dice(600, 'launched', product_id)
    -- On a Monday, so that the week's shelf has it from its first day on.
    ELSE date_trunc('week', getvariable('as_of') - floor(part * (getvariable('as_of') - getvariable('opening') - 20))::INTEGER)
  END::DATE AS launched_on,
  -- The last day on which it is sold. Unmoving products are for sale still, but nobody takes them.
  CASE role
    WHEN 'withdrawn' THEN getvariable('as_of') - 60 - dice(400, 'withdrawn', product_id)
    WHEN 'unmoving' THEN getvariable('as_of') - 45
    ELSE getvariable('as_of')
  END::DATE AS sold_until,
  least(2.5, exp(0.5 * bell('popular', product_id)))
    + CASE role WHEN 'loser' THEN 14 WHEN 'pair' THEN 3 WHEN 'advertised' THEN 3 WHEN 'runs out' THEN 1 ELSE 0 END AS popularity,
  7 + dice(22, 'lead', product_id)::INTEGER AS lead_time_days
FROM catalogue c LEFT JOIN roles USING (product_id) LEFT JOIN newcomers USING (product_id);

INSERT INTO products
SELECT product_id, brand || style || subcategory, category, subcategory, brand, yuan(list_cents),
  yuan(round(list_cents * CASE role WHEN 'loser' THEN 0.7 ELSE cost * (0.88 + 0.2 * draw('cost', product_id)) END)),
  launched_on, lead_time_days, role <> 'withdrawn'
FROM assortment
ORDER BY product_id;

-- Each product's price changes from week to week by lot, apart from festivals, whose discounts stand on the lines: so
-- units against unit price show the elasticity of the category alone.
CREATE TEMP TABLE prices AS
SELECT product_id, week, depth, (round(list_cents * (1 - depth) / 10) * 10)::BIGINT AS price_cents
FROM (
  SELECT *, ([0.05, 0, 0, 0.10, 0, 0.15, 0, 0.20, 0, 0.25, 0.10, 0.30])[1 + dice(12, 'depth', product_id, week - DATE '2000-01-03')]
    AS depth
  FROM assortment, (SELECT DISTINCT week FROM days WHERE day >= getvariable('opening'))
);

-- The shelf of a kind in a week: each product has a stretch as long as its weight, one category after the other. A random
-- point on the shelf is a random product by weight.
CREATE TEMP TABLE shelf AS
WITH weighed AS (
  SELECT kind, week, category_no, product_id,
    ceil(1e6 * share * popularity * season[month(week)] * pow(1 - depth, -elasticity) * pow(list_cents / 1e4, -cheap_pull)
      * CASE WHEN launched_on > week - 90 THEN new_pull ELSE 1 END)::BIGINT AS weight
  FROM assortment JOIN prices USING (product_id), kinds
  WHERE launched_on <= week AND (sold_until = getvariable('as_of') OR week + 6 <= sold_until)
)
SELECT *, (sum(weight) OVER (PARTITION BY kind, week ORDER BY product_id) - weight)::BIGINT AS low FROM weighed;

-- Where each category stands on it, and the whole shelf as category 0; also in places, of which a shelf has a thousand.
CREATE TEMP TABLE stretches AS
WITH measured AS (
  SELECT kind, week, category_no, min(low) AS low, max(low + weight) AS high FROM shelf GROUP BY ALL
  UNION ALL
  SELECT kind, week, 0, 0, max(low + weight) FROM shelf GROUP BY ALL
)
SELECT *, low * 1000 // max(high) OVER w AS first_place, greatest(1, (high - low) * 1000 // max(high) OVER w) AS places
FROM measured WINDOW w AS (PARTITION BY kind, week);

-- The shelf in a thousand places, for the many views, where a product of tiny weight need not be seen.
CREATE TEMP TABLE places_on_shelf AS
SELECT kind, week, product_id, unnest(range((low * 1000 + high - 1) // high, ((low + weight) * 1000 + high - 1) // high)) AS place
FROM (SELECT s.kind, s.week, s.product_id, s.low, s.weight, w.high
      FROM shelf s JOIN stretches w ON w.kind = s.kind AND w.week = s.week AND w.category_no = 0);

-- A point on a stretch: anywhere for category 0; in a favourite category near the customer's own spot of it.
CREATE TEMP MACRO spot(chance, spot_of_user, category_no) AS
  CASE category_no WHEN 0 THEN chance ELSE (spot_of_user + 0.45 * chance) % 1 END;
