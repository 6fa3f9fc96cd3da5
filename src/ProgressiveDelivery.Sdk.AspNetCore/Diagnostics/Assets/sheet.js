// The sheet of an act: a page of its own, shown as a dialog. All of it works without this script.
(() => {
  "use strict";
  const every = 5000;
  let dialog, opener, address, timer;

  const read = async url => {
    const answer = await fetch(url, { credentials: "same-origin", cache: "no-store" });
    // Without the head: its style has the nonce of another answer, and the policy of this one would report it.
    const text = await answer.text();
    return new DOMParser().parseFromString(text.slice(Math.max(0, text.indexOf("<body"))), "text/html").getElementById("act-sheet");
  };

  // In a dialog the page's own heading stays the only one of its level.
  const demote = sheet => {
    for (const [from, to] of [["h2", "h3"], ["h1", "h2"]]) {
      for (const old of sheet.querySelectorAll(from)) {
        const heading = document.createElement(to);
        heading.append(...old.childNodes);
        if (from === "h1") heading.id = "act-title";
        old.replaceWith(heading);
      }
    }
    return sheet;
  };

  const close = () => { if (dialog && dialog.open) dialog.close(); };

  const closed = () => {
    clearInterval(timer);
    dialog.remove();
    dialog = undefined;
    const back = opener && opener.isConnected ? opener : document.querySelector('a[href="' + CSS.escape(opener ? opener.getAttribute("href") : "") + '"]') || document.getElementById("main");
    if (back && back.focus) back.focus();
  };

  // What is shown may be out of date: then the act is not offered any more.
  const check = async () => {
    const shown = document.getElementById("act-sheet");
    const button = document.getElementById("act-confirm");
    if (!shown || !button || button.disabled || document.hidden) return;
    let now;
    try { now = await read(address); } catch { return; }
    if (!now || now.dataset.revision === shown.dataset.revision || !shown.isConnected || button.disabled) return;
    button.disabled = true;
    const newer = now.dataset.newest !== shown.dataset.newest;
    const again = document.createElement("a");
    again.className = "button";
    again.href = address;
    if (dialog) again.setAttribute("data-sheet", "");
    again.textContent = "Look again";
    button.after(again);
    document.getElementById("act-meanwhile").textContent = newer ? now.dataset.newest + " arrived meanwhile. Look again." : "Another act was done meanwhile. Look again.";
  };

  const watch = () => { clearInterval(timer); timer = setInterval(check, every); };

  const open = async link => {
    let sheet;
    try { sheet = await read(link.href); } catch { }
    if (!sheet) { location.assign(link.href); return; }
    address = link.href;
    if (!dialog) {
      opener = link;
      dialog = document.createElement("dialog");
      dialog.className = "sheet-dialog";
      dialog.setAttribute("aria-labelledby", "act-title");
      dialog.addEventListener("close", closed);
      dialog.addEventListener("click", event => { if (event.target === dialog) close(); });
      document.body.append(dialog);
    }
    const typed = dialog.querySelector("#act-reason");
    dialog.replaceChildren(demote(document.adoptNode(sheet)));
    if (!dialog.open) dialog.showModal();
    const first = dialog.querySelector("#act-reason") || dialog.querySelector("a,button");
    if (typed && first && first.id === "act-reason") first.value = typed.value;
    if (first) first.focus();
    watch();
  };

  document.addEventListener("click", event => {
    const link = event.target.closest ? event.target.closest("a") : null;
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (dialog && link.hasAttribute("data-sheet-close")) { event.preventDefault(); close(); return; }
    const isSheet = link.hasAttribute("data-sheet") || /(^|\/)act\?do=/.test(link.getAttribute("href") || "");
    if (!isSheet || document.querySelector("main #act-sheet")) return;
    event.preventDefault();
    open(link);
  });

  document.addEventListener("submit", event => {
    const button = event.target.querySelector ? event.target.querySelector("#act-confirm") : null;
    if (!button) return;
    if (button.dataset.sent) { event.preventDefault(); return; }
    button.dataset.sent = "yes";
  });

  // The page behind the sheet has changed.
  document.addEventListener("pd:refreshed", check);
  // Back in the browser's history the form is fresh again.
  addEventListener("pageshow", () => { for (const button of document.querySelectorAll("#act-confirm")) delete button.dataset.sent; });

  if (document.querySelector("main #act-sheet")) { address = location.href; watch(); }
})();
