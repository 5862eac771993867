"""The numbers that need care, as pure functions; a method never reads the warehouse."""
