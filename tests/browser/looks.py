"""Every card in a browser, drawn by the official library as Teams would: light, dark and narrow.

The colours are those of Fluent's Teams themes (https://react.fluentui.dev), the sizes Teams' own
host config; what is looked at here is what does not hang on them: that nothing is cut, that
everything has a name, that words can be read on what they stand on.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Page

from cards.kit.elements import Card

MODULES: Final = Path(__file__).parents[2] / "node_modules"
SCRIPTS: Final = (
    MODULES / "adaptivecards" / "dist" / "adaptivecards.js",
    MODULES / "axe-core" / "axe.min.js",
)
A_SHEET: Final = 12
REFERENCE: Final = re.compile("LC-[0-9A-Z]{5}")
"""Two cards that differ in it alone look the same."""


@dataclass(frozen=True)
class Theme:
    """What the host of a card adds to it: `words` on `ground`, and their quieter and louder kin."""

    name: str
    width: int
    ground: str
    emphasis: str
    warning: str
    words: str
    subtle: str
    accent: str
    attention: str
    button: str
    chosen: str

    @property
    def config(self) -> dict[str, Any]:
        """The library's host config."""
        colours = {
            "default": {"default": self.words, "subtle": self.subtle},
            "accent": {"default": self.accent, "subtle": self.accent},
            "attention": {"default": self.attention, "subtle": self.attention},
        }
        styles = {
            "default": self.ground,
            "emphasis": self.emphasis,
            "accent": self.chosen,
            "warning": self.warning,
        }
        return {
            "supportsInteractivity": True,
            "fontFamily": "Liberation Sans, sans-serif",
            "fontSizes": {"small": 12, "default": 14, "medium": 16, "large": 18, "extraLarge": 24},
            "fontWeights": {"lighter": 300, "default": 400, "bolder": 600},
            "spacing": {"small": 4, "default": 12, "medium": 16, "large": 20, "padding": 16},
            "containerStyles": {
                name: {"backgroundColor": ground, "foregroundColors": colours}
                for name, ground in styles.items()
            },
            "actions": {"maxActions": 6, "actionsOrientation": "horizontal", "buttonSpacing": 8},
            "textBlock": {"headingLevel": 2},
            "inputs": {
                "label": {
                    "inputSpacing": 4,
                    "requiredInputs": {"color": "default", "weight": "bolder"},
                    "optionalInputs": {"color": "default", "weight": "bolder"},
                },
                "errorMessage": {"color": "attention"},
            },
        }

    @property
    def style(self) -> str:
        """What Teams does beside the library: its page, inputs and buttons."""
        field = f"background:{self.ground};color:{self.words};border:1px solid {self.subtle}"
        return f"""
        * {{ box-sizing: border-box; }}
        body {{ margin: 0; padding: 8px; background: {self.ground}; font-family: sans-serif; }}
        main {{ display: flex; flex-wrap: wrap; gap: 8px; align-items: flex-start; }}
        section {{ width: {self.width}px; border: 1px solid {self.subtle}; border-radius: 8px; }}
        /* A word without an end is broken rather than cut. */
        .ac-richTextBlock {{ overflow-wrap: anywhere; }}
        input[type=radio], input[type=checkbox] {{ width: 24px; height: 24px; flex: none; }}
        textarea {{ min-height: 60px; }}
        .ac-input:not([type=checkbox], [type=radio]) {{ width: 100%; font-size: 14px; {field}; }}
        .ac-multichoiceInput, .ac-choiceSetInput-expanded {{ border: 0 !important; }}
        .ac-actionSet {{ flex-wrap: wrap !important; gap: 8px; }}
        .ac-actionSet > div:not(:has(button)) {{ display: none !important; }}
        .ac-pushButton {{ padding: 6px 12px; border-radius: 4px; font-size: 14px; {field}; }}
        .ac-pushButton.style-positive {{ background: {self.button}; color: #fff; border: 0; }}
        """


LIGHT: Final = Theme(
    "light", 520, "#ffffff", "#f5f5f5", "#fdf6f3", "#242424", "#616161", "#5b5fc7", "#c50f1f",
    "#5b5fc7", "#e8ebfa",
)  # fmt: skip
DARK: Final = Theme(
    "dark", 520, "#292929", "#1f1f1f", "#4a1e04", "#ffffff", "#adadad", "#9299f7", "#f1bbbc",
    "#5b5fc7", "#3d3e66",
)  # fmt: skip
PHONE: Final = Theme(**{**LIGHT.__dict__, "name": "phone", "width": 328})
THEMES: Final = (LIGHT, DARK, PHONE)

DRAW: Final = """([cards, config]) => {
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => { result.didProcess = false; };
  const main = document.querySelector("main");
  main.replaceChildren();
  cards.forEach((json, number) => {
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig(config);
    card.parse(json);
    const section = document.createElement("section");
    section.id = `card-${number}`;
    section.append(card.render());
    // What the library cannot know of Teams: ids are unique on a card, not on a page of cards.
    section.querySelectorAll("[id]").forEach(one => {
      const old = one.id, fresh = `${section.id}-${old}`;
      section.querySelectorAll(`[for="${CSS.escape(old)}"]`).forEach(it => { it.htmlFor = fresh; });
      for (const name of ["aria-labelledby", "aria-describedby"])
        section.querySelectorAll(`[${name}]`).forEach(it => it.setAttribute(
          name, it.getAttribute(name).split(" ").map(id => id === old ? fresh : id).join(" ")));
      one.id = fresh;
    });
    main.append(section);
    // The library names the box around a list that can be searched, where Teams names its field.
    section.querySelectorAll("label[for]").forEach(label => {
      const field = document.getElementById(label.htmlFor)?.querySelector?.("input[list]");
      if (field) field.setAttribute("aria-labelledby", label.id);
    });
  });
}"""

CUT: Final = """() => {
  const measure = document.createElement("canvas").getContext("2d");
  // Of an input nothing overflows: what it shows of its own is measured instead.
  const inside = one => {
    const text = one.matches("select") ? one.selectedOptions[0]?.text : one.placeholder;
    if (!text || one.matches("textarea")) return "";
    const style = getComputedStyle(one), arrow = one.matches("select") ? 20 : 0;
    measure.font = style.font;
    const room = one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return measure.measureText(text).width > room - arrow + 1 ? text : "";
  };
  return [...document.querySelectorAll("section")].flatMap(section => {
    const edge = section.getBoundingClientRect().right + 1;
    return [...section.querySelectorAll("*")].map(one => {
      if (one.matches("select, input")) return inside(one);
      if (!one.innerText || one.matches("option")) return "";
      const style = getComputedStyle(one);
      const hidden = style.overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
      const dots = style.textOverflow === "ellipsis" && one.scrollWidth > one.clientWidth;
      return hidden || dots || one.getBoundingClientRect().right > edge ? one.innerText : "";
    }).filter(Boolean).map(text => `${section.id}: ${text.slice(0, 80)}`);
  });
}"""

AXE: Final = """async () => {
  const found = await axe.run("main", {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
  });
  return found.violations.flatMap(one => one.nodes.map(
    node => `${one.id}: ${node.html.slice(0, 200)} ${node.any.map(it => it.message).join("; ")}`));
}"""


def sheets(cards: Sequence[Card], seen: set[str]) -> Iterator[list[Card]]:
    """The cards that look different from each other and from those seen, a dozen at a time."""
    found = {REFERENCE.sub("LC-", json.dumps(_shape(card))): card for card in cards}
    distinct = [card for shape, card in found.items() if shape not in seen]
    seen |= set(found)
    for start in range(0, len(distinct), A_SHEET):
        yield distinct[start : start + A_SHEET]


def _shape(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _shape(one) for key, one in node.items() if key not in ("data", "fallback")}
    return [_shape(one) for one in node] if isinstance(node, list) else node


async def prepare(page: Page, theme: Theme) -> None:
    """An empty page with the library, in this theme."""
    await page.set_content(
        "<!doctype html><html lang=en><title>Cards</title>"
        f"<style>{theme.style}</style><main></main>"
    )
    for script in SCRIPTS:
        await page.add_script_tag(path=script)


async def look(page: Page, theme: Theme, cards: Sequence[Card], picture: Path) -> list[str]:
    """Draw these cards and take their picture: everything that is cut, and what axe has to say."""
    await page.evaluate(DRAW, [list(cards), theme.config])
    picture.parent.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=picture, full_page=True)
    cut: list[str] = await page.evaluate(CUT)
    wrong: list[str] = await page.evaluate(AXE)
    return [*(f"cut: {one}" for one in cut), *wrong]
