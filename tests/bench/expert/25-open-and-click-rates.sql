-- 今年每月各推送渠道的打开率和点击率
-- By day first: a day of a timestamp is quicker to reckon than its month, and there are few days.
WITH daily AS (
  SELECT CAST(sent_at AS DATE) AS day, channel,
    count(*) AS messages, count(opened_at) AS opened, count(clicked_at) AS clicked
  FROM messages
  WHERE sent_at >= DATE '2026-01-01' AND sent_at < DATE '2026-06-30' + 1
  GROUP BY 1, 2
),
monthly AS (
  SELECT CAST(date_trunc('month', day) AS DATE) AS month, channel,
    CAST(sum(opened) AS DOUBLE) / sum(messages) AS open_rate,
    CAST(sum(clicked) AS DOUBLE) / sum(messages) AS click_rate
  FROM daily
  GROUP BY 1, 2
),
months AS (
  SELECT CAST(DATE '2026-01-01' + to_months(n) AS DATE) AS month FROM range(6) AS t(n)
)
SELECT m.month, c.channel, s.open_rate, s.click_rate
FROM months m
CROSS JOIN (SELECT DISTINCT channel FROM monthly) c
LEFT JOIN monthly s ON s.month = m.month AND s.channel = c.channel
ORDER BY 1, 2;
