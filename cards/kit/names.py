"""Names of people in a text, by the shape of words alone: long, by the list of what is no name.

One look at each word, so that the work grows with the text and no faster. It reads a text that
`cards.kit.numbers.tidied` has made plain.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

COMMON: Final = """
a about abuse abused abusive academy act action actually added additional adds adoption adult
adults advice advocacy advocate afghan afghanistan africa after afternoon again age agency
agreement aid albania albanian alcohol all allegation allied allocated allowance also
alternative although ambulance america an and anglia annual anti any anybody anyone anything
apart appeal approach approved april arabic area as asian ask asked asks assembly assessment
assessor assistant associate association at attendance attending august aunt aunty authority
autumn avenue away babergh baby back bail bangladeshi bank barnardo's barnardos barrister base
based became because beccles become bed been before began behaviour being believes benefit
benefits best better between beyond big black board body bond bonfire book border borough both
box boy brazilian breakfast brief bright brighter bring brings britain british broad broadband
brother brought budget building bulgaria bulgarian bungay bureau bursar bury business but by cab
cafcass called calls calm cambridge cambridgeshire came camhs can can't cannot capacity cardiff
care carer carers caretaker case cash catch caution centre chair chairperson challenge chances
change changed chantry charity chief child childhood childminder children children's childrens
chinese christian christmas church citizen citizens city civil claire's clare's class clear
clinic clinical clinician close coach coast code cognitive colchester college colville come
comes coming commission commissioner committee common communication community compass complex
compliance comprehensive concern conference confidence constable consultant contact contacts
contextual continuing coordinator core corner coroner could couldn't council counsel counselling
counsellor county course court cousin covid crafted create creative credit criminal crisis
croatian cross crown current custody dad daddy daily danish data daughter day days deaf debt
december decision decisions degree delivery dental dentist department deprivation deputy
described describes designated detective development devon diary did didn't dietitian different
digital dinner direct director disability disabled discharge disclosure dispatcher dispute
distance district diversity division divorce diwali do doctor does doesn't dogs domestic don't
done down downs dr draft drive drop drug drugs dual due during dutch duty each ealing earlier
early east easter eating ebay economic edmunds education eid eight either elder elective elm
emergency emotional employment encompass end engage engagement england english enough equality
especially essex estate europe european evaluation even evening event every everybody everyone
everything evidence evolve exclusion executive expert express extended extra facebook facetime
fact fair faith fall families family farm fast father february federation feedback feel feels
felixstowe felt few field fifth file finally finds fire first fit five flag flat fleet focus
following food football for forum forward foster fostering found foundation four fourth
framework framlingham free french fresh friday friend friends from front full fund funding
further future gainsborough gang gateway gave general genogram geography german get gets
ghanaian gingerbread girl girls give given go goes going gold good google gospel got government
governor governors gp grade graded gran grand grandad grandfather grandma grandmother
grandparent grandparents grant great greek green grey grief group grow growing growth guardian
guardianship guidance guide gunton gypsy had hadleigh halesworth half halfway hall halloween
hanukkah happens harbour harm harwich has hasn't have haven't haverhill he he's head headspace
headteacher health healthcare healthy hear heart helpline helps her here's high hindering
hindsight hindu his history holiday holidays home homeless homelessness homes honestly hope
hopes hospital house household housing how however hub hungarian husband i i'd i'll i'm i've ict
ideally identity if image imago immigration impact improvement in incident include including
inclusion income incredible independence independent india indian individual infant initial
initially initiative inn inner inquiry insight inspection inspector inspectorate instagram
instead integrated intensive interest interests interim internal international internet
interpreter intervention into investigator involvement ipswich iran iranian iraq ireland irish
is islam islamic island isn't it it's italian its itv january jewish job jobcentre joint journey
judge july june junior just justice keep keeping keeps kesgrave key keyworker kids kinship
kirkley knife know knowledge knows kurdish lady lane lanes language large last lasting lately
later latvian launch law lead leaders leadership learner learning leaving left legal leiston
leisure let let's level levels liaison liberty library life lifestyle light lighthouse likes
line link links listening lithuania lithuanian little live lives living local london long looked
looking looks lot love loves lowestoft lucky lunch lunchtime made magistrate main maintenance
makes making male man management manager managers many map mapping march marriage maternity
maths matter matters may maybe measure mediation medical medication medicine meeting meets
member members memorial men mencap mental met methodist mid midwife midwifery might mildenhall
mind mindfulness minister ministry minor minute mirror miss missing mobile model modern
molestation moment monday money monitoring month months moon more morning most mother mothers
motivational move moved moving mr mrs ms much multi mum mummy mums museum music muslim must
mutual my nacton names nan nana national nationality natural near need needs neglect negotiation
neighbour neighbourhood neighbourhoods neighbours neither netball netflix neuro
neurodevelopmental new new-born newborn newham newmarket next nhs nigerian night nine nobody
none nor norfolk normal north northern not notary notes nothing notice noticed november now
nspcc number nurse nursery nurses nurture nurturing obstetric occupational october of off
offender offending office officer officers ofsted often old older ombudsman on once oncology one
ongoing online only open operation operations opportunities opportunity optician options or oral
orange order orders organised orthodox other others otherwise oulton our outcome outcomes
outdoor outreach outside over overall overnight oxford pack paediatric paediatrician
paediatricians paediatrics pakistani panel paramedic paramedics parent parenting parents parish
park parkside part participation partner partners partnership party past pastoral path pathway
pathways patient pause payment peer pension people people's perhaps perinatal period permanence
person personal personality pharmacist pharmacy phase philippine phoenix phone phonics physical
physiotherapist pip pitstop place placement placements plan planning plans plant play playgroup
plays playstation playtime please plenty point poland police policy polish polite portugal
portuguese positive possibly post postnatal potential poverty practical practice practices
practitioner pre pregnancy premium prep preparation present presently pressure prevent
prevention previous previously primary prince princess principal principle principles priority
prison private probably probation problem problems process professor profile programme progress
project promise protection protective proud provider psychiatric psychiatrist psychological
psychologist psychology public punjabi pupil pupils purple put quality quarter queen question
quick quickly quiet quite quran ramadan rapid rather ravenswood reach reaching reading reads
ready real really reason reasons recent recently reception receptionist record recovery red
reduction referral refuge refugee regional register registrar regular regularly rehabilitation
relate relational relationship relationships relief religious remains remand removal report
reported reports representative request research residential resource resources respect response
responsible rest restorative result return reunification review reviewing revised right rights
rings risk risks river road role roma romania romanian room route row royal rule rules rural
russian safe safeguarding safety said saint salvation samaritans same sanctuary saturday saw
saxmundham says scale scaling scared scheme school schools science scotland scottish screen sea
season second secondary section secure see seems seen sees self senco send senior sensory
sentence separate separately september sergeant serious service services seven several sex
sexual sexually shared sharing she she's shelter sheltered shire shop short shortly should
shouldn't show showed shows side sign significant signs sikh silver similarly simple simply
since single sis sister site sits situation sixth skills skype sleep slovak slow slowly small
smile snapchat so so-called social society sofa solicitor solihull solution somali some somebody
someone something sometimes son soon source southwold space spanish speaking speaks special
specialist speech spirit spoke sport sports spring st staff stage stages stakeholder stand
standards star start state statement station stay stays step stepdad stepfather stepmother
stepmum still stoke story stowmarket strategic strategy street strength strengthening strengths
strict strong stronger structured struggles struggling student students study style substance
sudbury suddenly suffolk suggests suicide suitable summary summer sunday sunshine superintendent
supervision support supported supporter supporting supports sure surgery surrey survivor
survivors swedish swim syria syrian table take taking talk talking talks tamil target task
teacher teachers teaching team teams technology teen teenage teens tell telling tells temporary
ten ten-minute tenancy tenant term tesco test text than thank thanks that that's the their then
therapist therapy there there's these thetford they they're they've thing things think thinking
thinks third this thorough those though thought three threshold thrive thriving through
throughout thursday thus tier tiktok time to today together told tomorrow too took tool top
total touch toward towards town track trading traffic train training transfer transition
transport trauma traveller travellers treatment tree triage tribunal tried tries trip triple
true trust trustee trustees try trying tuesday turkish turn turning twice twin two type
typically uk ukraine ukrainian unborn uncle under understanding understands undertaking
unfortunately unit united universal university unless until update upper urban urdu urgent us
use used usually valentine's valid valley value values various vehicle version very vicar victim
victims view views village violence virtual virtually visit visited visiting visitor visitors
visits vocational voice voices voluntary volunteer vulnerable waiting wales walk walking wallich
want wants ward warden warm wash wasn't watch water waveney way ways we we're we've website
wednesday week weekend weekends weeks welcome welfare well wellbeing welsh went were west what
what's whatever whatsapp when whenever where wherever whether which while whilst white whitton
who who's whoever whole whose why wider wife will willow window winter wise wish wishes with
within without woman women women's won't wonders wood woodbridge word words work worker workers
working workplace works world worried worries worry worse worst would wouldn't write writing
written wrong xbox yarmouth year years yellow yes yesterday yet you young youngster youngsters
your youth youths youtube zero zone zoom
"""

FAMILY: Final = """
mum mummy mother dad daddy father stepdad stepmum stepfather stepmother brother sister sibling
son daughter twin baby child boy girl toddler partner husband wife boyfriend girlfriend ex nan
nana gran grandma grandad grandmother grandfather uncle aunt aunty auntie cousin niece nephew
friend neighbour carer kid lad parents grandparents brothers sisters children
"""
BETWEEN: Final = "says said say is was and that called named with tells told thinks calls or like"
"""Words between somebody of the family and their name: mum says Kayleigh, a boy called Jayden."""

NOT_NAMES: Final = frozenset(COMMON.split())
_FAMILY: Final = frozenset(FAMILY.split())
_BETWEEN: Final = frozenset(BETWEEN.split())
_MOST_BETWEEN: Final = 3
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "master"})
_NEAR: Final = frozenset({",", "(", ":"})
"""Signs that do not end what a name belongs to."""
_TOKENS: Final = re.compile(r"[^\W\d_]++(?:['-][^\W\d_]++)*+|[^ ]")


def holds_name(text: str, known: Iterable[str]) -> bool:
    """Two capitalised words side by side that are no place, service or known worker; or one, right
    after somebody of the family, a title or an initial, or right before: Kayleigh's mum."""
    workers = frozenset(word for name in known for word in _words(name))
    tokens = _TOKENS.findall(text)
    return any(_is_name(tokens, place, workers) for place in range(len(tokens)))


def _is_name(tokens: Sequence[str], place: int, workers: frozenset[str]) -> bool:
    word = tokens[place]
    if not _may_be_name(word, workers):
        return False
    before = tokens[place - 1] if place else ""
    if _may_be_name(before, workers) or before.casefold() in _TITLES:
        return True
    shortened = tokens[place - 2] if before == "." and place > 1 else ""
    if _is_initial(before) or _is_initial(shortened) or shortened.casefold() in _TITLES:
        return True
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    if word.casefold().endswith("'s") and after.casefold() in _FAMILY:
        return True
    return any(one.casefold() in _FAMILY for one in _led_by(tokens, place))


def _led_by(tokens: Sequence[str], place: int) -> Iterator[str]:
    """The words before this one, as far as only small ones stand between."""
    for at in range(place - 1, max(-1, place - 2 - _MOST_BETWEEN), -1):
        word = tokens[at]
        if word not in _NEAR:
            yield word
        if word not in _NEAR and word.casefold() not in _BETWEEN:
            return


def _may_be_name(word: str, workers: frozenset[str]) -> bool:
    if not _is_capitalised(word):
        return False
    small = word.casefold()
    owner = small.removesuffix("'s")
    if not workers.isdisjoint((small, owner)) or small in NOT_NAMES:
        return False
    return not NOT_NAMES.issuperset(owner.split("-"))


def _words(name: str) -> list[str]:
    return name.replace("\u2019", "'").casefold().split()


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper() and word not in "AI"


def _is_capitalised(word: str) -> bool:
    """Jane, O'Neill, Smith-Jones; neither CAMHS nor an initial."""
    return len(word) > 1 and word[0].isupper() and not word.isupper()
