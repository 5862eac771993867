"""Frame -> figure, as plain dicts (measured: a go.Figure costs 9 ms at 1,400 marks, a dict none).

Colours are tokens such as "@lead": the page resolves them from assets/tokens.css when it draws, so one
figure serves light, dark and print. No ids, no Dash, no database in here.
"""
