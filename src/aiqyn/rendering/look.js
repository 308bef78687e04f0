// Measures a drawn page. Runs in a world of its own: the page's scripts neither see nor change it.
globalThis.aiqyn = (() => {
  const MOST = 20;
  const SNIPPET = 160;
  const FOCUSABLE =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex], [contenteditable=true]";
  const MENU =
    "nav a[href], header a[href], [role=navigation] a[href], [role=menubar] a[href], [class*=menu i] a[href], [id*=menu i] a[href]";
  // The words stand alone or in a class or address; old sites write them in all these ways.
  const SPECIAL =
    /көру қабілеті|нашар көретін|көзі нашар|слабовидящ|для незрячих|visually[\s_-]*impaired|vision[\s_-]*impaired|low vision|accessibility version|\bbvi\b|bvi-open|specialview|special-?version|lidrekon|uhpv|slabovid|finevision/i;

  const opening = (node) => {
    const html = node.cloneNode(false).outerHTML;
    return html.length > SNIPPET ? html.slice(0, SNIPPET - 1) + "…" : html;
  };

  const step = (node) => {
    const twins = [...(node.parentElement?.children ?? [])].filter((each) => each.localName === node.localName);
    return twins.length > 1 ? `${node.localName}:nth-of-type(${twins.indexOf(node) + 1})` : node.localName;
  };

  const pathOf = (node) => {
    const steps = [];
    for (let at = node; at && at.nodeType === 1 && steps.length < 8; at = at.parentElement) {
      if (at.id && /^[\w-]+$/.test(at.id)) {
        steps.unshift(`#${at.id}`);
        break;
      }
      steps.unshift(step(at));
    }
    return steps.join(" > ");
  };

  const spot = (node, told = "") => ({ path: pathOf(node), html: opening(node), told });

  const isSeen = (node) => {
    const box = node.getBoundingClientRect();
    return (
      box.width > 1 &&
      box.height > 1 &&
      node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    );
  };

  function* texts() {
    const walker = document.createTreeWalker(document.body ?? document.documentElement, NodeFilter.SHOW_TEXT);
    for (let count = 0; count < 20000 && walker.nextNode(); count++) {
      const letters = walker.currentNode.data.replace(/\s+/g, "").length;
      const parent = walker.currentNode.parentElement;
      if (letters && parent && !/^(script|style|noscript|template)$/.test(parent.localName) && isSeen(parent)) {
        yield [parent, letters];
      }
    }
  }

  const rgba = (colour) => {
    const parts = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return parts.length >= 3 ? [parts[0], parts[1], parts[2], parts[3] ?? 1] : [0, 0, 0, 0];
  };

  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] >= 0.99) return colour;
    }
    return [255, 255, 255, 1];
  };

  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  const counted = (counts, key, letters) => counts.set(key, (counts.get(key) ?? 0) + letters);
  const round = (number, to = 10) => Math.round(number * to) / to;

  function sizes() {
    const counts = new Map();
    for (const [node, letters] of texts()) {
      counted(counts, round(parseFloat(getComputedStyle(node).fontSize)), letters);
    }
    return [...counts].sort((a, b) => a[0] - b[0]);
  }

  function look() {
    const bySize = sizes();
    const letters = bySize.reduce((sum, [, count]) => sum + count, 0);
    if (!letters) return null;
    let passed = 0;
    const [size] = bySize.find(([, count]) => (passed += count) * 2 >= letters);
    const colours = new Map();
    for (const [node, count] of texts()) {
      const key = `${getComputedStyle(node).color} / rgb(${behind(node).slice(0, 3).join(", ")})`;
      counted(colours, key, count);
    }
    const [common] = [...colours].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
    const [front, back] = common.split(" / ").map(rgba);
    return { size, contrast: round(contrast(front, back), 100), colours: common };
  }

  function isCut(node) {
    for (let at = node.parentElement; at && at !== document.body; at = at.parentElement) {
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  }

  function fit() {
    const root = document.documentElement;
    const window = root.clientWidth;
    const hidden = [root, document.body].some(
      (each) => each && /hidden|clip/.test(getComputedStyle(each).overflowX),
    );
    const content = Math.max(root.scrollWidth, document.body?.scrollWidth ?? 0);
    if (content <= window + 1) return { window, content, wide: [] };
    const wide = [...document.querySelectorAll("body *")].filter((node) => {
      const box = node.getBoundingClientRect();
      return box.right > window + 1 && box.left < content && isSeen(node) && !isCut(node);
    });
    // What sticks out and nobody can scroll to, is cut off only when it holds something.
    const told = hidden ? wide.filter((node) => node.innerText?.trim()) : wide;
    const innermost = told.filter((node) => !told.some((other) => other !== node && node.contains(other)));
    const needs = hidden && !told.length ? window : content;
    return {
      window,
      content: needs,
      wide: innermost.slice(0, MOST).map((node) => spot(node, `${Math.ceil(node.getBoundingClientRect().right)} px`)),
    };
  }

  function media() {
    const playing = [...document.querySelectorAll("video[autoplay], audio[autoplay]")];
    const isLoud = (node) => !node.muted && !node.hasAttribute("muted") && !isSilent(node);
    const isSilent = (node) => node.localName === "video" && node.mozHasAudio === false;
    return {
      sounding: playing.filter(isLoud).slice(0, MOST).map((node) => spot(node)),
      playing: playing
        .filter((node) => !isLoud(node) && node.localName === "video" && isSeen(node) && !node.controls)
        .slice(0, MOST)
        .map((node) => spot(node)),
    };
  }

  function moving() {
    const endless = document.getAnimations().filter((each) => {
      const timing = each.effect?.getComputedTiming();
      const node = each.effect?.target;
      return (
        timing && node && each.playState === "running" &&
        timing.endTime > 5000 && Number(timing.duration) > 0 && isSeen(node) && moves(each)
      );
    });
    const nodes = [...new Set(endless.map((each) => each.effect.target))];
    const marquees = [...document.querySelectorAll("marquee")].filter(isSeen);
    return [...marquees, ...nodes].slice(0, MOST).map((node) => spot(node));
  }

  const MOVES = /^(transform|translate|rotate|scale|left|right|top|bottom|margin|opacity|visibility|background)/;
  function moves(animation) {
    const frames = animation.effect.getKeyframes?.() ?? [];
    return frames.some((frame) => Object.keys(frame).some((name) => MOVES.test(name)));
  }

  // What a focus may change, on the element, near it and inside it.
  function face(node) {
    const near = [node, node.parentElement, node.parentElement?.parentElement, ...[...node.children].slice(0, 4)];
    const styles = near.filter(Boolean).map((each) => [getComputedStyle(each)]);
    styles.push([getComputedStyle(node, "::before")], [getComputedStyle(node, "::after")]);
    return styles
      .map(([style]) =>
        [
          style.outlineStyle === "none" ? "" : `${style.outlineStyle}${style.outlineWidth}${style.outlineColor}`,
          style.boxShadow, style.backgroundColor, style.backgroundImage, style.color, style.opacity,
          style.borderTopColor, style.borderTopWidth, style.borderBottomColor, style.borderBottomWidth,
          style.borderLeftColor, style.textDecorationLine, style.transform, style.fontWeight, style.width,
          style.filter, style.content, style.visibility, style.textShadow,
        ].join("|"),
      )
      .join("\n");
  }

  let faces, stops, unseen, links, wereSeen;

  function startTabbing() {
    const still = document.createElement("style");
    still.textContent = "*, *::before, *::after { transition: none !important; }";
    document.documentElement.append(still);
    const all = [...document.querySelectorAll(FOCUSABLE)].slice(0, 1000);
    faces = new Map(all.map((node) => [node, face(node)]));
    wereSeen = new Set(all.filter(isSeen));
    links = [...document.querySelectorAll(MENU)].filter((node) => isSeen(node) && !node.closest("[inert]"));
    stops = [];
    unseen = new Set();
    document.addEventListener("focusin", noteStop, true);
    document.activeElement?.blur();
    window.scrollTo(0, 0);
    return links.length;
  }

  function noteStop({ target }) {
    stops.push(target);
    if (target.localName === "iframe" || !faces.has(target) || !wereSeen.has(target)) return;
    if (face(target) === faces.get(target)) unseen.add(target);
    else unseen.delete(target);
  }

  // "more" until every link of the menus was met, Tab has left the page or leads nowhere.
  function tabbed() {
    const left = document.activeElement === document.body || document.activeElement === null;
    const met = new Set(stops);
    if (left) return stops.length ? "round" : "nothing";
    if (links.every((node) => met.has(node)) && stops.length >= 12) return "done";
    const last = stops.slice(-18);
    if (last.length === 18 && new Set(last).size <= 3) return "trap";
    return "more";
  }

  function endTabbing(why) {
    const met = new Set(stops);
    const order = [...faces.keys()];
    const furthest = Math.max(-1, ...[...met].map((node) => order.indexOf(node)));
    const past = why === "round" ? () => true : (node) => order.indexOf(node) < furthest;
    const missed = links.filter((node) => !met.has(node) && past(node) && isSeen(node));
    document.removeEventListener("focusin", noteStop, true);
    return {
      menu: links.length,
      missed: missed.slice(0, MOST).map((node) => spot(node)),
      unseen: [...unseen].slice(0, MOST).map((node) => spot(node)),
      stops: stops.length,
      trap: why === "trap" ? spot(stops[stops.length - 1]) : null,
    };
  }

  function wordsOf(node) {
    const inside = [...node.querySelectorAll("img[alt], svg title")].slice(0, 5);
    const told = ["title", "aria-label", "class", "id", "href", "alt", "onclick"].map((name) => node.getAttribute(name));
    return [node.textContent.slice(0, 300), ...told, ...inside.map((each) => each.getAttribute("alt") ?? each.textContent)]
      .filter(Boolean)
      .join(" ");
  }

  const CONTROLS = "a, button, [role=button], input[type=button], input[type=submit], [onclick], [class*=bvi i]";

  function special() {
    const found = [...document.querySelectorAll(CONTROLS)].filter(
      (node) => isSeen(node) && node.textContent.length < 300 && SPECIAL.test(wordsOf(node)),
    );
    const node = found.find((each) => /^(a|button|input)$/.test(each.localName)) ?? found[0];
    return node ? spot(node) : null;
  }

  const controls = () => [...document.querySelectorAll("button, a, input, select, [role=button]")].filter(isSeen).length;

  function click(path) {
    const node = document.querySelector(path);
    if (!node) return false;
    node.click();
    return true;
  }

  const size = () => ({
    height: Math.max(document.documentElement.scrollHeight, document.body?.scrollHeight ?? 0),
    window: window.innerHeight,
  });

  function boxOf(path) {
    const node = document.querySelector(path);
    if (!node || !isSeen(node)) return null;
    const box = node.getBoundingClientRect();
    return { x: box.x + window.scrollX, y: box.y + window.scrollY, width: box.width, height: box.height };
  }

  async function runAxe(tags) {
    const found = await axe.run(document, {
      runOnly: { type: "tag", values: tags },
      resultTypes: ["violations", "incomplete"],
      iframes: false,
      preload: { assets: ["cssom"] }, // sound and film never come: axe would wait ten seconds
    });
    const told = (node) => {
      const data = [...node.any, ...node.all, ...node.none].map((check) => check.data).find((data) => data?.contrastRatio);
      return data ? `${data.contrastRatio} : 1 < ${data.expectedContrastRatio}, ${data.fgColor} / ${data.bgColor}` : "";
    };
    const result = ({ id, impact, nodes }) => ({
      id,
      impact: impact ?? "",
      nodes: nodes.slice(0, MOST).map((node) => ({
        path: String(node.target.flat()[0]).slice(0, 400),
        html: node.html.slice(0, SNIPPET),
        told: told(node),
      })),
      more: Math.max(0, nodes.length - MOST),
    });
    return {
      version: axe.version,
      violations: found.violations.map(result),
      incomplete: found.incomplete.map(result),
      passes: found.passes.map(({ id }) => id),
    };
  }

  return { sizes, look, fit, media, moving, startTabbing, tabbed, endTabbing, special, controls, click, size, boxOf, runAxe };
})();
