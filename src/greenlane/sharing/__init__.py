"""Sharing of status: verification between participants, agencies' read access, shared assessments (6 USC 971(c))."""
