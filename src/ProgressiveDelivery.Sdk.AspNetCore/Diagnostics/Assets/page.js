(() => {
"use strict";
// Comfort on top of a page that works without it: live update, time zone, keys. Other scripts listen for "pd:refreshed" to do again what they did to an element.
const root = document.documentElement, body = document.body, byId = id => document.getElementById(id);
const store = {
  read: name => { try { return localStorage.getItem(name); } catch { return null; } },
  write: (name, value) => { try { localStorage.setItem(name, value); } catch { /* not remembered */ } },
};

// ---- times: <time datetime> in text, data-time on labels of charts; both begin as UTC
const zoneName = "pd-features-zone";
let isLocal = store.read(zoneName) === "local", serverNow = Date.now(), readAt = performance.now();
const now = () => serverNow + performance.now() - readAt;
const pad = number => String(number).padStart(2, "0");
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
function zoneOf(date) {
  const minutes = -date.getTimezoneOffset(), size = Math.abs(minutes);
  return minutes === 0 ? "UTC" : "UTC" + (minutes < 0 ? "\u2212" : "+") + Math.floor(size / 60) + (size % 60 ? ":" + pad(size % 60) : "");
}
function localText(date, isShort) {
  const clock = pad(date.getHours()) + ":" + pad(date.getMinutes()), today = new Date(now());
  if (isShort) return clock;
  const isPlanned = date > today && date % 60000 === 0;
  if (date.toDateString() === today.toDateString()) return clock + (isPlanned ? "" : ":" + pad(date.getSeconds())) + "\u00a0" + zoneOf(date);
  const year = date.getFullYear() === today.getFullYear() ? "" : "\u00a0" + date.getFullYear();
  return date.getDate() + "\u00a0" + months[date.getMonth()] + year + ",\u00a0" + clock + "\u00a0" + zoneOf(date);
}
function showTimes(part) {
  const some = [...part.querySelectorAll("time[datetime],[data-time]")];
  if (part.matches("time[datetime],[data-time]")) some.push(part);
  for (const one of some) {
    one.utcText ??= one.textContent;
    const date = new Date(one.getAttribute("datetime") ?? one.dataset.time);
    one.textContent = isLocal && !Number.isNaN(date.getTime()) ? localText(date, one.hasAttribute("data-time")) : one.utcText;
  }
}
function setZone(local) {
  isLocal = local;
  store.write(zoneName, local ? "local" : "utc");
  for (const button of byId("zones").querySelectorAll("button")) button.setAttribute("aria-pressed", String((button.dataset.zone === "local") === local));
  showTimes(body);
  tickClock();
}
function tickClock() {
  const clock = document.querySelector(".clock time"), date = new Date(now());
  if (!clock || !root.classList.contains("is-live")) return;
  clock.setAttribute("datetime", date.toISOString());
  clock.utcText = pad(date.getUTCHours()) + ":" + pad(date.getUTCMinutes()) + ":" + pad(date.getUTCSeconds()) + "\u00a0UTC";
  showTimes(clock);
}

// ---- what a screen reader hears: at most one message in ten seconds, the last one
let saidAt = -Infinity, pending = 0;
function say(text) {
  clearTimeout(pending);
  const wait = saidAt + 10000 - performance.now();
  pending = setTimeout(() => { saidAt = performance.now(); byId("say").textContent = text; }, Math.max(0, wait));
}

// ---- live update: the same page is fetched, and what differs is put in place
const known = new Map();
const liveParts = place => [...place.querySelectorAll("[id][data-live]")];
const remember = place => liveParts(place).forEach(part => known.set(part.id, part.outerHTML));
const isBusy = part => part.contains(document.activeElement) || part.querySelector("dialog[open]") !== null
  || (!getSelection().isCollapsed && getSelection().containsNode(part, true));
function put(part, next) {
  const open = [...part.querySelectorAll("details")].map(one => one.open);
  const fresh = document.importNode(next, true);
  part.replaceWith(fresh);
  fresh.querySelectorAll("details").forEach((one, index) => { one.open = open[index] ?? one.open; });
  known.set(fresh.id, next.outerHTML);
  showTimes(fresh);
  document.dispatchEvent(new CustomEvent("pd:refreshed", { detail: { element: fresh } }));
}
function update(part, from) {
  const next = from.getElementById(part.id);
  if (!next || next.outerHTML === known.get(part.id)) return;
  if (!isBusy(part)) { put(part, next); remember(next); return; }
  liveParts(part).forEach(inner => { if (inner.isConnected) update(inner, from); });
}
const headline = place => place.getElementById("banner")?.querySelector("h2")?.textContent ?? "";
const attention = place => [...(place.getElementById("attention")?.querySelectorAll("[data-says]") ?? [])].map(one => [one.dataset.says || one.textContent, one.textContent]);
let isFetching = false, isDue = false, fetchedAt = -Infinity;
async function refresh() {
  if (isFetching) { isDue = true; return; }
  isFetching = true;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store", credentials: "same-origin", redirect: "error" });
    if (!answer.ok && answer.status !== 404) throw new Error("status " + answer.status);
    const text = await answer.text();
    // Without the head: its style has the nonce of another answer, and the policy of this one would report it.
    const from = new DOMParser().parseFromString(text.slice(Math.max(0, text.indexOf("<body"))), "text/html");
    if (!from.getElementById("rail")) throw new Error("another page");
    const before = headline(document), hadItems = new Set(attention(document).map(([key]) => key));
    liveParts(document).filter(part => !part.parentElement.closest("[id][data-live]")).forEach(part => { if (part.isConnected) update(part, from); });
    const news = [headline(from) === before ? "" : headline(from), ...attention(from).filter(([key]) => !hadItems.has(key)).map(([, text]) => text)].filter(text => text);
    if (news.length) say(news.join(" "));
    fetchedAt = performance.now();
  } finally {
    isFetching = false;
    if (isDue) { isDue = false; setTimeout(() => refresh().catch(lose), 1000); }
  }
}

// ---- the stream
let source = null, lostAt = null, waits = 1, timer = 0;
function connect() {
  clearTimeout(timer);
  source = new EventSource(body.dataset.stream);
  source.addEventListener("tick", event => {
    const tick = JSON.parse(event.data);
    serverNow = Date.parse(tick.now);
    readAt = performance.now();
    if (!root.classList.contains("is-live")) { const again = lostAt !== null; regain(); if (again || performance.now() - fetchedAt > 5000) refresh().catch(lose); }
    tickClock();
    // Counts and ages move without an event: every five seconds, while the page is visible.
    if (document.visibilityState === "visible" && performance.now() - fetchedAt > 5000 && fetchedAt !== -Infinity) refresh().catch(lose);
  });
  source.addEventListener("change", () => refresh().catch(lose));
  source.addEventListener("end", () => { source.close(); timer = setTimeout(connect, 200); });
  source.onerror = lose;
}
function regain() {
  lostAt = null;
  waits = 1;
  root.classList.add("is-live");
  root.classList.remove("not-live");
  document.querySelector(".live-word").textContent = "Live";
  byId("lost")?.remove();
}
function lose() {
  source?.close();
  clearTimeout(timer);
  if (lostAt === null) {
    lostAt = new Date(now());
    root.classList.remove("is-live");
    root.classList.add("not-live");
    document.querySelector(".live-word").textContent = "Not live";
    say("Not live. Figures are of " + (isLocal ? localText(lostAt, false) : lostAt.toISOString().slice(11, 19) + " UTC") + ".");
  }
  countDown(waits);
  waits = Math.min(waits * 2, 30);
}
function countDown(seconds) {
  let strip = byId("lost");
  if (!strip) {
    strip = document.createElement("div");
    strip.id = "lost";
    strip.className = "strip none";
    const text = document.createElement("p");
    strip.append(text);
    document.querySelector(".top").after(strip);
  }
  const since = isLocal ? localText(lostAt, false) : lostAt.toISOString().slice(11, 19) + "\u00a0UTC";
  strip.firstChild.textContent = seconds > 0
    ? "Not live since " + since + ". Figures below are from then. Trying again in " + seconds + "\u00a0s."
    : "Not live since " + since + ". Figures below are from then. Trying again.";
  timer = setTimeout(() => seconds > 0 ? countDown(seconds - 1) : connect(), 1000);
}

// ---- keys
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const field = document.querySelector("input[type=search]"), isTyping = event.target instanceof Element && event.target.closest("input,textarea,select,[contenteditable]");
  if (event.key === "/" && !isTyping && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    if (field) { field.focus(); field.select(); } else location.href = body.dataset.flags + "#search";
  } else if (event.key === "Escape") {
    const more = document.querySelector(".more[open]");
    if (more) { more.open = false; more.querySelector("summary").focus(); }
    else if (field && event.target === field && !field.value) field.blur();
  }
});
document.addEventListener("click", event => {
  const more = document.querySelector(".more[open]");
  if (more && event.target instanceof Node && !more.contains(event.target)) more.open = false;
});

const loaded = document.querySelector(".clock time")?.getAttribute("datetime");
if (loaded) serverNow = Date.parse(loaded);
fetchedAt = performance.now();
remember(document);
byId("zones").hidden = false;
byId("zones").addEventListener("click", event => { const zone = event.target.closest("button")?.dataset.zone; if (zone) setZone(zone === "local"); });
setZone(isLocal);
if (location.hash === "#search") document.querySelector("input[type=search]")?.focus();
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && root.classList.contains("is-live")) refresh().catch(lose); });
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", event => { if (event.persisted) connect(); });
connect();
})();
