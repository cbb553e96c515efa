"""The demo: Azurite, the bot and four Playground windows on loopback, with a clock that can skip."""
