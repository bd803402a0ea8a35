"""The framework in force on a day: the packaged edition, and what a council's own `_framework.yaml` makes of it."""
