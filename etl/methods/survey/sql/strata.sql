-- PSUs sampled in each stratum of a wave, weight 0 included.
SELECT city, stratum, n_h FROM sampled WHERE wave = $wave;
