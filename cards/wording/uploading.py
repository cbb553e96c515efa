"""Handing in a finished Word file."""

from typing import Final

UPLOAD: Final = "Upload a Word file instead"
UPLOAD_ANOTHER: Final = "Upload another Word file"
UPLOAD_TITLE: Final = "A finished Word file for {reference}"
UPLOAD_ATTACH: Final = (
    "Attach the file to a message in this chat and send it. The next file you send here is taken "
    "for this conversation."
)
UPLOAD_WHAT: Final = (
    "It stands in place of the sections. A Word file (.docx) of up to 5 MB, without macros. Please "
    "leave out the name of the child or adult."
)
UPLOAD_STAYS: Final = (
    "Teams keeps what you attach in your own OneDrive. Move it where your agency keeps such files."
)
UPLOAD_OPEN: Final = "Choose the file"
UPLOAD_SECTIONS: Final = "See the sections"
UPLOAD_TAKEN: Final = "Your Word file for {reference} is kept"
UPLOAD_NEXT: Final = (
    "It goes to the lead worker when you share. Please still write what each agency records, and "
    "the date of the review."
)
UPLOAD_KEPT: Final = "What you typed before is kept beside it."
UPLOAD_UNDO: Final = "Use the sections instead"
UPLOAD_REMOVED: Final = "The file is removed. The sections stand again."
UPLOAD_CLOSED: Final = (
    "The learning document for {reference} is shared. Open it again to change it."
)
UPLOAD_EARLY: Final = "You can hand in a Word file once the conversation took place."
UPLOAD_STANDS: Final = "A Word file that you handed in stands in place of the sections."
UPLOAD_ONE: Final = "Please send one file by itself."
UPLOAD_NOT_TAKEN: Final = "The file was not taken"
UPLOAD_WRONG: Final = {
    "size": "It is over 5 MB. Please make it smaller, such as by leaving out pictures.",
    "kind": "It is not a Word file (.docx). Please save it as one and send that.",
    "macros": "It holds macros. Please save it as a plain Word file (.docx) and send that.",
    "broken": "It could not be read. Please save it again as a Word file, without a password.",
    "bomb": "It unpacks to far more than a document needs. Please save it again as a Word file.",
    "fetch": "It could not be fetched from your OneDrive. Please send it once more.",
}
FILE_UNASKED: Final = "I do not know what this file is for, so I have not opened it"
FILE_UNASKED_MORE: Final = (
    "To hand in a finished learning document, type: type up. Then choose to upload a Word file."
)
PAGE_UPLOAD: Final = "A finished Word file for the learning document"
PAGE_UPLOAD_LABEL: Final = "Word file (.docx), up to 5 MB (required)"
PAGE_UPLOAD_SEND: Final = "Hand it in"
PAGE_UPLOAD_BACK: Final = "You can close this page and go back to the chat."
PAGE_UPLOAD_AGAIN: Final = "Choose another file"
PAGE_UPLOAD_NONE: Final = "Please choose a file first."
