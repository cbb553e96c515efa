"""Changes on the way: an amended request, a hand-over, a call, a stop; and what they leave owed.

Somebody who takes another's place keeps nothing of the one who left
(`records.conversation.replacing`).
"""
