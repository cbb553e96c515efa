"""Capitalised words that are no name: places, services, roles, and what begins a sentence."""

from typing import Final

COMMON: Final = """
a about academy act action adult adults after again agency all allocated also although an and
anglia any april area as ask assessment at august authority autumn avenue because before both
british bury but by cafcass camhs care centre chair challenge change chief child children
children's childrens children’s christmas church clinic close college community concern
conference consultant council county court crown dad daddy december department deputy designated
detective did district division do doctor does domestic dr drive during each early east easter
edmunds education emergency england english essex european even every everybody everyone
families family father february felixstowe finally first for forum foster foundation friday
friends from further general good government gp grandad grandma green group had hall has have
haverhill he head headteacher health her high his home hope hospital house how however i if in
independent infant inspector intervention ipswich is it its january job july june junior justice
lane last later law lead learning legal let liaison listening living local lowestoft lucky
manager march may maybe meeting mental midwife minister ministry miss monday mother mr mrs ms
mum mummy my national need needs new newmarket next nhs nobody norfolk north not november now
nurse nursery october of officer on once one only open or order other others our outreach panel
parent parents park partnership people perhaps person plan please point police practice
practitioner primary prison private probation professor programme project protection public
pupil question quite reach referral review right road room royal safe safeguarding safety
saturday school second secondary section senior september service services she should signs
since sister sixth so social solution some special spring st start state station still
stowmarket strategic strategy street strengths sudbury suffolk summer sunday support surgery
talk team than that the their then there these they third this those though thursday time to
today together tomorrow tool town trading trust tuesday two uk under unit university until
valley village virtual visiting visitor visitors wales we wednesday welfare well west what when
where which while who why wife will winter with without woman women work worker workers yes
yesterday yet you young your youth zone
"""
