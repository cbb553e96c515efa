"""What the product costs beside its peers, side by side in one run: `make bench`."""
