-- How many municipalities are named, and whether anything else is.
SELECT count(DISTINCT meant) AS places, count(*) > count(meant) AS has_others FROM place_of
