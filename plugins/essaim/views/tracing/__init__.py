"""What each page was found in, and which pages may differ after an edit."""

from essaim.views.tracing.affected import affected, same_of_all
from essaim.views.tracing.reads import Trace
from essaim.views.tracing.tracer import Tracer

__all__ = ["Trace", "Tracer", "affected", "same_of_all"]
