"""Insurance, nutrition, disability and allowances."""
