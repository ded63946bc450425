"""TEXT as it is written (RFC 5545 §3.3.11). Readers leave X- properties so, whose type they cannot know."""


def text(written):
    out, rest = "", iter(written)
    for letter in rest:
        out += letter if letter != "\\" else {"n": "\n", "N": "\n"}.get(after := next(rest), after)
    return out
