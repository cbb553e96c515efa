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

# Word for word: what we want to achieve ---------------------------------------------------------

AIMS: Final = (
    "To keep the child or adult centre of the conversations",
    "To slow down the thinking of everyone and provide a safe space for reflection and "
    "professional respectful challenge",
    "To learn from each other about their responsibilities within their role",
    "To be clear about what is fact and opinion and consider what may be contributing to these "
    "opinions",
    "To make sense as a collective using everyone's knowledge and expertise within their specific "
    "area of specialism",
    "To be clear about what the collective is moving towards",
    "To agree ways/approaches to facilitate the change required",
)

# Word for word: the agreement -------------------------------------------------------------------

AGREEMENT_TITLE: Final = "Partnership Learning Conversation Agreement"
AGREEMENT_ALL: Final = (
    "We will listen to each other and acknowledge and validate their views",
    "We will build quality relationships with each other to explore and notice what is already "
    "working to address the needs, and what else is needed, building solutions together",
    "We remain professionally curious, think critically and never assume we have all the answers",
    "Use plain language that we all understand",
    "Balance optimism and evidence so that we assess the situation rigorously",
)
# The second aim in the agreement's own wording.
AGREEMENT_ATTENDEES: Final = (
    AIMS[0],
    "To slow down thinking, reflect whilst maintaining a position of professional curiosity and "
    "respectful challenge",
    *AIMS[2:],
)
AGREEMENT_FACILITATOR: Final = (
    "Be neutral",
    "To keep the child or adult centre of the conversations",
    "To acknowledge and validate individuals' contributions",
    "To slow down the thinking of everyone and provide a safe space for reflection and "
    "professional respectful challenge",
    "Notify the team manager should an issue be identified regarding professional practice",
)
AGREEMENT_GDPR: Final = "Participants keep to their own agency's GDPR protocol."
