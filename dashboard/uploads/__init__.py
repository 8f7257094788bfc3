"""A reader's own table -> trips on the page: dropped or pasted, previewed, its columns and places chosen, then shown.

What a stranger sends is opened in a process of its own, with little memory and little time; the server itself reads
only what that process has written.

- `limits`     how large an upload may be, said once
- `receiving`  what the browser sends -> a name and bytes
- `sources`    bytes -> which kind of file they are, or why they are none
- `sheets`     a file -> rows of text, within the limits
- `columns`    what each column holds: guessed, corrected, said to the importer
- `beside`     uploaded tables and shipped ones as one folder
- `taking`     a table -> tables of trips and the account of its rows and places; then a data folder
- `child`      runs a step in a process of its own
- `steps`      that process
- `addresses`  the pages under `/upload`
"""
