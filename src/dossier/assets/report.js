"use strict";
/* Comfort for the report: it reads without this. Other language, finding, two articles side by side, folding out. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  let words = data.words[document.documentElement.lang] || data.words.en;

  /* ---- the program's words: as src/dossier/message.c */
  const group = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, words.thousands);
  const say = (key, args = []) => {
    let text = words[key] ?? data.words.en[key] ?? key;
    if (args.length && text.includes("|")) text = text.split("|")[words.singular.split(" ").includes(args[0]) ? 0 : 1];
    return text.replace(/\{([1-9])\}/g, (_, k) => { const v = args[k - 1] ?? ""; return /^\d{4,}$/.test(v) ? group(v) : v; });
  };
  const clock = (hour, minute) => words.clock.replace("{1}", words.clock.includes(":") ? hour : hour.replace(/^0/, "")).replace("{2}", minute);
  const date = (iso) => {
    if (iso.includes("/")) return iso.split("/").map(date).join(" – ");
    if (/^\d\d:\d\d$/.test(iso)) return clock(...iso.split(":"));
    const m = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:[T ](\d\d):(\d\d)\S*?(Z|[+-]\d\d:?\d\d)?)?$/.exec(iso);
    if (!m) return iso;
    const [, year, month, day, hour, minute, zone] = m;
    const fill = (key, ...args) => words[key].replace(/\{([1-9])\}/g, (_, k) => args[k - 1]);
    const name = month && words["month_" + month];
    let text = day ? fill("date_day", +day === 1 ? words.day_first : +day, name, year) : month ? fill("date_month", "", name, year) : fill("date_year", "", "", year);
    if (hour) text += " " + clock(hour, minute) + (zone ? " UTC" + (zone === "Z" || zone === "+00:00" ? "" : zone) : "");
    return text;
  };
  const form = (text, count) => text.split("|")[words.singular.split(" ").includes(count) ? 0 : 1] ?? text.split("|")[0];
  const amount = (norm) => {
    const m = /^(n x )?(~|>=|<=|>|<)?(-?\d+(?:\.\d+)?)(?:\.\.(-?\d+(?:\.\d+)?))?(%$|(?: ([kMGT])(?= |$))?(?: (.+))?$)/.exec(norm);
    if (!m) return norm;
    const [, open, sign, lo, hi, tail, scale] = m, unit = tail === "%" ? "%" : m[7], key = (s) => s.replace(/ /g, "_");
    if (open) return (!hi && !unit && words["some_" + key(norm.slice(4))]) || norm;
    const decimal = (s) => { const [whole, rest] = s.replace("-", "").split("."); return (s[0] === "-" ? "−" : "") + group(whole) + (rest ? words.decimal + rest : ""); };
    const last = hi ?? lo, count = words.singular[0] === "0" ? last.split(".")[0] : last;
    const named = (kind, name, n) => "\u00a0" + (words[kind + key(name)] ? form(words[kind + key(name)], n) : name);
    let text = decimal(lo) + (hi ? "–" + decimal(hi) : "") + (scale ? named("scale_", scale, count) : "");
    if (unit === "%") text = words.percent.replace("{1}", text);
    else if (unit && words["money_" + unit]) text = words.money.replace(/\{([12])\}/g, (_, k) => [text, words["money_" + unit]][k - 1]);
    else if (unit) text += named("unit_", unit, scale ? "2" : count);
    const relation = { "~": "about", ">=": "at_least", "<=": "at_most", ">": "more", "<": "less" }[sign];
    return relation ? words["amount_" + relation].replace("{1}", text) : text;
  };
  const speak = (tag) => {
    const isOther = tag !== document.documentElement.lang;
    words = data.words[tag];
    document.documentElement.lang = tag;
    if (isOther) for (const e of all(".reason")) if (e.dataset.other) [e.textContent, e.dataset.other] = [e.dataset.other, e.textContent];
    for (const e of all("[data-w]")) {
      const args = [];
      for (let k = 1; e.dataset[k] !== undefined; k++) args.push(e.dataset[k]);
      const text = say(e.dataset.w, args);
      e.textContent = "unit" in e.dataset ? text.slice(text.indexOf(" ") + 1) : text;
    }
    for (const e of all("[data-wl]")) e.setAttribute("aria-label", say(e.dataset.wl));
    for (const e of all("time[data-d]")) e.textContent = date(e.dataset.d);
    for (const e of all("[data-v]")) e.textContent = amount(e.dataset.v);
    for (const b of all(".langs button")) b.setAttribute("aria-pressed", b.lang === tag);
  };
  const langs = document.querySelector("div.langs");   /* a server has links of its own */
  for (const tag of langs ? Object.keys(data.words) : []) {
    const b = document.createElement("button");
    b.type = "button";
    b.lang = tag;
    b.textContent = data.words[tag].language_name;
    b.setAttribute("aria-pressed", tag === document.documentElement.lang);
    b.addEventListener("click", () => speak(tag));
    langs.append(b);
  }
  for (const e of all(".js")) e.hidden = false;

  /* ---- finding: words in claims; folded rows come out when a filter asks for them */
  const find = byId("find");
  const rows = all(".co tbody tr").map((row) => [row, null]);
  const plain = (s) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const filter = () => {
    const wanted = plain(find.value.trim()), kind = { "f-x": "hx", "f-k": "hk", "f-o": "ho" }[document.querySelector("[name=show]:checked").id];
    let n = 0;
    for (const entry of rows) {
      const row = entry[0];
      entry[1] ??= plain(row.firstElementChild.textContent);
      const has = entry[1].includes(wanted);
      row.classList.toggle("off", !has);
      if (has && (!kind || row.classList.contains(kind))) n++;
    }
    if (wanted || kind) for (const d of all(".single")) d.open = true;
    byId("found").textContent = wanted || kind ? say("found", [String(n)]) : "";
  };
  if (find) {
    find.closest("label").hidden = false;
    let timer;
    find.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(filter, 120); });
    for (const e of all("[name=show]")) e.addEventListener("change", filter);
  }

  /* ---- a link into something folded unfolds it */
  const reveal = () => {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let opened = false;
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS" && !e.open) e.open = opened = true;
    if (opened) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  /* ---- print: everything unfolded, then as it was */
  let folded = [];
  addEventListener("beforeprint", () => { folded = all("details:not([open])"); for (const d of folded) d.open = true; });
  addEventListener("afterprint", () => { for (const d of folded) d.open = false; });

  /* ---- two articles side by side */
  const selects = [byId("pa"), byId("pb")], panes = [byId("left"), byId("right")], joins = byId("joins");
  const articles = all(".full");
  for (const s of selects) for (const a of articles) s.add(new Option(a.querySelector(".meta").textContent.trim().replace(/\s+/g, " ").slice(0, 70), a.id.slice(1)));
  let bands = [];

  /* Wraps units [start, end) of the article's text, as often as elements make it necessary; for the band `id`, or to be looked at. */
  const wrap = (pane, start, end, id) => {
    const made = [];
    for (const p of all("p[data-o]", pane)) {
      let at = +p.dataset.o;
      const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT), nodes = [];
      for (let n = walker.nextNode(); n; n = walker.nextNode()) nodes.push(n);
      for (const n of nodes) {
        const from = Math.max(start - at, 0), to = Math.min(end - at, n.length);
        at += n.length;
        if (from >= to) continue;
        const range = document.createRange();
        range.setStart(n, from);
        range.setEnd(n, to);
        const span = document.createElement("span");
        span.className = id === undefined ? "look" : "both";
        if (id !== undefined) span.dataset.b = id;
        range.surroundContents(span);
        made.push(span);
      }
    }
    return made;
  };
  const clone = (number) => {
    const copy = byId("a" + number).cloneNode(true), out = document.createElement("div");
    for (const e of all("[id]", copy)) e.removeAttribute("id");
    out.append(...copy.childNodes);
    return out;
  };
  const draw = () => {
    if (!joins.clientWidth) return;
    const top = joins.getBoundingClientRect().top, width = joins.clientWidth, height = joins.clientHeight;
    joins.setAttribute("viewBox", `0 0 ${width} ${height}`);
    let paths = "";
    for (const { a, b, kind } of bands) {
      if (!a.length || !b.length) continue;
      const box = (list) => [list[0].getBoundingClientRect().top - top, list[list.length - 1].getBoundingClientRect().bottom - top];
      const [a0, a1] = box(a), [b0, b1] = box(b), m = width / 2;
      if ((a1 < 0 && b1 < 0) || (a0 > height && b0 > height)) continue;
      const c = (y) => Math.max(-8, Math.min(height + 8, y));
      paths += kind === "c"
        ? `<path class="c" d="M0 ${c((a0 + a1) / 2)}C${m} ${c((a0 + a1) / 2)} ${m} ${c((b0 + b1) / 2)} ${width} ${c((b0 + b1) / 2)}"/>`
        : `<path d="M0 ${c(a0)}C${m} ${c(a0)} ${m} ${c(b0)} ${width} ${c(b0)}V${c(b1)}C${m} ${c(b1)} ${m} ${c(a1)} 0 ${c(a1)}Z"/>`;
    }
    joins.innerHTML = paths;
  };
  let waiting = false;
  const soon = () => { if (!waiting) { waiting = true; requestAnimationFrame(() => { waiting = false; draw(); }); } };
  /* places: [[start, end], [start, end]], what to look at on either side. */
  const show = (a, b, places) => {
    selects[0].value = a;
    selects[1].value = b;
    panes[0].replaceChildren(clone(a));
    panes[1].replaceChildren(clone(b));
    bands = [];
    let passages = 0, claims = 0;
    for (const [x, y, list] of data.joined) {
      if (!((x === +a && y === +b) || (x === +b && y === +a))) continue;
      for (const p of list) {
        const [p0, p1, q0, q1] = x === +a ? p : [p[2], p[3], p[0], p[1]];
        bands.push({ a: wrap(panes[0], p0, p1, bands.length), b: wrap(panes[1], q0, q1, bands.length), kind: "p" });
        passages++;
      }
    }
    const of = (pane) => { const m = new Map(); for (const e of all("a.m", pane)) if (!m.has(e.dataset.r)) m.set(e.dataset.r, e); return m; };
    const left = of(panes[0]), right = of(panes[1]);
    for (const [rank, e] of left) {
      const f = right.get(rank);
      if (!f) continue;
      claims++;
      for (const g of [...all(`a.m[data-r="${rank}"]`, panes[0]), ...all(`a.m[data-r="${rank}"]`, panes[1])]) g.classList.add("same");
      if (!e.closest(".both") && !e.querySelector(".both")) bands.push({ a: [e], b: [f], kind: "c" });
    }
    byId("pair-note").textContent = say("pair_note", [String(passages)]) + ", " + say("pair_claims", [String(claims)]);
    places?.forEach(([start, end], k) => {
      const pane = panes[k], looked = wrap(pane, start, end)[0];
      if (looked) pane.scrollTop += looked.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    });
    soon();
  };
  if (articles.length > 1) {
    for (const s of selects) s.addEventListener("change", () => show(selects[0].value, selects[1].value));
    for (const p of panes) {
      p.addEventListener("scroll", soon, { passive: true });
      p.addEventListener("click", (event) => {
        const e = event.target.closest(".both"), band = e && bands[e.dataset.b];
        if (!band) return;
        event.preventDefault();
        const other = p === panes[0] ? band.b : band.a, pane = p === panes[0] ? panes[1] : panes[0];
        if (other.length) pane.scrollTop += other[0].getBoundingClientRect().top - e.getBoundingClientRect().top;
      });
    }
    addEventListener("resize", soon);
    for (const link of all("a[href='#pair']")) link.addEventListener("click", () => {
      const d = link.dataset;
      if (d.a) show(d.a, d.b, d.left && [d.left, d.right].map((place) => place.split("-").map(Number)));
    });
    const room = byId("pair");
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((e) => e.isIntersecting)) return;
      observer.disconnect();
      if (!panes[0].firstChild) { const first = document.querySelector(".pair"); show(first ? first.dataset.a : "1", first ? first.dataset.b : "2"); }
    }).observe(room);
  } else {
    byId("pair").hidden = true;
    for (const link of all("a[href='#pair']")) link.closest(".js").hidden = true;
  }
})();
