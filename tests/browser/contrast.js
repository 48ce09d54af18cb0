// Returns the texts whose contrast with what is behind them is under WCAG 2.2 AA (success criterion 1.4.3).
() => {
  const parse = (colour) => {
    const [a, b, c, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return colour.startsWith("color(srgb") ? [a * 255, b * 255, c * 255, alpha] : [a, b, c, alpha];
  };
  const over = (above, below) => [0, 1, 2].map((i) => above[i] * above[3] + below[i] * (1 - above[3])).concat(1);
  const linear = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const background = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) layers.unshift(parse(getComputedStyle(e).backgroundColor));
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const holdsText = (e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const found = [];
  for (const e of document.querySelectorAll("article *, .md-nav *, .md-footer *, .md-header__title *")) {
    if (!holdsText(e) || !e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (e.closest(".headerlink") || e.getBoundingClientRect().width <= 1) continue;
    const style = getComputedStyle(e);
    const behind = background(e);
    const [high, low] = [luminance(over(parse(style.color), behind)), luminance(behind)].sort((x, y) => y - x);
    const ratio = (high + 0.05) / (low + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) found.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)} ${e.textContent.trim().slice(0, 30)}`);
  }
  return found;
};
