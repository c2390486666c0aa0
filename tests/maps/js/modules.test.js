import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { read, write } from "../../../geoevents/maps/static/address.js";
import { binOf, extent, makeBars, makeBins, makeLanes, ticks } from "../../../geoevents/maps/static/bins.js";
import { clip, webAddress } from "../../../geoevents/maps/static/dom.js";
import { cell, csv, geojson, record } from "../../../geoevents/maps/static/exports.js";
import { actorKeys, BIT, columnKeys, counts, everything, masks, passing } from "../../../geoevents/maps/static/filters.js";
import { circle, together, turnedTo, worldLength, worlds, worldX, worldY } from "../../../geoevents/maps/static/geometry.js";
import { anchorOrder, group, kindShares, oneSpot, sumOf } from "../../../geoevents/maps/static/groups.js";
import { sorted, whenText, whereText } from "../../../geoevents/maps/static/list.js";
import { hit } from "../../../geoevents/maps/static/layers.js";
import { ABSENT, figures, inWords, OPEN, Sum } from "../../../geoevents/maps/static/numbers.js";
import { meet, readVarints, Taken } from "../../../geoevents/maps/static/outlines.js";
import { Chunk, readColumns } from "../../../geoevents/maps/static/records.js";
import { unrepeated } from "../../../geoevents/maps/static/panel.js";
import { stretches } from "../../../geoevents/maps/static/marks.js";
import { totalsOf } from "../../../geoevents/maps/static/header.js";
import { kindClass, radius, rings, unit } from "../../../geoevents/maps/static/symbols.js";
import { fold, Words } from "../../../geoevents/maps/static/words.js";
import { events } from "./records.js";

const TABLE = JSON.parse(readFileSync(new URL("../../../geoevents/maps/static/words.json", import.meta.url), "utf8"));
const EN = new Words(TABLE, "en");

/** A pack's bytes from its head and the bytes of its columns. */
function packed(head, ...parts) {
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const all = Buffer.concat([length, json, ...parts.map((part) => Buffer.from(part))]);
  return all.buffer.slice(all.byteOffset, all.byteOffset + all.length);
}

test("columns are read as they were written, wherever they begin", () => {
  const texts = Buffer.from("\ufeffa\0\0é 😀");
  const numbers = [1, 0, 255, 255, 0, 1]; // 1, -1, 256 in two bytes each
  const specs = { t: ["text", texts.length], n: ["i2", 6], odd: ["json", ["a\0b"]], one: ["u1", 1], f: ["f8", 8] };
  const half = [...new Uint8Array(new Float64Array([-0.5]).buffer)];
  const { value, columns } = readColumns(packed({ value: [3], columns: specs }, texts, numbers, [7], half));
  assert.deepEqual(value, [3]);
  assert.deepEqual(columns.t, ["\ufeffa", "", "é 😀"]);
  assert.deepEqual([...columns.n], [1, -1, 256]);
  assert.deepEqual(columns.odd, ["a\0b"]);
  assert.deepEqual([...columns.one, ...columns.f], [7, -0.5]);
});

/** Details of one event of two articles; columns given replace or add to the plain ones. */
function chunk(more) {
  const none = { articles: [2], passages: [1], quoted: [0], claims: [0], deaths: [0], alternatives: [0], corrections: [0] };
  const plain = {
    ...none,
    sources: [1],
    "articles.doc_id": ["a", "b"],
    "articles.published": [16304, -1000000],
    "event.where_article": [0],
    "event.where_text": [""],
    "event.where_confidence": [900],
    "event.when_text": [""],
    "event.side_a_text": [""],
    "event.side_b_text": [""],
    "passages.article": [0],
    "passages.start": [100],
    "passages.text": ["😀 Near Hit, a blast killed 12 on Friday."],
  };
  return new Chunk(1, { ...plain, ...more }, [{ name: "Hit" }]);
}

test("articles that an event names without citing them are no sources", () => {
  const detail = chunk({}).detail(0);
  assert.deepEqual(detail.sources, [{ doc_id: "a", published: 16304 }]);
  assert.equal(detail.where_confidence, 0.9);
  const claimed = chunk({ claims: [1], "claims.article": [1], "claims.text": [""] }).detail(0).claims[0];
  assert.deepEqual(claimed.source, { doc_id: "b", published: null });
});

test("words are marked where they stand, in code points, and nowhere else", () => {
  const detail = chunk({
    claims: [4],
    "claims.article": [0, 1, 0, 0],
    "claims.harm": ["killed"],
    "claims.start": [127, 127, 90, 127],
    "claims.text": ["12", "12", "12", "13"], // the second of another article, the third before it, the fourth not there
    "event.where_text": ["Near Hit"],
    "event.where_start": [102],
    "event.when_text": ["Friday"],
    "event.when_start": [133],
    "event.side_a_text": ["men"],
    "event.side_a_start": [1000],
    quoted: [1],
    "quoted.passage": [0],
    "quoted.start": [12],
    "quoted.end": [29],
  }).detail(0);
  const [passage] = detail.passages;
  const letters = Array.from(passage.text);
  assert.deepEqual(
    passage.marks.map(([start, end, what]) => [letters.slice(start, end).join(""), what]),
    [["Near Hit", "place"], ["a blast killed 12", "quote"], ["12", "killed"], ["Friday", "date"]],
  );
});

test("a place that no event stands at is found in the chunk", () => {
  const detail = chunk({
    alternatives: [2],
    "alternatives.place": [0, -1],
    "alternatives.confidence": [80],
    "place.name": ["Hit in the west"],
  }).detail(0);
  assert.deepEqual(detail.alternatives, [{ name: "Hit", confidence: 0.08 }, { name: "Hit in the west", confidence: 0.08 }]);
});

test("figures keep open ends open and unknown numbers unknown", () => {
  assert.equal(figures(EN, { low: 64, best: 70, high: 75 }), "64–75");
  assert.equal(figures(EN, { low: 12, best: 12, high: 12 }), "12");
  assert.equal(figures(EN, { low: 19, best: 19, high: OPEN }), "19+");
  assert.equal(figures(EN, { low: 19, best: 25, high: OPEN }), "19–25+");
  assert.equal(figures(EN, { low: 0, best: 0, high: 0 }), "0");
  assert.equal(figures(EN, { low: ABSENT, best: ABSENT, high: ABSENT }), "not stated");
  assert.equal(figures(EN, { low: 1200, best: 1200, high: 3000000000 }), "1,200–3,000,000,000");
});

test("figures in Arabic run from left to right", () => {
  assert.match(figures(new Words(TABLE, "ar"), { low: 64, best: 70, high: OPEN }), /^\u2066.*\+\u2069$/);
});

test("ranges in words say what kind of number it is", () => {
  assert.equal(inWords(EN, { low: 64, best: 70, high: 75 }), "between 64 and 75, best figure 70");
  assert.equal(inWords(EN, { low: 64, best: 75, high: 75 }), "between 64 and 75");
  assert.equal(inWords(EN, { low: 19, best: 19, high: OPEN }), "at least 19");
  assert.equal(inWords(EN, { low: 0, best: 0, high: 0 }), "nobody, as the articles say");
});

test("a sum is open if one of its ranges is, and leaves out what is not stated", () => {
  const sum = new Sum();
  assert.equal(sum.figures(EN), "not stated");
  sum.add(64, 70, 75);
  sum.add(ABSENT, ABSENT, ABSENT);
  assert.equal(sum.figures(EN), "64–75");
  sum.add(19, 19, OPEN);
  assert.equal(sum.figures(EN), "83–94+");
  assert.equal(sum.stated, 2);
});

test("plurals follow the language", () => {
  const said = (language, n) => new Words(TABLE, language).t("list.all", { n });
  assert.equal(said("en", 1), "1 event");
  assert.equal(said("ru", 1), "1 событие");
  assert.equal(said("ru", 3), "3 события");
  assert.equal(said("ru", 11), "11 событий");
  assert.equal(said("uk", 22), "22 події");
  assert.equal(said("ar", 2), "حدثان");
  assert.equal(said("ar", 3).replace(/[\d٠-٩]/g, "#"), "# أحداث");
  assert.equal(said("fr", 0), "0 événement");
});

test("a value cannot smuggle in another placeholder", () => {
  assert.equal(EN.t("filter.drop", { name: "{n} $& {name}" }), "Remove filter: {n} $& {name}");
});

test("dates before 1970 and after are told as they are", () => {
  assert.equal(EN.day(-1, -1, "full"), "December 31, 1969");
  assert.match(EN.day(16304, 16310), /Aug 22\s–\s28, 2014/);
});

test("countries are named in the reader's language, unknown codes by themselves", () => {
  assert.equal(new Words(TABLE, "fr").country("DE"), "Allemagne");
  assert.equal(EN.country("nonsense"), "nonsense");
  assert.equal(EN.country("QQ", "Somewhere"), "Somewhere");
});

test("folding takes away case and accents", () => {
  assert.equal(fold("Nīnawá ÉCOLE"), "ninawa ecole");
});

test("only web addresses become links", () => {
  assert.equal(webAddress("https://example.org/a?b=c"), "https://example.org/a?b=c");
  for (const bad of ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://a.b", "https://", "http://[", null, ""]) {
    assert.equal(webAddress(bad), null, String(bad));
  }
  assert.equal(webAddress('https://example.org/"><script>'), "https://example.org/%22%3E%3Cscript%3E");
});

test("clipping never halves a pair", () => {
  assert.equal(clip("short", 10), "short");
  assert.equal(clip("a😀b", 2), "a…");
  assert.equal(clip("x".repeat(1e6), 5), "xxxxx…");
});

test("discs grow by area, and the largest fits", () => {
  assert.equal(radius(0, 3), 0);
  assert.ok(Math.abs(radius(400, 2) / radius(100, 2) - 2) < 1e-12);
  assert.equal(unit(0, 0), 3);
  assert.ok(radius(10000, unit(10000, 0)) <= 44.001);
  assert.ok(radius(90000, unit(10000, 90000)) <= 60.001);
});

test("rings tell open, none and unknown apart", () => {
  const none = { low: ABSENT, best: ABSENT, high: ABSENT };
  assert.deepEqual(rings(none, none, 3), { low: 0, best: 0, high: 0, open: false, none: false, injured: 0 });
  assert.equal(rings({ low: 0, best: 0, high: 0 }, none, 3).none, true);
  const open = rings({ low: 19, best: 19, high: OPEN }, none, 3);
  assert.ok(open.open && open.high > open.best);
});

test("names of kinds become class names", () => {
  assert.equal(kindClass("Explosions/Remote violence"), "explosions-remote-violence");
});

test("symbols that overlap all keep names away", () => {
  const taken = new Taken();
  taken.block(0, 0, 20, 20);
  taken.block(10, 0, 40, 20);
  assert.equal(taken.take(35, 5, 10, 10), false);
  assert.equal(taken.take(60, 5, 10, 10), true);
});

test("projection and distances", () => {
  assert.equal(worldX(0), 0.5);
  assert.ok(Math.abs(worldY(0) - 0.5) < 1e-12);
  assert.ok(worldY(90) >= -1e-9 && worldY(-90) <= 1 + 1e-9);
  assert.ok(Math.abs(worldLength(40030.2, 0) - 1) < 0.001);
  const points = circle(60, 10, 100);
  const [north, south] = [points[0], points[36]];
  assert.ok(Math.abs((south[1] - north[1]) / 2 / worldLength(100, 60) - 1) < 0.01);
});

test("what lies on both sides of the date line is together", () => {
  assert.deepEqual([...together(Float64Array.from([178.4, -171.8]))], [178.4, 188.2]);
  for (const given of [[-10, 20], [-120, 0, 150], [-170, 0, 170], [30], []]) {
    assert.deepEqual([...together(Float64Array.from(given))], given);
  }
  assert.equal(turnedTo(-171, 180), 189);
  assert.equal(turnedTo(-171, -160), -171);
});

test("beyond the date line the world begins anew", () => {
  const view = { scale: 256, left: 200, top: 0, width: 100, height: 100, zoom: 0 };
  assert.deepEqual(worlds(view).map((one) => one.left), [456, 200, -56]);
});

test("groups stand at their deadliest event and mix no points with regions", () => {
  const e = events([
    { killed: [1, 1, 1] },
    { killed: [9, 9, 9], latitude: 33.76 },
    { where_prec: 4, latitude: 33.755 },
    { latitude: 50 },
  ]);
  const [x, y] = [Float64Array.from(e.longitude, worldX), Float64Array.from(e.latitude, worldY)];
  const groups = group(e, anchorOrder(e), x, y, 0.001);
  assert.equal(groups.length, 3);
  assert.deepEqual(groups[0].rows, [1, 0]);
  assert.equal(groups[0].y, y[1]);
  assert.equal(groups[0].killed.best, 10);
  assert.equal(groups.filter((g) => g.area).length, 1);
  assert.equal(oneSpot(groups[0], x, y), false);
  assert.deepEqual(kindShares(e, groups[0]), [["Explosions/Remote violence", 2]]);
});

test("without grouping only one and the same spot is a group, and no event is lost", () => {
  const e = events([{}, {}, { latitude: 33.7500001 * 1 }, { latitude: 33.751 }]);
  const [x, y] = [Float64Array.from(e.longitude, worldX), Float64Array.from(e.latitude, worldY)];
  const groups = group(e, anchorOrder(e), x, y, 0);
  assert.deepEqual(groups.map((g) => g.rows.length).sort(), [1, 3]);
  assert.equal(oneSpot(groups.find((g) => g.rows.length === 3), x, y), true);
});

test("a pointer finds the nearest glyph before any disc", () => {
  const one = { rows: [0] };
  const two = { rows: [1] };
  const large = { rows: [2] };
  const drawn = [
    { x: 0, y: 0, size: 40, group: large },
    { x: 10, y: 0, size: 9, group: one },
    { x: 16, y: 0, size: 20, group: two },
  ];
  assert.equal(hit(drawn, 12, 0), one);
  assert.equal(hit(drawn, 14, 0), two);
  assert.equal(hit(drawn, 3, 0), large);
  assert.equal(hit(drawn, -35, 0), large);
  assert.equal(hit(drawn, 100, 0), null);
});

test("a choice's count says what choosing it would leave", () => {
  const e = events([{ kind: 0 }, { kind: 1 }, { kind: 1, place: 1 }, { kind: 2, place: 2 }]);
  const c = everything();
  c.kinds.add(1);
  c.places.add("IQ|Nineveh");
  const mask = masks(e, c, null);
  assert.deepEqual(passing(mask), [2]);
  assert.deepEqual([...counts(mask, BIT.kinds, columnKeys(e.kind))], [[1, 1]]);
  const places = counts(mask, BIT.places, (row) => e.placeKeys[e.place[row]]);
  assert.deepEqual([...places], [["IQ", 2], ["IQ|Diyala", 1], ["IQ|Nineveh", 1]]);
});

test("every criterion filters by itself", () => {
  const e = events([
    { side_a: 1, killed: [5, 7, 9], injured: [1, 1, 1], publishers: [3], confidence: 900, start: 10, end: 20 },
    { side_b: 2, where_prec: 0, place: ABSENT, status: 1, publishers: [4], confidence: 300, date_prec: 0 },
  ]);
  const passes = (change) => passing(masks(e, { ...everything(), ...change }, null));
  assert.deepEqual(passes({}), [0, 1]);
  assert.deepEqual(passes({ actors: new Set([2]) }), [1]);
  assert.deepEqual(passes({ publishers: new Set([3]) }), [0]);
  assert.deepEqual(passes({ precisions: new Set([0]) }), [1]);
  assert.deepEqual(passes({ statuses: new Set([1]) }), [1]);
  assert.deepEqual(passes({ killed: 7 }), [0]);
  assert.deepEqual(passes({ killed: 8 }), []);
  assert.deepEqual(passes({ injured: 1 }), [0]);
  assert.deepEqual(passes({ confidence: 50 }), [0]);
  assert.deepEqual(passes({ group: new Set([1]) }), [1]);
  assert.deepEqual(passes({ from: 20, to: 30 }), [0], "a span that reaches into the days chosen stays");
  assert.deepEqual(passes({ from: 21, to: 30 }), []);
  assert.deepEqual(passes({ from: 21, to: 30, undated: true }), [1]);
});

test("an actor on both sides counts once", () => {
  const e = events([{ side_a: 1, side_b: 1 }, { side_a: 1, side_b: 2 }, {}]);
  const keys = actorKeys(e);
  assert.deepEqual([0, 1, 2].map(keys), [[1], [1, 2], []]);
});

test("bins hold every day once, whatever the unit", () => {
  for (const [first, last, unit] of [[0, 40, "day"], [0, 600, "week"], [0, 3000, "month"], [-300000, 16000, "year"]]) {
    const bins = makeBins(first, last);
    assert.equal(bins.unit, unit);
    assert.ok(bins.edges[0] <= first && bins.edges.at(-1) > last);
    assert.ok(bins.edges.every((edge, i) => i === 0 || edge > bins.edges[i - 1]));
    for (const day of [first, last, Math.floor((first + last) / 2)]) {
      const bin = binOf(bins.edges, day);
      assert.ok(bins.edges[bin] <= day && day < bins.edges[bin + 1]);
    }
  }
});

test("weeks begin on Monday, also before 1970", () => {
  for (const first of [0, -1000]) {
    const { edges } = makeBins(first, first + 600);
    assert.equal(new Date(edges[0] * 86400000).getUTCDay(), 1);
  }
});

test("a date that is a span is possible in each of its bins, and sure in none", () => {
  const e = events([{ start: 1, end: 1 }, { start: 1, end: 3, date_prec: 2 }, { date_prec: 0 }]);
  const bins = makeBins(...extent(e));
  const bars = makeBars(e, [0, 1, 2], bins, () => 1);
  assert.deepEqual([...bars.sure], [1, 0, 0]);
  assert.deepEqual([...bars.possible], [1, 1, 1]);
  assert.equal(bars.undated, 1);
});

test("spans share no lane where they overlap", () => {
  const placed = makeLanes([[0, 5, 0], [3, 8, 1], [6, 9, 2], [6, 9, 3], [6, 9, 4], [6, 9, 5], [6, 9, 6]]);
  for (const [lane, from, to] of placed) {
    const same = placed.filter(([other, start]) => other === lane && start !== from);
    assert.ok(same.every(([, start, end]) => end < from || start > to));
  }
  assert.equal(placed.length, 6);
});

test("without dates there is no extent", () => {
  assert.equal(extent(events([{ date_prec: 0 }])), null);
});

test("state survives the address", () => {
  const e = events([{}, { kind: 1, side_a: 1 }]);
  const criteria = {
    ...everything(),
    kinds: new Set([1]),
    actors: new Set([1]),
    places: new Set(["IQ|Diyala"]),
    publishers: new Set([3]),
    precisions: new Set([0, 4]),
    statuses: new Set([1]),
    killed: 5,
    confidence: 40,
    from: 16304,
    to: 16310,
    undated: true,
    text: "mosque & “quote” #1",
  };
  const state = {
    view: { latitude: 33.75, longitude: -44.5, zoom: 6.25 },
    criteria,
    order: "killed",
    event: "evt-1",
    language: "ar",
    grouping: false,
  };
  assert.deepEqual(read(`#${write(state, e)}`, e), state);
});

test("an address that makes no sense changes nothing", () => {
  const e = events([{}]);
  const plain = read("", e);
  assert.deepEqual(
    read("#at=x,y,z&kind=Nothing&actor=Nobody&prec=9&status=odd&killed=-3&confidence=1e9&days=yesterday/2014-99-99", e),
    { ...plain, criteria: { ...plain.criteria, confidence: 100 } },
  );
});

test("cells of a CSV file are never formulas", () => {
  for (const bad of ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\u200b=1", "＝1", "\r=1", "\n@a"]) {
    assert.match(cell(bad), /^"?'/, JSON.stringify(bad));
  }
  assert.equal(cell(-3), "-3");
  assert.equal(cell(null), "");
  assert.equal(cell('a "b", c'), '"a ""b"", c"');
  assert.equal(cell("plain"), "plain");
});

test("exports hold what is known, and nothing for what is not", () => {
  const e = events([
    { killed: [19, 19, OPEN], start: 16304, end: 16304 },
    { place: ABSENT, where_prec: 0, date_prec: 0 },
  ]);
  const detail = {
    target: "",
    killed_words: "at least 19",
    where_text: "in Baquba",
    passages: [{ text: "=a quote", marks: [] }],
    sources: [{ title: "T", url: "https://e.org" }],
  };
  const records = [0, 1].map((row) => record(e, row, detail));
  assert.equal(records[0].killed_low, 19);
  assert.equal(records[0].killed_high, null);
  assert.equal(records[0].date_start, "2014-08-22");
  assert.equal(records[0].iso3, "IRQ");
  assert.equal(records[1].latitude, null);
  assert.equal(records[1].date_start, null);
  const features = JSON.parse(geojson(records)).features;
  assert.deepEqual(features[0].geometry, { type: "Point", coordinates: [44.64, 33.75] });
  assert.equal(features[1].geometry, null);
  const lines = csv(records).trimEnd().split("\r\n");
  assert.equal(lines.length, 3);
  assert.ok(lines[1].includes("'=a quote"));
});

test("order puts undated events last and is the same every time", () => {
  const e = events([{ date_prec: 0 }, { start: 5, end: 5 }, { start: 1, end: 30 }, { start: 5, end: 5 }]);
  assert.deepEqual(sorted(e, EN, [0, 1, 2, 3], "newest"), [2, 1, 3, 0]);
  assert.deepEqual(sorted(e, EN, [3, 2, 1, 0], "oldest"), [1, 3, 2, 0]);
  assert.deepEqual(sorted(e, EN, [0, 1], "no such order"), [1, 0]);
});

test("places and dates in words", () => {
  const e = events([{}, { where_prec: 2 }, { where_prec: 6 }, { place: ABSENT, where_prec: 0, date_prec: 0 }]);
  assert.equal(whereText(e, EN, 0), "Baquba, Diyala, Iraq");
  assert.equal(whereText(e, EN, 1), "near Baquba, Diyala, Iraq");
  assert.equal(whereText(e, EN, 2), "somewhere in Iraq");
  assert.equal(whereText(e, EN, 3), "place not stated");
  assert.equal(whenText(e, EN, 3), "date not stated");
});

test("dates are written where people count from", () => {
  const day = (/** @type {string} */ iso) => Date.parse(iso) / 86400000;
  const months = makeBins(day("2020-10-01"), day("2024-06-13"));
  assert.equal(months.unit, "month");
  const named = ticks(months, 10).map((bin) => new Date(months.edges[bin] * 86400000).toISOString().slice(0, 7));
  assert.deepEqual(named.slice(0, 3), ["2021-01", "2021-07", "2022-01"]);
  const days = makeBins(day("2024-01-01"), day("2024-01-03"));
  assert.deepEqual(ticks(days, 10), [0, 1, 2]);
  const years = makeBins(day("1901-01-01"), day("2021-01-01"));
  assert.deepEqual(ticks(years, 10).slice(0, 2), [19, 39]);
});

test("a claim that only says itself again is shown once", () => {
  const claim = { source: { doc_id: "d" }, speaker: null, stance: "reported", victims: "all", low: 7, best: 7, high: 7, text: "Seven" };
  const again = { ...claim, text: "seven" };
  const other = { ...claim, source: { doc_id: "e" } };
  assert.deepEqual(unrepeated([claim, again, other, claim]), [claim, other]);
});

test("marks are shown in code points, the shorter over the longer", () => {
  const text = "😀 killed between 64 and 75 near Baquba";
  const found = stretches(text, [[2, 38, "quote"], [9, 26, "killed"], [32, 38, "place"]]);
  assert.equal(found.map((one) => one.words).join(""), text);
  assert.deepEqual(found.filter((one) => one.style === "number").map((one) => one.words), ["between 64 and 75"]);
  assert.deepEqual(found.filter((one) => one.style === "place").map((one) => one.words), ["Baquba"]);
});

test("what is denied and what sums up several happenings is not added up", () => {
  const e = events([
    { killed: [5, 5, 5] },
    { killed: [90, 90, 90], status: 1 },
    { killed: [200, 200, 200], clarity: 2 },
    { place: ABSENT, where_prec: 0 },
  ]);
  const totals = totalsOf(e, [0, 1, 2, 3]);
  assert.equal(totals.killed.best, 5);
  assert.equal(totals.apart, 2);
  assert.equal(totals.unplaced, 1);
  const [x, y] = [Float64Array.from(e.longitude, worldX), Float64Array.from(e.latitude, worldY)];
  const [all] = group(e, anchorOrder(e), x, y, 0.001);
  assert.deepEqual(all.rows, [0, 3, 2, 1]);
  assert.equal(all.killed.best, 5);
  const [apart] = group(e, [2, 1], x, y, 0.001); // no disc: its size would be counted twice
  assert.equal(apart.killed.stated, 0);
  assert.equal(sumOf(e, "killed", 2).best, 200);
});

test("names of the other direction are set apart", () => {
  assert.equal(EN.name("Mosul"), "Mosul");
  assert.equal(EN.name("الموصل"), "\u2068الموصل\u2069");
  const arabic = new Words(TABLE, "ar");
  assert.equal(arabic.name("Mosul"), "\u2068Mosul\u2069");
  assert.equal(arabic.name("الموصل"), "الموصل");
});

test("varints of either sign", () => {
  assert.deepEqual([...readVarints(Uint8Array.from([0, 1, 2, 0x80 | 0x2c, 0x02, 0xff, 0xff, 0xff, 0xff, 0x0f]))], [0, -1, 1, 150, -2147483648]);
});

test("names keep out of one another's way", () => {
  const taken = new Taken();
  assert.equal(taken.take(0, 0, 50, 16), true);
  assert.equal(taken.take(40, 8, 50, 16), false);
  assert.equal(taken.take(40, 17, 50, 16), true);
  assert.equal(meet({ west: 0, east: 1, north: 0, south: 1 }, { west: 1, east: 2, north: 0, south: 1 }), false);
});
