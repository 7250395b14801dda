"""Names made comparable across spelling, order, legal form and script (background investigation, 6 USC 964(b))."""

from greenlane.vetting.matching.names.letters import fold_letters
from greenlane.vetting.matching.names.prepared import MAX_CHARACTERS, MAX_TOKENS, PreparedName, prepare
from greenlane.vetting.matching.names.tokens import Mark, Token

__all__ = ["MAX_CHARACTERS", "MAX_TOKENS", "Mark", "PreparedName", "Token", "fold_letters", "prepare"]
