"""What the product promises about speed, weight and cleanliness, measured in one run: `python -m bench`."""
