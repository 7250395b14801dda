"""What each kind of case shows of itself, one module for each kind. No clause."""
