"""Pages of the households part."""
