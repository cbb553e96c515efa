"""Where typed messages stay: said on the first card for words, and when somebody types some."""

from cards.wording.source import fill

WRITE_HERE: str
TYPED_STAYS: str
TYPED_NOWHERE: str
TYPED_NOWHERE_MORE: str
TYPED_BEGIN: str

fill(__name__)
