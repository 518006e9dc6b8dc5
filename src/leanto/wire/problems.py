"""Every refusal, once. spec/problems.md. Nothing of a request is ever repeated in one."""

import json
from dataclasses import dataclass

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:leanto:problem:"


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal, as RFC 9457 wants it. `detail` says what to do; Retry-After has its header."""

    name: str
    status: int
    title: str
    detail: str
    retry_after_seconds: int | None = None

    def write(self, detail: str = "") -> bytes:
        """`detail` in the place of its own, where a refusal has more to say."""
        document = {
            "type": TYPE_PREFIX + self.name,
            "title": self.title,
            "status": self.status,
            "detail": detail or self.detail,
        }
        return json.dumps(document).encode()


_ALL = [
    Problem("too-slow", 408, "Too slow", "Nothing was done. Send the whole body within 10 s."),
    Problem("wrong-size", 413, "Wrong size", "Send a body of the one length this route takes."),
    Problem("wrong-layout", 400, "Wrong layout", "Send the body as its page of spec/ says."),
    Problem("not-found", 404, "Not found", "There is no such route. See spec/."),
    Problem("wrong-method", 405, "Wrong method", "This route takes another method. See spec/."),
    Problem("card-unknown", 403, "Card unknown", "Use another card."),
    Problem("card-used-up", 409, "Card used up", "Use another card, or wait for the next epoch."),
    Problem("epoch-over", 410, "Epoch over", "Fetch the bulletin and draw for an epoch that runs."),
    Problem("token-missing", 401, "Pass missing", "Send a pass: Authorization: PrivateToken."),
    Problem("token-invalid", 401, "Pass not valid", "Take the next pass, or draw new ones."),
    Problem("token-spent", 409, "Pass spent", "Take the next pass."),
    Problem("mailbox-unknown", 404, "Mailbox unknown", "There is no such mailbox for this key."),
    Problem("mailbox-full", 507, "Mailbox full", "Try again after its owner has fetched.", 60),
    Problem("nobody-left", 409, "Nobody left", "Fetch the bulletin and seal to peers it lists."),
    Problem("request-exists", 409, "Request exists", "Make a new request id and reply mailbox."),
    Problem("request-unknown", 404, "Request unknown", "It has ended, or is not yours."),
    Problem("request-taken", 409, "Request taken", "Another peer has it. Thank you for trying."),
    Problem("slot-unknown", 404, "Slot unknown", "There is no such slot for this key."),
    Problem("slot-changed", 409, "Slot changed", "Fetch what lies there, then write again."),
    Problem("bulletin-forged", 403, "Bulletin forged", "Nothing changed. Sign with a named key."),
    Problem("bulletin-older", 409, "Bulletin older", "Nothing changed. A newer one is held."),
    Problem("bulletin-forked", 409, "Bulletin forked", "Nothing changed. Another one is held."),
    Problem("no-bulletin", 404, "No bulletin", "Use the built-in lines until then."),
    Problem("invitation-unknown", 404, "Invitation unknown", "Ask a coordinator for a new one."),
    Problem("invitation-used", 409, "Invitation used", "Ask a coordinator for a new one."),
    Problem("keys-refused", 403, "Keys refused", "Sign with the keys that were vouched for."),
    Problem("standing-older", 409, "Standing older", "Nothing changed. A newer one is held."),
    Problem("not-ready", 503, "Not ready", "The room takes no work now."),
    Problem("channel-refused", 403, "Way refused", "Choose a way that this program allows."),
    Problem("endpoint-exists", 409, "Endpoint exists", "Make a new endpoint id."),
    Problem("endpoint-unknown", 404, "Endpoint unknown", "It is gone. Register it anew."),
    Problem("secret-wrong", 401, "Secret wrong", "Send the secret that the mailroom holds."),
    Problem("too-busy", 503, "Too busy", "Nothing was done. Try again.", 2),
    Problem("store-full", 507, "Store full", "Nothing was done. Try again in a minute.", 60),
    Problem("broken", 500, "Broken here", "Nothing was done. Try again later.", 60),
]
PROBLEMS = {problem.name: problem for problem in _ALL}
