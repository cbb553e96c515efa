"""Where typed messages stay: said on the first card for words, and when somebody types some."""

from typing import Final

WRITE_HERE: Final = "Please write here. A message you type stays in your chat history."
TYPED_STAYS: Final = "Your message itself stays in this chat. You can delete it here."
TYPED_NOWHERE: Final = "We did not keep what you wrote"
TYPED_NOWHERE_MORE: Final = (
    "No question was open, so it went to nobody. The message itself stays in this chat's history. "
    "You can delete it here."
)
TYPED_BEGIN: Final = "To ask for a conversation, write on the cards instead."
