-- Stock in four warehouses on each of the last 90 days. What is sold leaves the warehouse of its region on the day it is paid;
-- every week each warehouse orders what it sold since the last order, and gets it after the product's lead time.
SET VARIABLE first_snapshot = getvariable('as_of') - 89;

CREATE TEMP TABLE warehouses AS
SELECT warehouse, warehouse_no, unnest(provinces) AS province
FROM (VALUES
  ('华东仓', 1, ['上海', '江苏', '浙江', '安徽', '江西', '山东']), ('华南仓', 2, ['广东', '广西', '海南', '福建', '湖南']),
  ('华北仓', 3, ['北京', '天津', '河北', '山西', '内蒙古', '河南', '辽宁', '吉林', '黑龙江']),
  ('西南仓', 4, ['重庆', '四川', '贵州', '云南', '西藏', '陕西', '甘肃', '青海', '宁夏', '新疆', '湖北'])
) AS w(warehouse, warehouse_no, provinces);

-- Units sold by the end of each day since 150 days ago.
CREATE TEMP TABLE sold AS
WITH daily AS (
  SELECT product_id, warehouse_no, paid_at::DATE AS day, sum(quantity)::BIGINT AS units
  FROM orders JOIN order_items USING (order_id) JOIN warehouses USING (province)
  WHERE paid_at >= getvariable('as_of') - 149
  GROUP BY ALL
),
grid AS (
  SELECT product_id, role, lead_time_days, warehouse_no, d::DATE AS day
  FROM assortment, range(1, 5) AS w(warehouse_no),
    generate_series(getvariable('as_of') - 149, getvariable('as_of'), INTERVAL 1 DAY) AS t(d)
)
SELECT g.*, coalesce(units, 0) AS units,
  (sum(coalesce(units, 0)) OVER (PARTITION BY g.product_id, g.warehouse_no ORDER BY g.day))::BIGINT AS by_then
FROM grid g LEFT JOIN daily USING (product_id, warehouse_no, day);

-- A day's demand over the lead time, generously: the larger of the last 30 and the last 90 days' mean.
CREATE TEMP TABLE demands AS
SELECT product_id, warehouse_no, max(by_then) AS sold_in_all,
  ceil(lead_time_days * greatest(sum(units) FILTER (WHERE day > getvariable('as_of') - 30) / 30,
    sum(units) FILTER (WHERE day > getvariable('as_of') - 90) / 90))::BIGINT AS lead_demand
FROM sold GROUP BY product_id, warehouse_no, lead_time_days;

CREATE TEMP TABLE flows AS
WITH orders_placed AS (
  -- Ordered by a day: all that was sold by the latest weekly order day. Received by a day: all that had been ordered a lead
  -- time before. Every product has its own day of the week.
  SELECT s.*, day - (((day - DATE '2000-01-01') + product_id) % 7)::INTEGER - 1 AS ordered_through,
    day - lead_time_days - (((day - lead_time_days - DATE '2000-01-01') + product_id) % 7)::INTEGER - 1 AS received_through
  FROM sold s WHERE day >= getvariable('first_snapshot')
)
SELECT f.*, coalesce(o.by_then, 0) AS ordered, coalesce(r.by_then, 0) AS received
FROM orders_placed f
LEFT JOIN sold o ON o.product_id = f.product_id AND o.warehouse_no = f.warehouse_no AND o.day = f.ordered_through
LEFT JOIN sold r ON r.product_id = f.product_id AND r.warehouse_no = f.warehouse_no AND r.day = f.received_through;

INSERT INTO inventory
WITH highest AS (
  SELECT product_id, warehouse_no, max(by_then - received) AS outstanding FROM flows GROUP BY ALL
),
levels AS (
  SELECT f.*,
    CASE role
      -- Nothing was ordered for months: what is left does not last until the next delivery.
      WHEN 'runs out' THEN lead_demand // 4 + sold_in_all - by_then
      WHEN 'unmoving' THEN 60 + dice(140, 'dead stock', product_id, warehouse_no) + sold_in_all - by_then
      WHEN 'withdrawn' THEN dice(20, 'left over', product_id, warehouse_no) + sold_in_all - by_then
      ELSE outstanding + 2 * lead_demand + 4 + dice(8, 'safety', product_id, warehouse_no) - (by_then - received)
    END AS on_hand
  FROM flows f JOIN highest USING (product_id, warehouse_no) JOIN demands USING (product_id, warehouse_no)
)
SELECT day, warehouse, product_id, on_hand, CASE role WHEN '' THEN ordered - received WHEN 'pair' THEN ordered - received
  WHEN 'loser' THEN ordered - received WHEN 'advertised' THEN ordered - received ELSE 0 END
FROM levels JOIN (SELECT DISTINCT warehouse, warehouse_no FROM warehouses) USING (warehouse_no)
JOIN assortment a USING (product_id, role)
WHERE day >= a.launched_on
ORDER BY ALL;
