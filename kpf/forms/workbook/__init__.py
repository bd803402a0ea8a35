"""Writing forms as Excel workbooks and reading them back, and the workbook of evidence."""
