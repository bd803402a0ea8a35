"""Elements of HTML and SVG. All text from a paper is passed through `escaped`."""

from html import escape


def escaped(text: str) -> str:
    """Return `text` escaped for an element or the value of an attribute."""
    return escape(text, quote=True)


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """Return an element with `content`, which is markup. `class_` is `class`, `stroke_width` is `stroke-width`."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(_plain(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>"


def _plain(value: str | float) -> str:
    """Return text as it is, and a number rounded to one decimal, which is enough for a drawing."""
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
