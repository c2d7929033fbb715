"""An import from a workbook, in the same words and steps for everything that is imported: upload, check, confirm.

`field`: where the workbook is chosen. `counts`: what a check and an import count, and what the bad rows' file is called.
`page`: what was found, and the button that imports the good rows.
"""
