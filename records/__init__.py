"""What is kept and what is true: models, rules and stores. The lowest floor.

What can happen (`stages`), who acts (`people`), office hours (`calendar`), answers on their way
(`drafts`), whom the bot can reach (`directory`), and which cards hold a story (`shown_cards`) stand
here; the rest in rooms.
"""
