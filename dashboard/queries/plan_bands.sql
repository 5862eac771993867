SELECT display, lowest FROM mart.plan_band ORDER BY sort_key;
