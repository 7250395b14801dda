"""Third party validators: certificates, engagements, monitoring, the pilot (6 USC 968)."""
