"""Charts as Vega-Lite specifications: grey tones and labels that print in black and white, values as exact text."""
