// Flags: the list filters as one types, and a definition can be copied. All of it works without this.
(() => {
  const field = document.getElementById("flags-q");
  const table = document.querySelector(".flags-table");

  if (field && table) {
    const count = document.getElementById("flags-count");
    const said = count.textContent;
    const sent = field.value;
    const body = table.tBodies[0];
    const filter = () => {
      const typed = field.value.trim() !== sent.trim();
      const words = typed ? field.value.toLowerCase().split(/\s+/).filter(word => word) : [];
      let shown = 0;
      for (const row of body.rows) {
        row.hidden = !words.every(word => row.dataset.words.includes(word));
        shown += row.hidden ? 0 : 1;
      }
      const isWhole = Number(table.dataset.total) === body.rows.length && sent === "";
      count.textContent = !typed ? said : shown + " of " + body.rows.length + " flags shown" + (isWhole ? "" : " on this page · press Enter to search all flags");
    };
    field.addEventListener("input", filter);
    new MutationObserver(filter).observe(body, { childList: true });
    count.setAttribute("aria-live", "polite");
    if (field.value !== sent)
      filter();
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard)
      continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const said = document.getElementById(button.dataset.copy + "-copied");
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        said.textContent = " Copied.";
      } catch {
        said.textContent = " The browser did not allow it. Select the text and copy it.";
      }
    });
  }
})();
