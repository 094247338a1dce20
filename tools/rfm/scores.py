"""The SQL of RFM scores, over the role of the purchase.

A score is 1 + floor(5 × the share of buyers strictly worse), so that ties share one; it is high above the mean of that
score over all buyers. `$end` is the day that is looked back from, `$start` the first whose purchases count.
"""

from tools.rfm.segments import SEGMENTS, RfmSegment


def _case(segment: RfmSegment) -> str:
    levels = (f"{each}_high" if each in segment.high else f"NOT {each}_high" for each in "rfm")
    return f"WHEN {' AND '.join(levels)} THEN '{segment.name.zh}'"


SCORED = f"""
  SELECT *, CASE {" ".join(map(_case, SEGMENTS))} END AS segment
  FROM (
    SELECT *, r > avg(r) OVER () AS r_high, f > avg(f) OVER () AS f_high, m > avg(m) OVER () AS m_high
    FROM (
      SELECT
        *,
        1 + CAST(floor(5.0 * (rank() OVER (ORDER BY recency DESC) - 1) / count(*) OVER ()) AS INTEGER) AS r,
        1 + CAST(floor(5.0 * (rank() OVER (ORDER BY frequency) - 1) / count(*) OVER ()) AS INTEGER) AS f,
        1 + CAST(floor(5.0 * (rank() OVER (ORDER BY monetary) - 1) / count(*) OVER ()) AS INTEGER) AS m
      FROM (
        SELECT
          customer,
          date_diff('day', CAST(max(time) AS DATE), $end) AS recency,
          count(*) AS frequency,
          sum(amount) AS monetary
        FROM purchase
        WHERE time >= $start AND time < $end + 1
        GROUP BY customer
      ) AS bought
    ) AS scored
  ) AS levelled
"""
