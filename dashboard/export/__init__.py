"""A block's frame -> files: CSV for machines, CSV for Turkish Excel, XLSX, and a CSVW description.

Every format writes the same Table, so no two files of one view can disagree.
"""
