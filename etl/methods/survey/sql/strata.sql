-- PSUs sampled in each stratum, weight 0 included.
SELECT * FROM sampled;
