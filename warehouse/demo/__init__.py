"""The demo shop: a made-up store with planted truths, built by SQL alone."""
