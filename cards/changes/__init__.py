"""Changes on the way, a card and its answer each; `menu` has every way there is."""
