"""Files -> checked frames of text.

In: a folder of CSV or Parquet files. Out: a `Folder` of pandas frames as they are written, and every fault by file and
line. Here too: what a column is (`schema`), EDTF dates, ids, country names, and the data dictionary that follows.
"""
