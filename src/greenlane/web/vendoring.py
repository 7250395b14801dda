"""Makes the vendored style sheet, scripts, icons and outlines from the published packages; no clause."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parent / "static" / "greenlane" / "vendor"
WORLD = Path(__file__).parent / "data"

# USWDS compiles its theme colours into the sheet. Each blue is replaced by the green of the same grade in the same
# colour system, so that every contrast ratio that USWDS promises between grades still holds.
PALETTE = {
    "#005ea2": "#146947",  # primary: blue 60v -> mint 60v
    "#1a4480": "#0c4e29",  # primary dark: 70
    "#162e51": "#0d351e",  # primary darker: 80
    "#73b3e7": "#5abf95",  # primary light: 30
    "#d9e8f6": "#dbf6ed",  # primary lighter: 5
    "#0050d8": "#008659",  # primary vivid: 50v
}
FONT = "Public Sans Web"
# Families of rules that no page uses; their responsive and hover variants are most of the published sheet.
UNUSED = re.compile(
    r"\.(usa-(banner|hero|megamenu|icon-list|range|embed-container|social-link|sign-up|identifier|language|in-page|"
    r"site-alert|graphic-list|input-mask|collection|footer|modal|sidenav|overlay|nav|header|prose|process-list)\b|"
    r"(outline|circle|square|pin|opacity|add-list|add-aspect|cursor|z|border(?!-0)|measure|maxh|minh)-)"
)
RESPONSIVE = re.compile(r"\.[a-z-]+\\:")
RESPONSIVE_KEPT = re.compile(r"\.(mobile-lg|tablet|desktop)\\:(grid-|display-|order-)")
_NAMES = """
    account_balance account_circle add arrow_back arrow_forward assessment attach_file autorenew bookmark
    calendar_today cancel chat check check_circle close comment contact_page delete do_not_disturb edit error
    event expand_less expand_more fast_forward file_download file_present file_upload filter_list flag folder
    groups help history home hourglass_empty identification info insights launch list local_library
    location_on lock lock_open login logout mail map more_horiz navigate_before navigate_next notifications
    people person print priority_high public push_pin radio_button_unchecked remove_circle schedule search
    security send settings shield star support topic undo update verified verified_user visibility warning
    work
"""
ICONS = _NAMES.split()


def blocks(sheet: str) -> Iterator[str]:
    """The top-level rules of minified CSS, each with its braces; quoted strings are skipped over."""
    depth = start = position = 0
    while position < len(sheet):
        letter = sheet[position]
        if letter in "\"'":
            position = sheet.index(letter, position + 1)
            while sheet[position - 1] == "\\":
                position = sheet.index(letter, position + 1)
        elif letter == "{":
            depth += 1
        elif letter == "}" or (letter == ";" and not depth):
            depth -= letter == "}"
            if not depth:
                yield sheet[start : position + 1]
                start = position + 1
        position += 1


def trimmed(sheet: str) -> str:
    """The sheet without fonts, unused components and the responsive utilities; at-rules are trimmed inside."""
    kept = []
    for block in blocks(sheet):
        head, _, body = block.partition("{")
        if head.startswith("@font-face") or block.startswith("@charset"):
            continue
        if head.startswith(("@media", "@supports")):
            inner = trimmed(body[:-1])
            if inner:
                kept.append(f"{head}{{{inner}}}")
        elif head.startswith("@"):
            kept.append(block)
        else:
            selectors = [selector for selector in _selectors(head) if _used(selector)]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{body}")
    return "".join(kept)


def _selectors(head: str) -> list[str]:
    """Split at commas that stand outside brackets."""
    return re.split(r",(?![^(\[]*[)\]])", head)


def _used(selector: str) -> bool:
    if RESPONSIVE.search(selector):
        return bool(RESPONSIVE_KEPT.search(selector))
    return not UNUSED.search(selector)


def style_sheet(source: Path) -> str:
    """USWDS in the green palette and with one font family, trimmed to what the pages use."""
    sheet = re.sub(r"/\*.*?\*/", "", source.read_text(encoding="utf-8"), flags=re.S).strip()
    sheet = trimmed(sheet)
    for blue, green in PALETTE.items():
        sheet = sheet.replace(blue, green)
    sheet = sheet.replace("Source Sans Pro Web", FONT).replace("Merriweather Web", FONT)
    return (
        '@charset "UTF-8";\n/*! USWDS 3.14.0, see LICENSE-USWDS.md; changed for Greenlane: palette, one font family, '
        "unused rules removed (greenlane/web/vendoring.py) */\n" + sheet
    )


def sprite(icons: Path) -> str:
    """One SVG file with a symbol for each icon named in ICONS; an icon that the package does not have is an error."""
    symbols = []
    for name in ICONS:
        text = (icons / f"{name}.svg").read_text(encoding="utf-8")
        paths = "".join(re.findall(r"<(?:path|circle|rect|polygon)\b[^>]*/>", text.replace("></path>", "/>")))
        box = re.search(r'viewBox="([^"]+)"', text)
        paths = re.sub(r'<path[^>]*\bfill="none"[^>]*/>', "", paths)
        symbols.append(f'<symbol id="{name}" viewBox="{box.group(1) if box else "0 0 24 24"}">{paths}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def vendor(uswds: Path, htmx: Path, atlas: Path, sans: Path) -> None:
    """Write everything from the four unpacked packages (uswds 3.14, htmx.org 2.0, world-atlas 2, public-sans)."""
    shutil.rmtree(TARGET, ignore_errors=True)
    for folder in ("css", "js", "fonts", "img"):
        (TARGET / folder).mkdir(parents=True)
    sheet = style_sheet(uswds / "dist/css/uswds.min.css")
    (TARGET / "css/uswds.min.css").write_text(sheet, encoding="utf-8")
    for name in sorted(set(re.findall(r"url\(\.\./img/([^)]+)\)", sheet))):
        target = TARGET / "img" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        image = (uswds / "dist/img" / name).read_text(encoding="utf-8")
        target.write_text(image.replace("#005ea2", PALETTE["#005ea2"]).replace("#005EA2", PALETTE["#005ea2"]), "utf-8")
    for script in (uswds / "dist/js/uswds.min.js", uswds / "dist/js/uswds-init.min.js", htmx / "dist/htmx.min.js"):
        text = re.sub(r"\s*//# sourceMappingURL=\S+\s*$", "\n", script.read_text(encoding="utf-8"))
        (TARGET / "js" / script.name).write_text(text, encoding="utf-8")
    for weight in ("Regular", "Bold"):
        shutil.copy(uswds / f"dist/fonts/public-sans/PublicSans-{weight}.woff2", TARGET / "fonts")
    # for quotations of the law alone
    shutil.copy(uswds / "dist/fonts/merriweather/Latin-Merriweather-Regular.woff2", TARGET / "fonts")
    (TARGET / "img/icons.svg").write_text(sprite(uswds / "dist/img/usa-icons"), encoding="utf-8")
    shutil.copy(uswds / "LICENSE.md", TARGET / "LICENSE-USWDS.md")
    shutil.copy(htmx / "LICENSE", TARGET / "LICENSE-htmx.txt")
    shutil.copy(sans / "LICENSE.md", TARGET / "LICENSE-Public-Sans.md")
    WORLD.mkdir(exist_ok=True)
    shutil.copy(atlas / "countries-110m.json", WORLD)
    shutil.copy(atlas / "LICENSE", WORLD / "LICENSE-world-atlas.txt")


if __name__ == "__main__":
    vendor(*(Path(argument) for argument in sys.argv[1:5]))
