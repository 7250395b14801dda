"""Pages that companies and staff share: documents, letters and the story of a case (6 USC 971(b))."""
