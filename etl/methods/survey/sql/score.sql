-- What the variance is taken of: the sums themselves, since nothing but the sample is known.
CREATE VIEW score AS SELECT * FROM domain;
