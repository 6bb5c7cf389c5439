"""Numbers, units and values in Japanese text."""
