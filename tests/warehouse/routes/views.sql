-- Words of the glossary that hand-written SQL uses again and again, as views and macros of its own connection.
CREATE TEMP MACRO region_of(province) AS CASE
  WHEN province IN ('上海', '江苏', '浙江', '安徽', '福建', '江西', '山东') THEN '华东'
  WHEN province IN ('广东', '广西', '海南') THEN '华南'
  WHEN province IN ('北京', '天津', '河北', '山西', '内蒙古') THEN '华北'
  WHEN province IN ('河南', '湖北', '湖南') THEN '华中'
  WHEN province IN ('重庆', '四川', '贵州', '云南', '西藏') THEN '西南'
  WHEN province IN ('陕西', '甘肃', '青海', '宁夏', '新疆') THEN '西北'
  WHEN province IN ('辽宁', '吉林', '黑龙江') THEN '东北' END;

CREATE TEMP MACRO age_on(born, day) AS
  year(day) - year(born) - CASE WHEN strftime(day, '%m%d') < strftime(born, '%m%d') THEN 1 ELSE 0 END;

CREATE TEMP MACRO age_band_of(age) AS CASE
  WHEN age IS NULL THEN '未知' WHEN age < 18 THEN '不满18岁' WHEN age <= 24 THEN '18-24岁' WHEN age <= 29 THEN '25-29岁'
  WHEN age <= 34 THEN '30-34岁' WHEN age <= 39 THEN '35-39岁' WHEN age <= 49 THEN '40-49岁' ELSE '50岁及以上' END;

CREATE TEMP MACRO day_type_of(moment) AS CASE WHEN isodow(moment) IN (6, 7) THEN '周末' ELSE '工作日' END;

-- The days that the `holidays` library lists for China from 2022 to June 2026; no weekend that they run into.
CREATE TEMP MACRO holiday_of(moment) AS CASE WHEN
     CAST(moment AS DATE) = DATE '2022-01-01'
  OR CAST(moment AS DATE) = DATE '2022-01-03'
  OR CAST(moment AS DATE) BETWEEN DATE '2022-01-31' AND DATE '2022-02-04'
  OR CAST(moment AS DATE) BETWEEN DATE '2022-04-04' AND DATE '2022-04-05'
  OR CAST(moment AS DATE) BETWEEN DATE '2022-05-01' AND DATE '2022-05-04'
  OR CAST(moment AS DATE) = DATE '2022-06-03'
  OR CAST(moment AS DATE) = DATE '2022-09-10'
  OR CAST(moment AS DATE) = DATE '2022-09-12'
  OR CAST(moment AS DATE) BETWEEN DATE '2022-10-01' AND DATE '2022-10-07'
  OR CAST(moment AS DATE) BETWEEN DATE '2023-01-01' AND DATE '2023-01-02'
  OR CAST(moment AS DATE) BETWEEN DATE '2023-01-22' AND DATE '2023-01-27'
  OR CAST(moment AS DATE) = DATE '2023-04-05'
  OR CAST(moment AS DATE) BETWEEN DATE '2023-05-01' AND DATE '2023-05-03'
  OR CAST(moment AS DATE) BETWEEN DATE '2023-06-22' AND DATE '2023-06-23'
  OR CAST(moment AS DATE) = DATE '2023-09-29'
  OR CAST(moment AS DATE) BETWEEN DATE '2023-10-01' AND DATE '2023-10-06'
  OR CAST(moment AS DATE) = DATE '2024-01-01'
  OR CAST(moment AS DATE) BETWEEN DATE '2024-02-10' AND DATE '2024-02-16'
  OR CAST(moment AS DATE) BETWEEN DATE '2024-04-04' AND DATE '2024-04-05'
  OR CAST(moment AS DATE) BETWEEN DATE '2024-05-01' AND DATE '2024-05-03'
  OR CAST(moment AS DATE) = DATE '2024-06-10'
  OR CAST(moment AS DATE) BETWEEN DATE '2024-09-16' AND DATE '2024-09-17'
  OR CAST(moment AS DATE) BETWEEN DATE '2024-10-01' AND DATE '2024-10-04'
  OR CAST(moment AS DATE) = DATE '2024-10-07'
  OR CAST(moment AS DATE) = DATE '2025-01-01'
  OR CAST(moment AS DATE) BETWEEN DATE '2025-01-28' AND DATE '2025-01-31'
  OR CAST(moment AS DATE) BETWEEN DATE '2025-02-03' AND DATE '2025-02-04'
  OR CAST(moment AS DATE) = DATE '2025-04-04'
  OR CAST(moment AS DATE) BETWEEN DATE '2025-05-01' AND DATE '2025-05-02'
  OR CAST(moment AS DATE) = DATE '2025-05-05'
  OR CAST(moment AS DATE) = DATE '2025-05-31'
  OR CAST(moment AS DATE) = DATE '2025-06-02'
  OR CAST(moment AS DATE) BETWEEN DATE '2025-10-01' AND DATE '2025-10-03'
  OR CAST(moment AS DATE) BETWEEN DATE '2025-10-06' AND DATE '2025-10-08'
  OR CAST(moment AS DATE) BETWEEN DATE '2026-01-01' AND DATE '2026-01-02'
  OR CAST(moment AS DATE) BETWEEN DATE '2026-02-16' AND DATE '2026-02-20'
  OR CAST(moment AS DATE) = DATE '2026-02-23'
  OR CAST(moment AS DATE) BETWEEN DATE '2026-04-05' AND DATE '2026-04-06'
  OR CAST(moment AS DATE) BETWEEN DATE '2026-05-01' AND DATE '2026-05-02'
  OR CAST(moment AS DATE) BETWEEN DATE '2026-05-04' AND DATE '2026-05-05'
  OR CAST(moment AS DATE) = DATE '2026-06-19'
  THEN '节假日' ELSE '平日' END;

CREATE TEMP VIEW paid AS
  SELECT *, CAST(paid_at AS DATE) AS paid_on FROM orders WHERE paid_at IS NOT NULL;

-- Lines of every order, with their product; those of paid orders have a paid_on.
CREATE TEMP VIEW lines AS
  SELECT i.order_id, i.line_no, i.quantity, i.unit_price, i.discount_amount, i.line_amount, i.unit_cost,
         p.product_id, p.product_name, p.category, p.subcategory, p.brand, p.list_price, p.is_active, p.launched_on,
         o.user_id, o.ordered_at, o.paid_at, o.platform, o.status, o.province AS ship_province, o.pay_amount,
         o.platform_fee, o.logistics_cost, o.campaign_id,
         CAST(o.ordered_at AS DATE) AS ordered_on, CAST(o.paid_at AS DATE) AS paid_on
  FROM order_items i JOIN orders o ON o.order_id = i.order_id JOIN products p ON p.product_id = i.product_id;

-- The first paid order of each user; of two at one moment the smaller number.
CREATE TEMP VIEW firsts AS
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY user_id ORDER BY paid_at, order_id) AS nth FROM paid) WHERE nth = 1;

CREATE TEMP VIEW acts AS
  SELECT e.*, CAST(e.event_at AS DATE) AS event_on, p.category, p.brand, p.subcategory, p.product_name
  FROM events e LEFT JOIN products p ON p.product_id = e.product_id;

CREATE TEMP MACRO rfm(day) AS TABLE
  WITH buyers AS (
    SELECT user_id, date_diff('day', max(paid_on), day) AS recency, count(*) AS frequency, sum(pay_amount) AS monetary
    FROM paid WHERE paid_on <= day GROUP BY user_id),
  worse AS (
    SELECT *, count(*) OVER () AS everyone,
      rank() OVER (ORDER BY recency DESC) - 1 AS worse_r,
      rank() OVER (ORDER BY frequency) - 1 AS worse_f,
      rank() OVER (ORDER BY monetary) - 1 AS worse_m
    FROM buyers),
  scored AS (
    SELECT *, 1 + 5 * worse_r // everyone AS r, 1 + 5 * worse_f // everyone AS f, 1 + 5 * worse_m // everyone AS m FROM worse),
  judged AS (
    SELECT *, CASE WHEN r > avg(r) OVER () THEN 'H' ELSE 'L' END || CASE WHEN f > avg(f) OVER () THEN 'H' ELSE 'L' END
           || CASE WHEN m > avg(m) OVER () THEN 'H' ELSE 'L' END AS code FROM scored)
  SELECT user_id, recency, frequency, monetary, r, f, m, CASE code
    WHEN 'HHH' THEN '重要价值客户' WHEN 'HLH' THEN '重要发展客户' WHEN 'LHH' THEN '重要保持客户' WHEN 'LLH' THEN '重要挽留客户'
    WHEN 'HHL' THEN '一般价值客户' WHEN 'HLL' THEN '一般发展客户' WHEN 'LHL' THEN '一般保持客户' ELSE '一般挽留客户' END AS segment
  FROM judged;
