"""What schemathesis sends as photos for scripts/check-api: real ones, their beginnings, and bytes that are none."""
import base64
import os

import schemathesis
from hypothesis import strategies

PHOTOS = [open(path, "rb").read() for path in os.environ["LINEUP_PHOTOS"].splitlines()]
BODIES = strategies.one_of(
    strategies.sampled_from(PHOTOS), strategies.sampled_from([photo[:len(photo) // 2] for photo in PHOTOS]), strategies.binary(max_size=200))

for media_type in ("image/*", "image/jpeg", "image/png", "application/octet-stream"):
    schemathesis.openapi.media_type(media_type, BODIES)


@schemathesis.hook
def map_body(context, body):
    """In JSON and forms, a real photo where the text was to be one."""
    if isinstance(body, dict):
        for name in ("image", "file", "image_data"):
            if isinstance(body.get(name), str) and len(body[name]) % 2 == 0:
                body[name] = "data:image/jpeg;base64," + base64.b64encode(PHOTOS[len(body[name]) // 2 % len(PHOTOS)]).decode()
    return body
