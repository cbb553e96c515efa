"""What holds a secret (a password, a key, a token, a signature) says so by `HoldsSecret`."""

from typing import NoReturn, SupportsIndex


class HoldsSecret:
    """Cannot be pickled: a secret goes neither into a file nor to another process with it."""

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        """Refused. Raises TypeError."""
        raise TypeError(f"{type(self).__name__} holds a secret: it is not written down")
