-- From here on the sums are those of classes.
USE by_class;
