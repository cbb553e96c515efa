"""Every sentence a person reads, in one place, so that a practitioner can proof-read it.

Words we use: conversation, situation, child or person, worries, what difference, agree.
The sentences in `verbatim` are the partnership's own and are never reworded. Each topic is a
module of its own; cards say `wording.SENT_TITLE`, whichever module it stands in.
"""

from cards.wording.agreement import *
from cards.wording.amending import *
from cards.wording.board import *
from cards.wording.booking import *
from cards.wording.changing import *
from cards.wording.closed import *
from cards.wording.common import *
from cards.wording.concern import *
from cards.wording.demo import *
from cards.wording.documents import *
from cards.wording.evaluation import *
from cards.wording.feedback import *
from cards.wording.files import *
from cards.wording.handing_over import *
from cards.wording.held import *
from cards.wording.hints import *
from cards.wording.home import *
from cards.wording.learning import *
from cards.wording.managing import *
from cards.wording.moving import *
from cards.wording.outcome import *
from cards.wording.people_change import *
from cards.wording.practice import *
from cards.wording.preparation import *
from cards.wording.reach import *
from cards.wording.request import *
from cards.wording.review import *
from cards.wording.ringing import *
from cards.wording.staying import *
from cards.wording.stopping import *
from cards.wording.uploading import *
from cards.wording.verbatim import *
from cards.wording.waiting import *
