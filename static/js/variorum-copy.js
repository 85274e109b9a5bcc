// @ts-check
/** Copies the text of the field named by data-from; data-done is said when it is done. */
class VariorumCopy extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", () => this.#copy());
  }

  async #copy() {
    const field = document.getElementById(this.dataset.from ?? "");
    const status = this.querySelector("[role=status]");
    if (!(field instanceof HTMLTextAreaElement)) return;
    try {
      await navigator.clipboard.writeText(field.value);
      if (status) status.textContent = this.dataset.done ?? "";
    } catch {
      field.select(); // refused: the reader copies by hand
    }
  }
}

customElements.define("variorum-copy", VariorumCopy);
