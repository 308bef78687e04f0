"""One page, opened, measured and photographed."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from playwright.async_api import Error, Page, Route

from aiqyn.fetch.store import Store
from aiqyn.rendering.browser import Browser, Gone, World
from aiqyn.rendering.door import Door, Visit
from aiqyn.rendering.seat import HEIGHT, WIDTH, Seat
from aiqyn.subjects.rendering import AxeResult, Drawn, Fit, Look, Special, Spot

PHONE = 360  # px
ZOOMED = WIDTH // 2  # 200 %
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
AXE_S = 30.0
MOST_TABS = 200
QUIET_S = 0.1  # without an open request: the page has come
MOST_QUIET_S = 5.0
TALLEST = 6_000  # px of the picture of a page
MOST_CROPS = 6  # pictures of single elements of one page
AROUND = 12  # px of a crop's surroundings
LARGEST = 1_000  # px of a crop's side
QUALITY = 60  # of JPEG


class Looker:
    """Draws pages; `seconds` is the longest one page may take."""

    def __init__(self, browser: Browser, door: Door, store: Store, *, seconds: float) -> None:
        self.browser = browser
        self.door = door
        self.store = store
        self.seconds = seconds

    async def look(self, visit: Visit, known: Drawn) -> Drawn:
        """Return `known` with everything measured. Raises Gone when the page did not survive."""

        async def answer(route: Route) -> None:
            await self.door.answer(route, visit)

        try:
            async with asyncio.timeout(self.seconds), self.browser.page(answer) as seat:
                return await self._look(seat, visit, known)
        except TimeoutError:
            await self.browser.give_up()
            raise Gone(f"took longer than {self.seconds:.0f} s") from None
        except Error as error:
            raise Gone(error.message[:300]) from None
        except msgspec.ValidationError as error:
            raise Gone(f"told nonsense: {error}") from None

    async def _look(self, seat: Seat, visit: Visit, known: Drawn) -> Drawn:
        page = seat.page
        await page.goto(visit.page, wait_until="domcontentloaded", timeout=self.seconds * 1000)
        await _settled(page, visit)
        world = await World.beside(seat.session)
        found: dict[str, Any] = {
            "browser": self.browser.version,
            "sizes": await world.ask("sizes()"),
            "look": await world.ask("look()"),
            "moving": await world.ask("moving()"),
            "axe": await _axe(world),
            **await world.ask("media()"),
            **await world.ask("size()"),
        }
        found["picture"] = await self._picture(seat, found["height"])
        found["tabbing"] = await _tabbing(page, world)
        found["phone"] = await _fit(page, world, PHONE)
        found["zoomed"] = await _fit(page, world, ZOOMED)
        await page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        drawn = msgspec.convert(msgspec.to_builtins(known) | found, Drawn)
        drawn = await self._with_crops(seat, world, drawn)
        drawn = await _with_special(seat, world, visit, drawn)
        return msgspec.structs.replace(
            drawn,
            unstyled=tuple(sorted(set(visit.unstyled))),
            scripts_missing=visit.scripts_missing,
        )

    async def _picture(self, seat: Seat, height: int) -> str:
        clip = {"x": 0.0, "y": 0.0, "width": float(WIDTH), "height": float(min(height, TALLEST))}
        return await self._shot(seat, clip)

    async def _shot(self, seat: Seat, clip: dict[str, float]) -> str:
        """Keep a picture of a part of the page, taken without moving it."""
        taken = await seat.session.send(
            "Page.captureScreenshot",
            {
                "format": "jpeg",
                "quality": QUALITY,
                "clip": {**clip, "scale": 1},
                "captureBeyondViewport": True,
            },
        )
        return self.store.put(msgspec.convert(taken["data"], bytes, strict=False))

    async def _with_crops(self, seat: Seat, world: World, drawn: Drawn) -> Drawn:
        """Add pictures of the worst elements: one of each axe rule first, the gravest first."""
        if drawn.axe is None:
            return drawn
        pictures: dict[str, str] = {}
        for path in _worst(drawn.axe.violations)[:MOST_CROPS]:
            box = await world.ask(f"boxOf({msgspec.json.encode(path).decode()})")
            if box is not None:
                pictures[path] = await self._shot(seat, _around(box))
        violations = tuple(_pictured(each, pictures) for each in drawn.axe.violations)
        return msgspec.structs.replace(
            drawn, axe=msgspec.structs.replace(drawn.axe, violations=violations)
        )


async def _settled(page: Page, visit: Visit) -> None:
    """Wait until what the page asked for has come, or long enough."""
    deadline = asyncio.get_running_loop().time() + MOST_QUIET_S
    try:
        await page.wait_for_load_state("load", timeout=MOST_QUIET_S * 1000)
    except Error:
        return
    while asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(QUIET_S)
        if not visit.open:
            return


async def _axe(world: World) -> Any:
    """Return axe's results; None when it takes too long or breaks, as it does on huge pages."""
    tags = msgspec.json.encode(TAGS).decode()
    try:
        await world.bring_axe()
        return await asyncio.wait_for(world.ask(f"runAxe({tags})"), AXE_S)
    except (Gone, TimeoutError):
        return None


async def _tabbing(page: Page, world: World) -> Any:
    await world.ask("startTabbing()")
    why = "more"
    for stop in range(MOST_TABS):
        await page.keyboard.press("Tab")
        if stop % 6 == 5 and (why := await world.ask("tabbed()")) != "more":
            break
    return await world.ask(f"endTabbing({msgspec.json.encode(why).decode()})")


async def _fit(page: Page, world: World, width: int) -> Fit:
    await page.set_viewport_size({"width": width, "height": HEIGHT})
    return msgspec.convert(await world.ask("fit()"), Fit)


def _worst(violations: Iterable[AxeResult]) -> list[str]:
    order = ("critical", "serious", "moderate", "minor", "")
    sorted_results = sorted(violations, key=lambda each: (order.index(each.impact), each.id))
    firsts = [each.nodes[0].path for each in sorted_results if each.nodes]
    others = [spot.path for each in sorted_results for spot in each.nodes[1:]]
    return list(dict.fromkeys(firsts + others))


def _around(box: dict[str, float]) -> dict[str, float]:
    left, top = max(0.0, box["x"] - AROUND), max(0.0, box["y"] - AROUND)
    return {
        "x": left,
        "y": top,
        "width": min(box["width"] + 2 * AROUND, LARGEST),
        "height": min(box["height"] + 2 * AROUND, LARGEST),
    }


def _pictured(result: AxeResult, pictures: dict[str, str]) -> AxeResult:
    nodes: Sequence[Spot] = [
        msgspec.structs.replace(spot, picture=pictures.get(spot.path, "")) for spot in result.nodes
    ]
    return msgspec.structs.replace(result, nodes=tuple(nodes))


async def _with_special(seat: Seat, world: World, visit: Visit, drawn: Drawn) -> Drawn:
    """Click the control for the visually impaired, where there is one, and look again."""
    told = await world.ask("special()")
    if told is None:
        return drawn
    spot = msgspec.convert(told, Spot)
    before = await world.ask("controls()")
    special = Special(spot=spot)
    try:
        await world.ask(f"click({msgspec.json.encode(spot.path).decode()})")
        await asyncio.sleep(QUIET_S * 5)
        await _settled(seat.page, visit)
        world = await World.beside(seat.session)
        after = msgspec.convert(await world.ask("look()"), Look | None)
        panel = bool(await world.ask("controls()") > before)
        special = Special(spot=spot, after=after, panel=panel)
    except (Error, Gone):
        pass
    return msgspec.structs.replace(drawn, special=special)
