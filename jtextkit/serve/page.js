// The page for texts: scores what stands in the boxes, and says what is known of a word.
"use strict";
const $ = (id) => document.getElementById(id);
const form = $("boxes"), result = $("result"), status = $("status"), tip = $("word");
const boxes = [$("text-a"), $("text-b")];
const names = JSON.parse(tip.dataset.names);
const most = Number(form.dataset.most);
const empty = result.innerHTML;

// ---- Scoring: some time after the last key; an answer to an older text is dropped.

let timer = 0, asked = 0, waiting = null, speak = 0;

const two = () => document.querySelector("[name=mode]:checked").value === "two";

function texts() {
  const given = boxes.map((box) => box.value);
  return two() && given.every((text) => text.trim()) ? given : given.filter((text) => text.trim()).slice(0, 1);
}

function later() {
  boxes.forEach((box) => {
    box.parentElement.querySelector(".count").textContent = [...box.value].length.toLocaleString();
  });
  clearTimeout(timer);
  timer = setTimeout(score, 100);
}

async function score() {
  const number = ++asked;
  waiting?.abort();
  const wanted = texts();
  if (!wanted.length) return show(empty);
  if (wanted.some((text) => text.length > most)) return say(form.dataset.long);
  waiting = new AbortController();
  result.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`score?lang=${document.documentElement.lang}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ texts: wanted.map((text) => text.toWellFormed?.() ?? text) }),
      signal: waiting.signal,
    });
    const said = await answer.text();
    if (number !== asked) return;
    if (answer.ok) show(said);
    else say(said);
  } catch (error) {
    if (number === asked && error.name !== "AbortError") say(form.dataset.failed);
  }
}

function say(message) {
  result.setAttribute("aria-busy", "false");
  status.textContent = message;
  status.className = "shown";
}

// What was chosen and opened in the last answer stays so in this one.
function show(html) {
  const chosen = [...result.querySelectorAll("input:checked")].map((one) => [one.name, one.value]);
  const open = [...result.querySelectorAll("details")].map((one) => one.open);
  hide();
  result.innerHTML = html;
  for (const [name, value] of chosen) {
    const same = result.querySelector(`[name="${name}"][value="${value}"]`);
    if (same) same.checked = true;
  }
  result.querySelectorAll("details").forEach((one, at) => (one.open = open[at] ?? false));
  result.querySelectorAll(".text").forEach((text) => (text.tabIndex = 0));
  result.setAttribute("aria-busy", "false");
  status.className = "unseen";
  clearTimeout(speak); // the verdict is spoken when the typing rests
  speak = setTimeout(() => (status.textContent = result.querySelector("[data-said]")?.dataset.said ?? ""), 900);
}

for (const box of boxes) {
  box.addEventListener("input", (event) => event.isComposing || later());
  box.addEventListener("compositionend", later);
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", (event) => {
    const [file] = event.dataTransfer.files;
    if (!file) return; // a text, which the box takes itself
    event.preventDefault();
    read(file, box);
  });
}
form.addEventListener("click", (event) => {
  const example = event.target.dataset?.example;
  if (example) fill(event.target.closest(".box").querySelector("textarea"), example);
});
form.addEventListener("change", (event) => {
  if (event.target.type === "file" && event.target.files[0]) {
    read(event.target.files[0], event.target.closest(".box").querySelector("textarea"));
    event.target.value = "";
  }
});

function fill(box, text) {
  box.value = text;
  later();
}

async function read(file, box) {
  const bytes = await file.arrayBuffer();
  for (const name of ["utf-8", "shift_jis"]) {
    try {
      const text = new TextDecoder(name, { fatal: true }).decode(bytes);
      if (!text.includes("\0")) return fill(box, text);
    } catch { /* the next one */ }
  }
  say(form.dataset.coded);
}

function mode() {
  document.body.classList.toggle("pair", two());
  later();
}
document.querySelectorAll("[name=mode]").forEach((one) => one.addEventListener("change", mode));
$("print").addEventListener("click", () => window.print());
mode(); // browsers bring back what stood in the boxes

// ---- A word under the pointer, or reached by the arrow keys inside the text.

const isWord = (node) => node?.matches?.(".text .q span") ? node : null;

function about(word) {
  const kinds = word.className.split(" ").filter((kind) => kind in names && !"ou".includes(kind));
  const lines = [kinds.reverse().map((kind) => names[kind]).join(" · ")];
  const kanji = [...word.textContent].filter((c) => /\p{Unified_Ideograph}/u.test(c));
  [...(word.dataset.k ?? "")].forEach((grade, at) => {
    lines.push(`${kanji[at]}: ${names[grade] ?? names.grade.replace("{}", grade)}`);
  });
  for (const kind of "ou") if (word.classList.contains(kind)) lines.push(names[kind]);
  const { n, w } = word.closest(".q").dataset;
  lines.push(names.sentence.replace("{}", n) + (w ? ` · ${names.harder.replace("{}", w)}` : ""));
  return lines.filter(Boolean);
}

let shown = null;

function explain(word) {
  if (word === shown) return;
  hide();
  if (!word) return;
  shown = word;
  const head = document.createElement("strong");
  head.textContent = word.textContent;
  head.lang = "ja";
  tip.replaceChildren(head, ...about(word).map((line) => {
    const part = document.createElement("span");
    part.textContent = line;
    return part;
  }));
  tip.hidden = false;
  word.classList.add("at");
  word.setAttribute("aria-describedby", "word");
  const box = word.getClientRects()[0], own = tip.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - own.width - 8));
  const above = box.top - own.height - 6;
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${(above > 4 ? above : box.bottom + 6) + scrollY}px`;
}

function hide() {
  shown?.classList.remove("at");
  shown?.removeAttribute("aria-describedby");
  shown = null;
  tip.hidden = true;
}

result.addEventListener("pointerover", (event) => {
  if (!tip.contains(event.target)) explain(isWord(event.target));
});
result.addEventListener("pointerleave", hide);
result.addEventListener("focusout", hide);
result.addEventListener("focusin", (event) => explain(isWord(event.target)));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return hide();
  const text = event.target.closest?.(".text");
  if (!text || event.ctrlKey || event.metaKey || event.altKey) return;
  const next = step(text, isWord(event.target), event.key);
  if (!next) return;
  event.preventDefault();
  next.tabIndex = -1;
  next.focus();
});

// ← and → go by words, ↑ and ↓ by sentences, Home and End to the first and the last word.
function step(text, word, key) {
  const words = [...text.querySelectorAll(".q span")];
  if (key === "Home" || (!word && key.startsWith("Arrow"))) return words[0];
  if (key === "End") return words.at(-1);
  const at = words.indexOf(word);
  if (key === "ArrowRight") return words[at + 1];
  if (key === "ArrowLeft") return words[at - 1];
  if (key !== "ArrowDown" && key !== "ArrowUp") return null;
  const sentences = [...text.querySelectorAll(".q")];
  const other = sentences[sentences.indexOf(word.closest(".q")) + (key === "ArrowDown" ? 1 : -1)];
  return other?.querySelector("span");
}
