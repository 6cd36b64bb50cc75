"""Personal numbers: sealed, shown on record, led from key to key (docs/decisions/0016)."""
