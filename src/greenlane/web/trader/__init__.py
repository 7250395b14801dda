"""The company's side of the site: account, profile, application, letters, people (6 USC 961-963)."""
