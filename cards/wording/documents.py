"""What `[words.documents]` of a partnership's file says."""

from cards.wording.source import Topic


class DocumentsWords(Topic, table="documents"):
    """The Word files: the learning document, and the facilitator's pack."""

    DOC_TITLE: str
    DOC_NAME: str
    DOC_CALLED: str
    # PAGE and NUMPAGES are filled in by Word.
    DOC_FOOTER: str
    DOC_PROVISIONAL: str
    DOC_REFERENCE: str
    DOC_AGENCIES: str
    DOC_NOT_KNOWN: str
    DOC_PEOPLE: tuple[str, ...]
    DOC_EMPTY: str
    DOC_VIEWS: tuple[str, ...]
    DOC_SCALING: tuple[str, ...]
    DOC_NO_NUMBER: str
    DOC_REVIEW_ON: str
    DOC_NO_DATE: str
    DOC_NO_AGENCY: str

    PACK_TITLE: str
    PACK_NAME: str
    PACK_CALLED: str
    PACK_AGENDA: str
    # Added: the paper gives no agenda; this one follows the headings of the learning document.
    PACK_STEPS: tuple[str, ...]
    PACK_PEOPLE: tuple[str, ...]
    PACK_READ_ALOUD: str
    PACK_ALL: str
    PACK_ATTENDEES: str
    PACK_FACILITATOR: str
    PACK_CAPTURE: str
    PACK_CAPTURE_MORE: str
    DOC_BLANK_DATE: str

    PACK_WHICH: str
    PACK_NONE: str
    PACK_NONE_MORE: str
    PACK_GET: str
