DROP VIEW incoming_spending;
DETACH staged
