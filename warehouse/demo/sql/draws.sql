-- Chance, made from the seed and from what a row is, never from the order in which rows are worked on: so one
-- thread and many make the same shop.

-- A number in [0, 1). Hashed twice: with one pass, draws of two salts for one row differ by a fixed bit pattern.
CREATE OR REPLACE TEMP MACRO draw(salt, a, b := 0) AS
  (hash(hash(getvariable('seed'), salt, a::BIGINT, b::BIGINT)) >> 11)::DOUBLE / 9007199254740992.0;

-- A whole number in [0, n).
CREATE OR REPLACE TEMP MACRO dice(n, salt, a, b := 0) AS floor(n * draw(salt, a, b))::INTEGER;

-- A waiting time with mean 1, and a standard normal number.
CREATE OR REPLACE TEMP MACRO waiting(salt, a, b := 0) AS -ln(1 - draw(salt, a, b));
CREATE OR REPLACE TEMP MACRO bell(salt, a, b := 0) AS
  sqrt(2 * waiting(salt, a, b)) * cos(2 * pi() * draw(salt || '°', a, b));

-- A whole number whose mean is x: its floor, or one more.
CREATE OR REPLACE TEMP MACRO about(x, salt, a, b := 0) AS floor(x + draw(salt, a, b))::BIGINT;

-- Money is kept in whole cents while it is worked on, as sums of whole numbers do not depend on their order.
CREATE OR REPLACE TEMP MACRO yuan(cents) AS (cents / 100)::DECIMAL(12, 2);

-- What drives a customer, all from the user's number and the seed.
-- Purchases a week are gamma distributed with shape 0.5 (half a squared normal number) and scale 1 / 2.5; after each
-- repeat purchase a customer leaves for good with a chance that is beta(1, 7) distributed.
CREATE OR REPLACE TEMP MACRO weekly_rate(user_id) AS
  least(1.5, waiting('rate', user_id) * pow(cos(2 * pi() * draw('rate angle', user_id)), 2) / 2.5);
CREATE OR REPLACE TEMP MACRO dropout(user_id) AS 1 - pow(1 - draw('dropout', user_id), 1 / 7.0);

-- Five kinds: 1 price, 2 novelty, 3 loyalty, 4 season, 5 lapse. Loyal customers are found among those who buy often and
-- seldom leave, lapsing ones among those who leave soon, so that rates and dropouts of all together stay as above.
CREATE OR REPLACE TEMP MACRO kind_of(user_id) AS
  CASE
    WHEN weekly_rate(user_id) > 0.1 AND dropout(user_id) < 0.1 AND draw('kind', user_id) < 0.5 THEN 3
    WHEN dropout(user_id) > 0.12 AND draw('kind', user_id) < 0.6 THEN 5
    WHEN draw('taste for', user_id) < 0.4 THEN 1
    WHEN draw('taste for', user_id) < 0.7 THEN 2
    ELSE 4
  END;
