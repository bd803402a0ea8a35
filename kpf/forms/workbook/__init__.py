"""Open questions as an Excel workbook, and such a workbook as it comes back."""
