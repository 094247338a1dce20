"""Mathematics alone: arrays in, arrays out."""
