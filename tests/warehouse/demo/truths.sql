-- What the tests look at more than once.
CREATE TEMP TABLE paid AS SELECT * FROM orders WHERE paid_at IS NOT NULL;

CREATE TEMP TABLE sold AS
SELECT i.*, user_id, paid_at, ordered_at, category, launched_on
FROM order_items i JOIN paid USING (order_id) JOIN products USING (product_id);

-- One row a customer with at least five paid orders, and the kind that nobody is told.
CREATE TEMP TABLE habits AS
WITH festive AS (
  SELECT *, strftime(ordered_at, '%m%d') AS d,
    d BETWEEN '0601' AND '0620' OR d BETWEEN '1031' AND '1111' OR d BETWEEN '1201' AND '1212' OR d BETWEEN '0110' AND '0125' AS festival
  FROM paid
),
orderly AS (
  SELECT user_id, count(*) AS orders, count(*) / nullif(date_diff('day', min(paid_at), max(paid_at)), 0) AS rhythm,
    sum(discount_amount) / sum(pay_amount + discount_amount) AS off,
    avg(festival::INTEGER) AS festival, date_diff('day', max(paid_at), getvariable('as_of')) AS days_since,
    avg((platform = '天猫')::INTEGER) AS tmall, avg((platform = '京东')::INTEGER) AS jd, avg((platform = '拼多多')::INTEGER) AS pdd,
    avg((platform = '抖音')::INTEGER) AS douyin, avg((platform = '小程序')::INTEGER) AS mini
  FROM festive GROUP BY user_id
),
basket AS (
  SELECT user_id, count(*) / count(DISTINCT order_id) AS lines, count(DISTINCT category) / count(*) AS breadth,
    avg((ordered_at::DATE - launched_on < 97)::INTEGER) AS novel
  FROM sold GROUP BY user_id
)
SELECT * FROM orderly JOIN basket USING (user_id) JOIN true_kinds USING (user_id) WHERE orders >= 5;

-- What each product brought, from sales to contribution profit; order costs are shared by the lines' amounts.
CREATE TEMP TABLE profits AS
WITH margins AS (
  SELECT product_id, sum(line_amount) AS sales, sum(line_amount - quantity * i.unit_cost) AS gross,
    sum(line_amount / nullif(pay_amount, 0) * (platform_fee + logistics_cost)) AS costs
  FROM order_items i JOIN paid USING (order_id) GROUP BY product_id
),
back AS (SELECT product_id, sum(refund_amount) AS refunds FROM refunds GROUP BY product_id),
ads AS (SELECT product_id, sum(spend) AS spend FROM ads_daily GROUP BY product_id)
SELECT product_id, sales, gross, gross - costs - coalesce(refunds, 0) - coalesce(spend, 0) AS contribution,
  rank() OVER (ORDER BY sales DESC) AS place
FROM margins LEFT JOIN back USING (product_id) LEFT JOIN ads USING (product_id);
