"""`gunicorn dashboard.wsgi:server` for those who run their own server."""

from dashboard.app import create_app
from dashboard.serve import warm
from dashboard.settings import from_environment

app = create_app(from_environment())
server = app.server
warm(app)
