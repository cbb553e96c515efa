"""The partnership's own sentences, word for word. They are never reworded."""

from typing import Final

from records.request import Reason

# Word for word: the request ---------------------------------------------------------------------

Q_WORRY: Final = "What are you most worried will happen if this situation continues?"
Q_YOU: Final = (
    "What difference are you hoping making the time to reflect on the situation will make to YOU?"
)
Q_KNOWN: Final = "How will you know that this difference has been achieved?"
Q_CHILD: Final = "What difference are you hoping this will make to the child and their carers?"
# Added: the paper speaks of children only, and adults count as well.
Q_PERSON: Final = "What difference are you hoping this will make to the person and their carers?"
REASONS: Final = {
    Reason.GOAL: "Workers feel that they are not moving towards the same goal",
    Reason.DIFFERENCES: "Differences between workers that are overshadowing the progress",
    Reason.STUCK: "The situation has become stuck, and progress is not being made",
    Reason.CLARITY: "Lack of clarity about the situation",
}

# Word for word: the feedback tool ---------------------------------------------------------------

SCALE_10: Final = (
    "The learning conversation was useful, slowed down my thinking and achieved the agreed aim of "
    "the conversation"
)
SCALE_0: Final = (
    "The conversation has not facilitated any change or shift in my thoughts about the situation"
)
Q_SCALE: Final = "Where are you on the scale?"
Q_HAPPENED: Final = (
    "What happened during the conversation that allows you to scale at that point and not lower?"
)
Q_LEARNING: Final = (
    "What have been the learning points that take you to the point on the scale and not lower?"
)
Q_DIFFERENCE_YOU: Final = "What difference has the learning conversation made to YOU?"
Q_DIFFERENCE_CHILD: Final = "What potentially will the differences be for the child or person?"
Q_POSSIBILITY: Final = (
    "What else could have been useful to help you to move up the scale closer to a 10?"
)
# Added: the paper wants to know the difference to the partnership.
Q_TOGETHER: Final = "What difference has it made to how we work together?"

# Word for word: preparation ---------------------------------------------------------------------

PREPARATION: Final = (
    "Review your records in advance and come with a good knowledge of the situation, and any "
    "supporting tools that may help",
    "Come with an open mind, willing to admit that you might not have it quite right",
    "Find out who from your agency is the right person to share all the information",
    "Let the child/family or person know that this conversation is happening, and that everyone "
    "involved wants to work with them to support them the best they can",
    "Be clear about the purpose of your role in this situation",
    "Find out the family's views about the situation, and what they have said that people do that "
    "is useful to help them",
)
