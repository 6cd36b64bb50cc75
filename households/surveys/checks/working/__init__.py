"""Work against age, ability and school."""
