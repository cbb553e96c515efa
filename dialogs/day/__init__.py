"""The day itself: the pack, We are closing, who came, or that it did not go ahead."""
