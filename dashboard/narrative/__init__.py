"""Figures -> sentences, Turkish and English, from the same frame the chart draws."""
