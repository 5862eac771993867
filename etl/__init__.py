"""Received files in, one checked warehouse file out; never imports the dashboard."""
