"""The commands, in the order of the help."""

from essaim_app.commands.base import Command
from essaim_app.commands.check import CHECK
from essaim_app.commands.explain import EXPLAIN
from essaim_app.commands.fix import FIX
from essaim_app.commands.new import NEW
from essaim_app.commands.schema import SCHEMA
from essaim_app.commands.stage import STAGE

ALL: tuple[Command, ...] = (CHECK, FIX, NEW, EXPLAIN, SCHEMA, STAGE)
