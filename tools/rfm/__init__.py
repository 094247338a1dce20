"""RFM: the eight segments of buyers by recency, frequency and monetary value."""
