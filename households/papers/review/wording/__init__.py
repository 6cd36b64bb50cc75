"""What the papers say: shipped texts, those that an administrator put right, and the fields they name."""
