"""The framework in force on a day: the packaged edition with the changes in a council's own `_framework.yaml`."""
