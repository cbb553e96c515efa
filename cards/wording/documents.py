"""The Word files: the learning document, and the facilitator's pack."""

from typing import Final

DOC_TITLE: Final = "Learning document {reference}"
DOC_NAME: Final = "{reference} learning document.docx"
DOC_CALLED: Final = "learning document for {reference}"
# PAGE and NUMPAGES are filled in by Word.
DOC_FOOTER: Final = "{reference}, page PAGE of NUMPAGES"
DOC_PROVISIONAL: Final = (
    "The headings are provisional: the partnership's own page for this document is still to come."
)
DOC_REFERENCE: Final = "Reference"
DOC_AGENCIES: Final = "Agencies"
DOC_NOT_KNOWN: Final = "not known yet"
DOC_PEOPLE: Final = ("Who took part", "Agency", "Role")
DOC_EMPTY: Final = "Nothing was written here."
DOC_VIEWS: Final = ("Whose view", "How they see it")
DOC_SCALING: Final = ("Who", "0 to 10", "What makes it that and not lower")
DOC_NO_NUMBER: Final = "not said"
DOC_REVIEW_ON: Final = "Date of the review"
DOC_NO_DATE: Final = "none agreed"
DOC_NO_AGENCY: Final = "Another agency"

PACK_TITLE: Final = "Learning conversation {reference}"
PACK_NAME: Final = "{reference} pack for the conversation.docx"
PACK_CALLED: Final = "pack for {reference}"
PACK_AGENDA: Final = "Agenda"
# Added: the paper gives no agenda; this one follows the headings of the learning document.
PACK_STEPS: Final = (
    "Welcome. Who is here, and what brings us together",
    "The agreement, read aloud",
    "The views of the child or adult and their family",
    "What we are worried about, and what is working well",
    "What is fact and what is opinion; where our views differ",
    "Where each of us is on the scale, and what makes it that and not lower",
    "What we are moving towards, and the ways we agree to get there",
    "How and when we review progress; what each agency records",
    "Closing. The feedback card comes in the last five minutes",
)
PACK_PEOPLE: Final = ("Who comes", "Agency", "Role")
PACK_READ_ALOUD: Final = "To be read aloud at the start."
PACK_ALL: Final = "All of us"
PACK_ATTENDEES: Final = "Those who take part"
PACK_FACILITATOR: Final = "The facilitator"
PACK_CAPTURE: Final = "What we capture"
PACK_CAPTURE_MORE: Final = (
    "Write with everyone, on the shared screen or on this paper. Please leave out the name of the "
    "child or adult. Afterwards type it up in the chat."
)
DOC_BLANK_DATE: Final = "......................................"

PACK_WHICH: Final = "Which conversation is it for?"
PACK_NONE: Final = "You have no booked conversation to make a pack for"
PACK_NONE_MORE: Final = "Once you have booked one, type pack."
PACK_GET: Final = "Pack for {reference}"
