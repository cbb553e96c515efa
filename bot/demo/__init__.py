"""The demo: Azurite, the bot and four Playground windows, on loopback, with a movable clock."""

from bot.demo.launcher import Demo
from bot.demo.options import Options
from bot.demo.playground import Window
from bot.demo.preflight import CannotStart
from bot.demo.processes import Ended

__all__ = ["CannotStart", "Demo", "Ended", "Options", "Window"]
