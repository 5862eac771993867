"""A budget of millions of lines in one file: judged and loaded as sets of rows, by the rules of a small one."""
