"""HTML and SVG, piece by piece. Whatever comes from a paper goes through `escaped`."""

from html import escape


def escaped(text: str) -> str:
    """`text` as it can stand in an element or in the value of an attribute."""
    return escape(text, quote=True)


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """An element with its content, which is markup already. `class_` is `class`, `stroke_width` is `stroke-width`."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(_plain(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>"


def _plain(value: str | float) -> str:
    """A number to a tenth, which is as fine as a drawing needs it."""
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
