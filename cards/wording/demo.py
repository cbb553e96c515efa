"""What `[words.demo]` of a partnership's file says."""

from cards.wording.source import Topic


class DemoWords(Topic, table="demo"):
    """What only the demo says."""

    DEMO_SKIPPED: str
    DEMO_SENT: str
    DEMO_SENT_ONE: str
    DEMO_SENT_NONE: str
    DEMO_HOW: str
