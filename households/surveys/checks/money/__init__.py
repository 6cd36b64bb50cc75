"""Incomes in đồng."""
