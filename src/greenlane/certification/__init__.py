"""Certification: documentation review, recommendation, decision by a second person, letters (6 USC 964)."""
