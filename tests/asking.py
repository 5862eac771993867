"""What the browser posts when a control of a page changes, after what the app says of its callbacks."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

UPDATE = "/_dash-update-component"


def changed(
    client: FlaskClient, page: str, controls: dict[str, str], query: dict[str, str], **headers: str
) -> TestResponse:
    """The answer to a change of the first of `controls` (name -> value); the others have not changed."""
    known: list[dict[str, Any]] = client.get("/_dash-dependencies").json  # type: ignore[assignment]
    callback = next(one for one in known if one["output"].startswith(f"..{page}-payload."))
    outputs = [one.rsplit(".", 1) for one in callback["output"].strip(".").split("...")]
    body = {
        "output": callback["output"],
        "outputs": [{"id": name, "property": prop} for name, prop in outputs],
        "inputs": [
            {**part, "value": controls.get(part["id"].removeprefix(f"{page}-"))}
            for part in callback["inputs"]
        ],
        "changedPropIds": [f"{page}-{next(iter(controls))}.value"],
        "state": [{**part, "value": query} for part in callback["state"]],
    }
    return client.post(UPDATE, json=body, headers=headers)
