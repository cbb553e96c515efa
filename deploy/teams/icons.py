"""Draw the app's two icons: two people's speech round a small open circle, the one they speak of.

`python deploy/teams/icons.py` writes color.png (192 pixels, on the accent colour, the drawing
within the middle 120) and outline.png (32 pixels, white on nothing). Source: Teams, app icons.

A shape is a signed distance: how far a point is from its edge, in pixels, negative inside.
"""

import struct
import zlib
from collections.abc import Callable, Sequence
from math import hypot
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
Colour = tuple[int, int, int]
Shape = Callable[[float, float], float]
Layer = tuple[Shape, Colour]

DEEP: Final[Colour] = (0x1D, 0x4E, 0x5F)
"""The accent colour, #1D4E5F, also in manifest.json."""
WHITE: Final[Colour] = (0xFF, 0xFF, 0xFF)
SAND: Final[Colour] = (0xF4, 0xC9, 0x8B)
FINENESS: Final = 8
"""Points looked at along each side of a pixel; their share inside a shape is its cover."""


def circle(x0: float, y0: float, radius: float) -> Shape:
    """A full circle."""
    return lambda x, y: hypot(x - x0, y - y0) - radius


def box(left: float, top: float, right: float, bottom: float, round_by: float) -> Shape:
    """A rectangle with round corners."""
    x0, y0 = (left + right) / 2, (top + bottom) / 2
    wide, high = (right - left) / 2 - round_by, (bottom - top) / 2 - round_by

    def distance(x: float, y: float) -> float:
        dx, dy = abs(x - x0) - wide, abs(y - y0) - high
        return hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - round_by

    return distance


def triangle(*corners: tuple[float, float]) -> Shape:
    """A triangle, its corners in clockwise order as one looks at it."""
    edges = list(zip(corners, corners[1:] + corners[:1], strict=True))

    def distance(x: float, y: float) -> float:
        return max(
            ((x - ax) * (by - ay) - (y - ay) * (bx - ax)) / hypot(bx - ax, by - ay)
            for (ax, ay), (bx, by) in edges
        )

    return distance


def both(*shapes: Shape) -> Shape:
    """All of the shapes' points."""
    return lambda x, y: min(shape(x, y) for shape in shapes)


def without(shape: Shape, hole: Shape) -> Shape:
    """The shape with the other cut out."""
    return lambda x, y: max(shape(x, y), -hole(x, y))


def mirrored(shape: Shape, middle: float) -> Shape:
    """The shape in a mirror that stands at x = middle."""
    return lambda x, y: shape(2 * middle - x, y)


def ring(x0: float, y0: float, radius: float, width: float) -> Shape:
    """A circle's line; `radius` reaches to the middle of it."""
    return lambda x, y: abs(hypot(x - x0, y - y0) - radius) - width / 2


def drawing(size: float, unit: float, gap: float, line: float) -> tuple[Shape, Shape, Shape]:
    """The two people's speech and the open circle between them, in the middle of a square.

    A `unit` is a twentieth of the drawing's width; `gap` parts the two, `line` is the circle's,
    all in pixels.
    """
    middle, edge = size / 2, (size - gap) / 2
    # Whole pixels, so that the straight edges are sharp at 32 pixels too.
    centre, high = middle - round(1.2 * unit), round(6.9 * unit)
    bubble = both(
        box(middle - 10 * unit, centre - high, edge, centre + high, 4.2 * unit),
        box(middle - 5.8 * unit, centre - high, edge, centre + high, 1.2 * unit),
        triangle(
            (middle - 10 * unit, centre),
            (middle - 5 * unit, centre + high),
            (middle - 10 * unit, centre + 9.8 * unit),
        ),
    )
    left = without(bubble, circle(middle, centre, 4.9 * unit))
    return left, mirrored(left, middle), ring(middle, centre, 3 * unit, line)


def cover(shape: Shape, column: int, row: int) -> float:
    """The share of a pixel that lies in the shape, 0 to 1."""
    far = shape(column + 0.5, row + 0.5)
    if abs(far) > 1:
        return float(far < 0)
    steps = [(step + 0.5) / FINENESS for step in range(FINENESS)]
    inside = sum(shape(column + x, row + y) < 0 for x in steps for y in steps)
    return inside / FINENESS**2


def png(size: int, rows: Sequence[bytes]) -> bytes:
    """The file: eight bits each of red, green, blue and alpha."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def colour_icon() -> bytes:
    """192 pixels on the accent colour."""
    left, right, open_circle = drawing(192, 6.3, 8, 7)
    layers: list[Layer] = [(left, WHITE), (right, SAND), (open_circle, WHITE)]

    def pixel(column: int, row: int) -> bytes:
        colour = DEEP
        for shape, paint in layers:
            share = cover(shape, column, row)
            mixed = [round(a + (b - a) * share) for a, b in zip(colour, paint, strict=True)]
            colour = (mixed[0], mixed[1], mixed[2])
        return bytes((*colour, 255))

    return png(192, [b"".join(pixel(x, y) for x in range(192)) for y in range(192)])


def outline_icon() -> bytes:
    """32 pixels, white; where nothing is drawn it is transparent."""
    shape = both(*drawing(32, 1.5, 2, 1.6))

    def pixel(column: int, row: int) -> bytes:
        return bytes((*WHITE, round(255 * cover(shape, column, row))))

    return png(32, [b"".join(pixel(x, y) for x in range(32)) for y in range(32)])


if __name__ == "__main__":
    (HERE / "color.png").write_bytes(colour_icon())
    (HERE / "outline.png").write_bytes(outline_icon())
