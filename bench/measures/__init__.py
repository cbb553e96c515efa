"""One module for each measurement: `bench.registry` finds them."""
