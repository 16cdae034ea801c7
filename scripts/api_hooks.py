"""What schemathesis sends as photos for scripts/check-api: real ones, their beginnings, and bytes that are none."""
import base64
import os

import schemathesis
from hypothesis import strategies
from schemathesis.core.parameters import ParameterLocation

PHOTOS = [open(path, "rb").read() for path in os.environ["LINEUP_PHOTOS"].splitlines()]
BODIES = strategies.one_of(
    strategies.sampled_from(PHOTOS), strategies.sampled_from([photo[:len(photo) // 2] for photo in PHOTOS]), strategies.binary(max_size=200))

for media_type in ("image/*", "image/jpeg", "image/png", "application/octet-stream"):
    schemathesis.openapi.media_type(media_type, BODIES)


@schemathesis.hook
def map_body(context, body):
    """In JSON and forms, a real photo as base64 where the text was to be one."""
    if isinstance(body, dict):
        for name in ("image", "file", "image_data"):
            value = body.get(name)
            if isinstance(value, str) and len(value) % 2 == 0:
                body[name] = "data:image/jpeg;base64," + base64.b64encode(PHOTOS[len(value) // 2 % len(PHOTOS)]).decode()
    return body


@schemathesis.hook
def map_case(context, case):
    """In multipart bodies, real photos as they are."""
    if case.media_type == "multipart/form-data" and isinstance(case.body, dict):
        for name in ("image", "file"):
            if isinstance(case.body.get(name), list):
                case.body[name] = [
                    PHOTOS[len(part) // 2 % len(PHOTOS)] if isinstance(part, str) and len(part) % 2 == 0 else part for part in case.body[name]]
    return case


@schemathesis.hook
def filter_case(context, case):
    """Not of multipart bodies what violates a type: on its way `false` is the text "false", a file like any other that is no picture."""
    return not (case.media_type == "multipart/form-data" and case.meta and case.meta.is_negative_at(ParameterLocation.BODY))
