"""What happens to households, as dated actions: each one all or nothing, with its rights and its event."""
