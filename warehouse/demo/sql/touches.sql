-- Messages, and what the recall campaigns bring about.

-- `opens`, `clicks` of those who open, `leaves`: who unsubscribes, by channel.
CREATE TEMP TABLE channels AS
FROM (VALUES
  ('APP推送', 0.16, 0.34, 0.0025), ('微信', 0.27, 0.30, 0.0040), ('短信', 0.21, 0.18, 0.0120), ('邮件', 0.08, 0.22, 0.0080)
) AS c(channel, opens, clicks, leaves);

-- Who is written to: by the plan's reach; in a recall, of those who bought before, four fifths of the lapsed (not in the last
-- 60 days; the others are held out) and some of those who have not lapsed.
CREATE TEMP TABLE touches AS
WITH customers_before AS (
  SELECT c.campaign_id, p.user_id, max(p.ordered_at) < c.start_date - 60 AS lapsed
  FROM campaigns c JOIN purchases p ON p.ordered_at < c.start_date AND p.paid_at IS NOT NULL
  WHERE campaign_type = '召回'
  GROUP BY c.campaign_id, p.user_id, c.start_date
),
recipients AS (
  SELECT campaign_id, user_id, false AS lapsed, campaign_type, start_date
  FROM campaigns JOIN plans ON name = campaign_name, customers
  WHERE campaign_type <> '召回' AND registered_at < start_date AND draw('touch', user_id, campaign_id) < reach
  UNION ALL
  SELECT campaign_id, user_id, lapsed, campaign_type, start_date
  FROM customers_before JOIN campaigns USING (campaign_id)
  WHERE draw('touch', user_id, campaign_id) < CASE WHEN lapsed THEN 0.8 ELSE 0.3 END
),
sent AS (
  SELECT *,
    CASE WHEN draw('by', user_id, campaign_id) < 0.42 THEN 'APP推送' WHEN draw('by', user_id, campaign_id) < 0.68 THEN '微信'
      WHEN draw('by', user_id, campaign_id) < 0.90 THEN '短信' ELSE '邮件' END AS channel,
    -- Between nine and nine, on the first day or, in long campaigns, one of the first three.
    start_date + to_seconds(32400 + dice(43200, 'sent', user_id, campaign_id))
      + to_days(CASE campaign_type WHEN '会员日' THEN 0 ELSE dice(3, 'sent on', user_id, campaign_id)::INTEGER END) AS sent_at
  FROM recipients
),
answered AS (
  SELECT s.*, sent_at + to_seconds(20 + floor(9000 * waiting('opened', user_id, campaign_id))::BIGINT) AS opened_at,
    draw('opens', user_id, campaign_id) < opens AND sent_at < getvariable('closing') AS opens,
    draw('clicks', user_id, campaign_id) < clicks AS clicks,
    draw('leaves by', user_id, campaign_id) < 6 * leaves AS leaves
  FROM sent s JOIN channels USING (channel)
  WHERE sent_at < getvariable('closing')
),
acted AS (
  SELECT campaign_id, user_id, lapsed, campaign_type, channel, sent_at,
    CASE WHEN opens AND opened_at < getvariable('closing') THEN opened_at END AS opened,
    CASE WHEN opened IS NOT NULL AND clicks AND opened_at + INTERVAL 90 SECOND < getvariable('closing')
      THEN opened_at + to_seconds(3 + dice(80, 'clicked', user_id, campaign_id)) END AS clicked,
    CASE WHEN opened IS NOT NULL AND leaves AND opened_at + INTERVAL 10 MINUTE < getvariable('closing')
      THEN opened_at + to_seconds(90 + dice(500, 'left', user_id, campaign_id)) END AS unsubscribed
  FROM answered
),
leavers AS (SELECT user_id, min(unsubscribed) AS gone FROM acted WHERE unsubscribed IS NOT NULL GROUP BY user_id)
-- Who has unsubscribed gets no more.
SELECT row_number() OVER (ORDER BY sent_at, user_id, campaign_id) AS message_id, a.*
FROM acted a LEFT JOIN leavers USING (user_id)
WHERE gone IS NULL OR sent_at <= gone;

-- A click brings people to the shop. Of the lapsed whom a recall brings back seven in ten buy; it makes nobody else buy.
INSERT INTO visits
SELECT user_id, kind, 300000 + campaign_id, clicked, NULL
FROM touches JOIN customers USING (user_id)
WHERE clicked IS NOT NULL AND registered_at <= clicked;

INSERT INTO purchases
SELECT user_id, kind, 300000 + campaign_id, clicked + to_seconds(200 + dice(1500, 'recalled', user_id, campaign_id)) AS o,
  o + to_seconds(10 + dice(120, 'pays in', user_id, 300000 + campaign_id)), message_id, false
FROM touches JOIN customers USING (user_id)
WHERE campaign_type = '召回' AND lapsed AND draw('returns', user_id, campaign_id) < 0.7
  AND clicked < getvariable('closing') - INTERVAL 1 HOUR
  AND clicked NOT BETWEEN getvariable('outage_from') - INTERVAL 1 HOUR AND getvariable('outage_to');

DELETE FROM visits v USING purchases p WHERE p.touch_id IS NOT NULL AND v.user_id = p.user_id AND v.n = p.n;
