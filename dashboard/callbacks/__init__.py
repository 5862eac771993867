"""What happens on a page: plain functions, wired in register(); nothing registers itself on import."""
