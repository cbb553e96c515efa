"""What the journeys type. Nobody here exists; the texts are what forms are afraid of."""

from typing import Final

# Word for word, as the partnership's paper prints them: not taken from the product.
WORRY_Q: Final = "What are you most worried will happen if this situation continues?"
HOPE_YOU_Q: Final = (
    "What difference are you hoping making the time to reflect on the situation will make to YOU?"
)
KNOWN_Q: Final = "How will you know that this difference has been achieved?"
HOPE_CHILD_Q: Final = "What difference are you hoping this will make to the child and their carers?"
SCALE_Q: Final = "Where are you on the scale:"
HAPPENED_Q: Final = (
    "What happened during the conversation that allows you to scale at that point and not lower?"
)
LEARNING_Q: Final = (
    "What have been the learning points that take you to the point on the scale and not lower?"
)
DIFFERENCE_YOU_Q: Final = "What difference has the learning conversation made to YOU?"
DIFFERENCE_CHILD_Q: Final = "What potentially will the differences be for the child or person?"
TOGETHER_Q: Final = "What difference has it made to how we work together?"
POSSIBILITY_Q: Final = (
    "What else could have been useful to help you to move up the scale closer to a 10?"
)
OUTCOME_CHILD_Q: Final = "What is the overall difference for the child or person?"
OUTCOME_YOU_Q: Final = "What is the overall difference to yourself?"

STUCK: Final = "The situation has become stuck, and progress is not being made"
UNCLEAR: Final = "Lack of clarity about the situation"

WORRY: Final = (
    "Since September each of us means something else by “safe enough” 😟. School sees a child who "
    "laughs again; health sees appointments missed. I am worried that we wait, politely, until "
    "something happens.\n"
    "Nobody is wrong 👩‍👧‍👦. We do not hear each other."
)
HOPE_YOU: Final = (
    'I stop going round in circles. My notes read like <script>alert("stuck")</script>: plenty '
    "of signs, nothing to read. I would like to think before I write."
)
HOPE_YOU_CHANGED: Final = (
    "I stop going round in circles. I would like to think before I write "
    "<script>document.title = 'stuck'</script>, and to be asked what I am afraid of."
)
HOPE_YOU_KNOWN: Final = (
    "I can say in one sentence what we are moving towards. See [our guide](https://example.org/g) "
    "and **not** _only_ my own words; 1 < 2 && 3 > 2, 100 % “sure”."
)
HOPE_CHILD: Final = (
    "אני מקווה שיקשיבו לה, וגם לסבתא שלה. That somebody listens to her first. "
    "نأمل أن تشعر بالأمان في البيت."
)
HOPE_CHILD_KNOWN: Final = (
    "She tells us herself, in her words. Her grandmother stops ringing three of us about one thing."
)
STORY: Final = (WORRY, HOPE_YOU, HOPE_YOU_CHANGED, HOPE_YOU_KNOWN, HOPE_CHILD, HOPE_CHILD_KNOWN)

PLACE: Final = "Endeavour House, room 2 (or https://example.org/call)"
NOT_SAFE: Final = "His brother reads her phone; a word too soon could <harm> her.\nWe wait 🕊."

HAPPENED: Final = "We were quiet for once. The police officer said what she did not know 🙂."
LEARNING: Final = "A missed appointment is not a refusal.\nHealth had tried four times by letter."
DIFFERENCE_YOU: Final = "I am less alone with it, and slower, which is good."
DIFFERENCE_CHILD: Final = "One adult rings her grandmother, not three. שלום"
TOGETHER: Final = "We have each other's numbers; we agreed what we call <safe enough>."
POSSIBILITY: Final = "Half an hour more, and the school in the room."
MANAGER_HAPPENED: Final = "People asked before they answered."
OUTCOME_CHILD: Final = (
    "She is in school four days of five. She chose the fifth herself: “my day with Nan” 💛."
)
OUTCOME_YOU: Final = "I ask for a conversation earlier now [and say so](https://example.org/n)."

# What was said of another conversation, which others led.
THEIR_HAPPENED: Final = "They asked me first 🙂, and I did not have to say it twice."
THEIR_LEARNING: Final = "I ring before I write. 1 < 2 && 3 > 2."
THEIR_OUTCOME: Final = "He plays with the others again; his word for it: “normal”."

# The learning document, section by section.
TASK: Final = "Nobody will ring the school by Friday."
WITH_NUMBER: Final = "She worries a lot. NHS number 943 476 5919."
DOCUMENT: Final = {
    "purpose/hopes": "She is heard first, then we talk. אנחנו מקשיבים.",
    "family/views": "“You all ask me the same thing.” She would like one person to ask 🌱.",
    "family/helps": "Her aunt <cooks> with her on Sundays.\nThe school counsellor waits.",
    "working/text": "Four of us turned up. 1 < 2 && 3 > 2.",
    "fact-opinion/fact": "Three appointments were missed since September.",
    "fact-opinion/opinion": "That nobody cares. We were tired when we said so.",
    "roles/text": "Police cannot share an open matter [here](https://example.org/r), school can.",
    "towards/text": "One plan that **she** could read.",
    "agreed/text": "We ring each other before we write.\nWe use her own words.",
    "review/how": "We look at the scale again, with her view of it.",
}
"""By section and question."""
VIEWS: Final = (
    ("Social Care", "The home is safe enough today."),
    ("Suffolk Police", "We only see the nights. نرى الليالي فقط."),
)
SCALES: Final = (
    ("requester", "4", "We have met, and nobody left."),
    ("manager", "6", "I know whom to ring 📞."),
    ("other1", "5", "The counsellor spoke first."),
)
RECORDED: Final = {
    "Social Care": "A missed appointment is not a refusal: we ask why first.",
    "Suffolk Police": "We ring the school before we visit.\nThen we say what we know & think.",
}
SHARED_OTHERS: Final = "The grandmother, on paper; she asked for it 🗒."
REVIEWED: Final = "She reads the plan with us. אנחנו שם."
"""What the lead worker says at the review."""
