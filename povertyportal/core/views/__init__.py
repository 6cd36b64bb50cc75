"""The pages that belong to no field of work: home, account, preferences, errors."""
